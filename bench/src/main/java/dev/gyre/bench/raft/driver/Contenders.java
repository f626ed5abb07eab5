package dev.gyre.bench.raft.driver;

import dev.gyre.bench.raft.RaftContender;
import dev.gyre.bench.raft.own.GyreRaft;
import dev.gyre.bench.raft.peer.JGroupsRaft;
import dev.gyre.bench.raft.peer.MicroRaft;
import dev.gyre.bench.raft.peer.Ratis;
import dev.gyre.bench.raft.peer.SofaJRaft;
import java.util.List;
import java.util.Optional;

/** Who is measured, in the order of the table. */
final class Contenders {
    /** What ours is called; the ratio of each row is its figure by the best peer's. */
    static final String OURS = "gyre";

    private Contenders() {}

    static List<RaftContender> all() {
        return List.of(new GyreRaft(), new MicroRaft(), new JGroupsRaft(), new SofaJRaft(), new Ratis());
    }

    static Optional<RaftContender> named(String name) {
        return all().stream().filter(contender -> contender.name().equals(name)).findFirst();
    }
}

package dev.gyre.maelstrom.mutants;

import dev.gyre.core.Event;
import dev.gyre.core.MemoryStorage;
import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.examples.Flags;
import dev.gyre.examples.broadcast.BroadcastNode;
import dev.gyre.examples.broadcast.Options;
import dev.gyre.examples.gset.GSetNode;
import dev.gyre.maelstrom.simulate.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Wrong nodes for {@code broadcast} and {@code g-set}. */
final class SetMutants {
    private static final Twist<BroadcastNode.Msg, BroadcastNode.Signal> BROADCAST =
            new Twist<>(BroadcastNode.Msg.class, node -> new BroadcastNode(node, Flags.read(Options::read)));
    private static final Twist<GSetNode.Msg, GSetNode.Signal> G_SET = new Twist<>(GSetNode.Msg.class, GSetNode::new);

    private static final String LOST = "is lost";
    private static final String MADE_UP = "which nobody added";

    private SetMutants() {}

    static List<Mutant> all() {
        return List.of(
                Mutant.of("broadcast", "takes each message for delivered", LOST, sentOnce()),
                Mutant.of("broadcast", "acknowledges before the disk", LOST, BROADCAST.storage(HastyStorage::new)),
                Mutant.of("broadcast", "forgets all at a crash", LOST, BROADCAST.storage(disk -> new MemoryStorage())),
                Mutant.of("broadcast", "trusts torn records", MADE_UP, BROADCAST.storage(TrustingStorage::new)),
                Mutant.of("broadcast", "passes on an element nobody added", MADE_UP, inventive()),
                Mutant.of("broadcast", "reads elements twice", "holds element \\d+ 2 times", doubling()),
                Mutant.of("g-set", "never gossips", LOST, gossips(0)),
                Mutant.of("g-set", "gossips only once", LOST, gossips(1)),
                Mutant.of("g-set", "never offers its last element", LOST, shy()));
    }

    private static Program<?, ?> sentOnce() {
        return BROADCAST.calls(() -> (network, dest, payload, timeout) -> {
            network.send(dest, payload);
            return Promise.of(new Outcome.Ok<>(new BroadcastNode.Msg.ShareOk()));
        });
    }

    private static Program<?, ?> inventive() {
        return BROADCAST.receives(() -> payload -> {
            if (payload instanceof BroadcastNode.Msg.Share(var elements) && elements.size() > 2) {
                var more = new ArrayList<>(elements);
                more.add(-elements.getFirst());
                return new BroadcastNode.Msg.Share(more);
            }
            return payload;
        });
    }

    private static Program<?, ?> doubling() {
        return BROADCAST.sends(payload -> {
            if (payload instanceof BroadcastNode.Msg.ReadOk(var elements) && elements.size() > 50) {
                var more = new ArrayList<>(elements);
                more.add(elements.getFirst());
                return new BroadcastNode.Msg.ReadOk(more);
            }
            return payload;
        });
    }

    private static Program<?, ?> gossips(int times) {
        return G_SET.hears(() -> {
            var heard = new int[1];
            return event -> !(event instanceof Event.Signal) || heard[0]++ < times;
        });
    }

    private static Program<?, ?> shy() {
        return G_SET.sends(payload -> {
            if (payload instanceof GSetNode.Msg.Offer(var elements) && !elements.isEmpty()) {
                return new GSetNode.Msg.Offer(new TreeSet<>(elements.headSet(elements.last())));
            }
            if (payload instanceof GSetNode.Msg.Missing(var elements)) {
                return new GSetNode.Msg.Missing(new TreeSet<>(elements.headSet(elements.last())));
            }
            return payload;
        });
    }
}

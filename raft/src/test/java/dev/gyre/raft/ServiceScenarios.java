package dev.gyre.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.Event;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Service;
import dev.gyre.core.simulation.Fault;
import dev.gyre.core.simulation.FaultPlan;
import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.Scenario;
import dev.gyre.core.simulation.Simulation;
import dev.gyre.raft.HostMessage.HostPropose;
import dev.gyre.raft.HostValue.HostPut;
import dev.gyre.raft.core.Entry;
import dev.gyre.raft.core.Membership;
import dev.gyre.raft.core.Position;
import dev.gyre.raft.core.Snapshot;
import dev.gyre.raft.core.SnapshotChunk;
import dev.gyre.raft.wire.Entries;
import dev.gyre.raft.wire.Proposal;
import dev.gyre.raft.wire.RaftWire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Chains of events that chance does not bring about, or whose outcome no run alone can call wrong. */
final class ServiceScenarios {
    private static final Duration FORGET = Duration.ofMillis(1);
    private static final RaftOptions<HostPut> OPTIONS =
            RaftOptions.of(HostValue.BINARY).proposals(new RaftOptions.Proposing(Duration.ofSeconds(10), 100, true));

    private static final Map<String, Runnable> ALL = new TreeMap<>(Map.of(
            "what a leader took in an earlier life is not told to have failed", ServiceScenarios::copyAfterARestart,
            "who handed on what is lost is told that it failed", ServiceScenarios::lostAfterForwarding,
            "a restored state is told before the entries behind it", ServiceScenarios::restoredBeforeEntries));

    private ServiceScenarios() {}

    /** The first scenario that goes wrong, and how; empty if none does. */
    static String firstDifference() {
        for (var scenario : ALL.entrySet()) {
            try {
                scenario.getValue().run();
            } catch (RuntimeException | AssertionError wrong) {
                return "scenario \"" + scenario.getKey() + "\"";
            }
        }
        return "";
    }

    private static void run(
            int nodes,
            Function<NodeContext<HostMessage, Runnable>, Service<HostMessage, Runnable>> start,
            Scenario<HostMessage> scenario) {
        Simulation.<HostMessage, Runnable>of(HostMessage.class, start::apply)
                .nodes(nodes)
                .faults(FaultPlan.NONE)
                .latency(Latency.constant(Duration.ofMillis(1)))
                .chaos(Duration.ofSeconds(8))
                .settle(Duration.ofSeconds(2))
                .run(1, scenario);
    }

    /** A leader that is cut off, together with a node that hands proposals to it, has to tell that node what another leader's log did away with. */
    static void lostAfterForwarding() {
        var probes = new Probe.All(List.of(OPTIONS));
        List<String> cutOff = new ArrayList<>();
        run(5, probes::start, run -> {
            var client = run.client();
            run.after(Duration.ofSeconds(2), () -> {
                cutOff.add(probes.leader().node);
                cutOff.add(probes.followers().getFirst().node);
                var others = run.nodeIds().stream()
                        .filter(node -> !cutOff.contains(node))
                        .toList();
                run.inject(new Fault.Partition(List.of(List.copyOf(cutOff), others)));
                client.call(cutOff.getLast(), new HostPropose("raft", 3, 1), FORGET);
            });
            run.after(Duration.ofSeconds(6), () -> run.inject(new Fault.HealPartition()));
        });
        var handedOn = probes.at(cutOff.getLast());
        assertThat(handedOn.others.stream().filter(event -> event instanceof RaftEvent.ProposalFailed))
                .hasSize(3)
                .allMatch(event -> event.toString().contains("another leader's log prevailed"));
    }

    /**
     * A script leads these two nodes. It sends a snapshot up to entry 10 and, before the receiver's disk has that, entries 11 and 12, which are committed:
     * in a cluster an append that took longer than its sender had patience, so that what comes before it is in a snapshot meanwhile.
     */
    static void restoredBeforeEntries() {
        var probes = new Probe.All(List.of(OPTIONS));
        List<String> told = new ArrayList<>();
        probes.onEvent = (probe, event) -> {
            if (event instanceof RaftEvent.Committed<HostPut> entry) {
                told.add("entry " + entry.index());
            } else if (event instanceof RaftEvent.RestoreSnapshot<HostPut> restored) {
                told.add("state at " + restored.index());
            }
        };
        List<Network<RaftWire>> scripted = new ArrayList<>();
        run(
                2,
                node -> node.nodeId().equals("n1")
                        ? probes.start(node)
                        : scripted(node, part -> {
                            scripted.add(part.network());
                            return (event, network) -> {};
                        }),
                run -> run.after(Duration.ofMillis(200), () -> {
                    run.inject(new Fault.SlowDisk("n1", 20));
                    var state = new byte[] {1, 2, 3};
                    var last = new Position(10, 4);
                    var snapshot = new Snapshot(last, Membership.of(run.nodeIds()), 0, 0)
                            .withContent(state.length, SnapshotChunk.checksum(state));
                    List<Entry<Proposal<HostPut>>> entries = List.of(entry(11), entry(12));
                    var leader = scripted.getFirst();
                    leader.send("n1", new RaftWire.RaftSnapshot("raft", 5, SnapshotChunk.of(snapshot, 0, state)));
                    leader.send(
                            "n1", new RaftWire.RaftAppend("raft", 5, last, 12, Entries.of(entries, HostValue.BINARY)));
                }));
        assertThat(told).containsExactly("state at 10", "entry 11", "entry 12");
    }

    private static Entry<Proposal<HostPut>> entry(long index) {
        var proposal = ScriptedPeer.proposal("n0", index);
        return new Entry.Data<>(index, 5, proposal, proposal.bytes().length);
    }

    /** A leader that comes back does not know what it took, and says nothing of it. */
    static void copyAfterARestart() {
        var probes = new Probe.All(List.of(OPTIONS));
        List<ScriptedPeer> peers = new ArrayList<>();
        run(
                2,
                node -> node.nodeId().equals("n1") ? probes.start(node) : scripted(node, part -> new Later(peers)),
                run -> peers.add(new ScriptedPeer(run, "n1")));
        assertThat(peers.getFirst().isCommitted).isTrue();
        assertThat(peers.getFirst().failures).isEmpty();
    }

    /** Nodes are made before the run is there that a script may want. */
    private record Later(List<ScriptedPeer> peers) implements Service<RaftWire, Runnable> {
        @Override
        public void step(Event<RaftWire, Runnable> event, Network<RaftWire> network) {
            peers.getFirst().step(event, network);
        }
    }

    /** A node that a script plays. */
    private static Service<HostMessage, Runnable> scripted(
            NodeContext<HostMessage, Runnable> node,
            Function<NodeContext<RaftWire, Runnable>, Service<RaftWire, Runnable>> script) {
        node.embed(RaftWire.class, script);
        return (event, network) -> {};
    }
}

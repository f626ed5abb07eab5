package dev.gyre.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.Outcome;
import dev.gyre.core.Storage;
import dev.gyre.core.simulation.Fault;
import dev.gyre.core.simulation.FaultPlan;
import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.Scenario;
import dev.gyre.core.simulation.Simulation;
import dev.gyre.core.simulation.SimulationFailure;
import dev.gyre.core.simulation.SimulationRun;
import dev.gyre.raft.HostMessage.HostPropose;
import dev.gyre.raft.HostValue.HostPut;
import dev.gyre.raft.core.Compaction;
import dev.gyre.raft.core.RaftSettings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Services with groups in them, each test one plan of faults. */
class RaftServiceTest {
    private static final Duration FORGET = Duration.ofMillis(1);
    private static final RaftOptions<HostPut> OPTIONS = RaftOptions.of(HostValue.BINARY)
            .proposals(new RaftOptions.Proposing(Duration.ofSeconds(10), 1 << 17, true));

    private static void run(Probe.All probes, Scenario<HostMessage> scenario) {
        Simulation.<HostMessage, Runnable>of(HostMessage.class, probes::start)
                .faults(FaultPlan.NONE)
                .latency(Latency.exponential(Duration.ofMillis(1)))
                .chaos(Duration.ofSeconds(8))
                .settle(Duration.ofSeconds(2))
                .run(1, scenario);
    }

    private static void proposeAt(SimulationRun<HostMessage> run, Duration at, String node, String group, int count) {
        var client = run.client();
        run.after(at, () -> client.call(node, new HostPropose(group, count, 1), FORGET));
    }

    private static Duration seconds(int count) {
        return Duration.ofSeconds(count);
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    // ---- many at once

    @Test
    void moreEntriesThanANodeLetsWaitComeInOrderAlsoAfterARestart() {
        var probes = new Probe.All(List.of(OPTIONS));
        run(probes, run -> {
            proposeAt(run, seconds(1), "n0", "raft", 70_000);
            run.after(seconds(5), () -> run.inject(new Fault.Crash("n1")));
            run.after(seconds(6), () -> run.inject(new Fault.Restart("n1")));
        });
        probes.byNode
                .values()
                .forEach(probe ->
                        assertThat(probe.committed.get("raft")).as(probe.node).isEqualTo(upTo(70_000)));
    }

    @Test
    void manyGroupsThatCatchUpInOneTurnLeaveNothingOut() {
        List<RaftOptions<HostPut>> groups = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            groups.add(OPTIONS.named("g" + i));
        }
        var probes = new Probe.All(groups);
        run(probes, run -> {
            groups.forEach(group -> proposeAt(run, seconds(1), "n0", group.group(), 4_000));
            run.after(seconds(4), () -> run.inject(new Fault.Crash("n1")));
            run.after(seconds(5), () -> run.inject(new Fault.Restart("n1")));
        });
        probes.byNode
                .values()
                .forEach(probe -> probe.committed.forEach((group, ids) -> assertThat(ids)
                        .as(probe.node + " " + group)
                        .hasSize(4_000)
                        .doesNotHaveDuplicates()));
    }

    // ---- scenarios

    @Test
    void scenariosThatFindMutantsHold() {
        ServiceScenarios.lostAfterForwarding();
        ServiceScenarios.restoredBeforeEntries();
        ServiceScenarios.copyAfterARestart();
    }

    // ---- the host

    @Test
    void hostThatThrowsOnAnEntryStopsAndTheEntryIsNamed() {
        var probes = new Probe.All(List.of(OPTIONS));
        probes.onEvent = (probe, event) -> {
            if (probe.node.equals("n2")
                    && event instanceof RaftEvent.Committed<HostPut> entry
                    && entry.entry().id() == 2) {
                throw new IllegalStateException("cannot apply " + entry);
            }
        };
        assertThatThrownBy(() -> run(probes, run -> proposeAt(run, seconds(1), "n0", "raft", 3)))
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("n2 failed on what it may not skip")
                .hasMessageContaining("Committed[index=3");
        assertThat(probes.at("n2").committed.get("raft")).containsExactly(1L, 2L);
    }

    @Test
    void readThatIsServedMayAskForMore() {
        var probes = new Probe.All(List.of(OPTIONS));
        List<Outcome<String>> transfers = new ArrayList<>();
        run(
                probes,
                run -> run.after(seconds(2), () -> {
                    var leader = probes.leader();
                    var next = probes.followers().getFirst().node;
                    leader.raft()
                            .read()
                            .whenDone(index ->
                                    leader.raft().transferLeadership(next).whenDone(transfers::add));
                }));
        assertThat(transfers).hasSize(1);
        assertThat(transfers.getFirst()).isInstanceOf(Outcome.Ok.class);
    }

    // ---- disks and pauses

    @Test
    void leaderWhoseDiskHangsLetsAnotherLead() {
        var probes = new Probe.All(List.of(OPTIONS));
        List<String> hung = new ArrayList<>();
        run(probes, run -> {
            var client = run.client();
            run.every(Duration.ofMillis(50), () -> client.call("n1", new HostPropose("raft", 1, 1), FORGET));
            run.after(seconds(2), () -> {
                hung.add(probes.leader().node);
                run.inject(new Fault.SlowDisk(hung.getFirst(), 1e9));
            });
            run.after(Duration.ofMillis(4_500), () -> {
                assertThat(probes.leader().node).isNotEqualTo(hung.getFirst());
                var served = probes.leader().committed.get("raft");
                assertThat(served).hasSizeGreaterThan(60);
            });
        });
        assertThat(hung).hasSize(1);
    }

    @Test
    void pauseOfTwoSecondsOfAllNodesOrOfAFollowerCausesNoElection() {
        var probes = new Probe.All(List.of(OPTIONS));
        List<Long> terms = new ArrayList<>();
        run(probes, run -> {
            run.after(seconds(1), () -> {
                terms.add(probes.leader().raft().status().core().leadership().term());
                run.nodeIds().forEach(node -> run.inject(new Fault.Pause(node)));
            });
            run.after(seconds(3), () -> run.nodeIds().forEach(node -> run.inject(new Fault.Resume(node))));
            run.after(seconds(4), () -> {
                var follower = probes.followers().getFirst().node;
                run.inject(new Fault.Pause(follower));
                run.after(seconds(2), () -> run.inject(new Fault.Resume(follower)));
            });
            run.check(() -> terms.add(
                    probes.leader().raft().status().core().leadership().term()));
        });
        assertThat(terms).containsExactly(terms.getFirst(), terms.getFirst());
        assertThat(probes.byNode.values().stream().mapToLong(Probe::elections).sum())
                .as("pre-votes and votes of the one election")
                .isEqualTo(2);
    }

    @Test
    void followerThatIsSentSnapshotsAndMakesNoneKeepsTheLastAlone() {
        var settings = RaftSettings.defaults();
        var options = OPTIONS.settings(new RaftSettings(
                settings.timing(), settings.limits(), new Compaction(2_000, 200, 1 << 10), settings.leaseDrift()));
        var probes = new Probe.All(List.of(options));
        List<Storage> storages = new ArrayList<>();
        probes.before = node -> {
            if (node.nodeId().equals("n2")) {
                storages.add(node.storage());
            }
        };
        probes.onEvent = (probe, event) -> {
            if (event instanceof RaftEvent.SnapshotRequested<HostPut>(long index) && !probe.node.equals("n2")) {
                probe.raft().snapshot(index, new byte[] {7});
            }
        };
        run(probes, run -> {
            var others = run.nodeIds().stream().filter(id -> !id.equals("n2")).toList();
            for (int i = 0; i < 3; i++) {
                run.after(seconds(2 * i + 1), () -> run.inject(new Fault.Partition(List.of(others))));
                proposeAt(run, Duration.ofMillis(2_000L * i + 1_500), "n0", "raft", 200);
                run.after(seconds(2 * i + 2), () -> run.inject(new Fault.HealPartition()));
            }
        });
        assertThat(probes.at("n2").others)
                .filteredOn(event -> event instanceof RaftEvent.RestoreSnapshot<HostPut>)
                .hasSizeGreaterThan(1);
        assertThat(storages.getFirst().list())
                .filteredOn(name -> name.contains("snapshot-"))
                .hasSize(1);
    }

    // ---- files that are not as they were

    private static String refusalAfter(RaftOptions<HostPut> options, FilesChange change) {
        var probes = new Probe.All(List.of(options));
        run(probes, run -> {
            proposeAt(run, seconds(1), "n0", "raft", 50);
            proposeAt(run, seconds(2), "n0", "raft", 50);
            run.after(seconds(3), () -> run.inject(new Fault.Crash("n1")));
            run.after(seconds(4), () -> {
                change.before(run, probes);
                run.inject(new Fault.Restart("n1"));
            });
        });
        assertThat(probes.refusals).isNotEmpty();
        return probes.refusals.getFirst();
    }

    @FunctionalInterface
    private interface FilesChange {
        void before(SimulationRun<HostMessage> run, Probe.All probes);
    }

    @Test
    void flippedBitIsRefusedAtStartWithFileAndOffset() {
        // small segments: in a large one most bits are zeros that were written ahead, and nothing relies on them
        var small = OPTIONS.durability(new RaftOptions.Durability(true, 300, Duration.ofSeconds(1)));
        var refusal = refusalAfter(small, (run, probes) -> run.inject(new Fault.FlippedBit("n1", 0.3)));
        assertThat(refusal).contains("file raft.log-").containsPattern("offset \\d+");
    }

    @Test
    void missingSegmentIsRefusedAtStartWithItsFile() {
        var small = OPTIONS.durability(new RaftOptions.Durability(true, 300, Duration.ofSeconds(1)));
        var refusal = refusalAfter(
                small,
                (run, probes) -> probes.before = node -> {
                    var names = node.storage().list();
                    if (names.size() > 1) {
                        node.storage().delete(names.getFirst());
                    }
                });
        assertThat(refusal).contains("log-").contains("missing");
    }

    @Test
    void filesOfAnotherNodeAreRefusedAtStart() {
        var refusal = refusalAfter(
                OPTIONS,
                (run, probes) -> probes.before = node -> {
                    var name = node.storage().list().getFirst();
                    var file = node.storage().open(name);
                    var bytes = ByteBuffer.allocate((int) file.size());
                    file.read(0, bytes);
                    var text = new String(bytes.array(), StandardCharsets.ISO_8859_1);
                    assertThat(text).contains("raft/n1");
                    node.storage().delete(name);
                    // As another node has it: the same log under another name.
                    node.storage().open(name.replace("raft.", "other.")).append(ByteBuffer.wrap(bytes.array()));
                    RaftGroups.<Runnable>embed(node).add(OPTIONS.named("other"), event -> () -> {});
                });
        assertThat(refusal)
                .contains("log-0000000000000000001")
                .contains("raft/n1")
                .contains("other/n1");
    }
}

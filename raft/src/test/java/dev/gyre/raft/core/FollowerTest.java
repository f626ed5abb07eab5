package dev.gyre.raft.core;

import static dev.gyre.raft.core.Bench.append;
import static dev.gyre.raft.core.Bench.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.InvariantViolation;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class FollowerTest {
    private static final Snapshot SNAPSHOT =
            new Snapshot(new Position(9, 2), Membership.of(List.of("n1", "n2")), 6, SnapshotChunk.checksum(bytes(6)));

    private static byte[] bytes(int count) {
        var bytes = new byte[count];
        Arrays.fill(bytes, (byte) 'x');
        return bytes;
    }

    private static Message<String> install(long offset, byte[] bytes) {
        return new Message.InstallSnapshot<>("n2", "n1", 2, SnapshotChunk.of(SNAPSHOT, offset, bytes));
    }

    @Test
    void refusesEntriesWhenThePreviousTermDiffersAndNamesWhereTheLogsMayMeet() {
        var bench = Bench.withLog(1, 1, 2, 2, 2);
        var output = bench.receive(append(4, new Position(5, 3), 0, entry(6, 4)));
        assertThat(output.sendWhenDurable())
                .containsExactly(new Message.AppendReject<>("n1", "n2", 4, 5, new Position(5, 2)));
        bench.persist();
        var again = bench.receive(append(4, new Position(5, 1), 0, entry(6, 4)));
        assertThat(again.send()).containsExactly(new Message.AppendReject<>("n1", "n2", 4, 5, new Position(2, 1)));
    }

    @Test
    void entriesThatContradictTheLeadersAreCutOffAndNothingElse() {
        var bench = Bench.withLog(1, 1, 2, 2);
        var kept = bench.receive(append(3, new Position(1, 1), 0, entry(2, 1)));
        assertThat(kept.write().orElseThrow().truncateFrom()).isZero();
        var cut = bench.receive(append(3, new Position(2, 1), 0, entry(3, 3)));
        assertThat(cut.write().orElseThrow().truncateFrom()).isEqualTo(3);
        assertThat(bench.core().status().last()).isEqualTo(new Position(3, 3));
    }

    @Test
    void whoHearsALeaderRefusesToVoteUnlessTheLeaderWantsIt() {
        var bench = Bench.bench();
        bench.receive(new Message.Heartbeat<>("n2", "n1", 1, 0, 0));
        bench.persist();
        var last = new Position(9, 1);
        var refused = bench.receive(new Message.RequestVote<>("n3", "n1", 2, last, false));
        assertThat(refused.send()).containsExactly(new Message.VoteReply<>("n1", "n3", 1, false));
        assertThat(bench.receive(new Message.RequestPreVote<>("n3", "n1", 2, last))
                        .send())
                .containsExactly(new Message.PreVoteReply<>("n1", "n3", 1, false));
        var handedOver = bench.receive(new Message.RequestVote<>("n3", "n1", 2, last, true));
        assertThat(handedOver.sendWhenDurable()).containsExactly(new Message.VoteReply<>("n1", "n3", 2, true));
    }

    @Test
    void nobodyGetsAVoteWithAWorseLog() {
        var bench = Bench.withLog(1, 2, 2);
        for (var worse : List.of(new Position(2, 2), new Position(9, 1))) {
            assertThat(bench.receive(new Message.RequestPreVote<>("n3", "n1", 3, worse))
                            .send())
                    .containsExactly(new Message.PreVoteReply<>("n1", "n3", 2, false));
        }
        var output = bench.receive(new Message.RequestVote<>("n3", "n1", 3, new Position(2, 2), false));
        assertThat(output.sendWhenDurable()).containsExactly(new Message.VoteReply<>("n1", "n3", 3, false));
    }

    @Test
    void processThatStoodStillReadsItsInboxBeforeItCampaigns() {
        var bench = Bench.bench();
        bench.receive(new Message.Heartbeat<>("n2", "n1", 1, 0, 0));
        bench.persist();
        bench.pass(2_000);
        assertThat(bench.step(new Input.Tick<>()).send()).isEmpty();
        bench.receive(new Message.Heartbeat<>("n2", "n1", 1, 0, 0));
        assertThat(bench.leadership().role()).isEqualTo(RoleName.FOLLOWER);
        bench.pass(2_000);
        bench.step(new Input.Tick<>());
        bench.tick();
        assertThat(bench.leadership().role()).isEqualTo(RoleName.PRE_CANDIDATE);
    }

    @Test
    void heartbeatIsAnsweredWhileTheDiskHangs() {
        var bench = Bench.bench();
        bench.receive(new Message.Heartbeat<>("n2", "n1", 1, 0, 0));
        bench.persist();
        var held = bench.receive(append(1, Position.START, 0, entry(1, 1)));
        assertThat(held.send()).isEmpty();
        assertThat(bench.receive(new Message.Heartbeat<>("n2", "n1", 1, 0, 5)).send())
                .containsExactly(new Message.HeartbeatAck<>("n1", "n2", 1, 5));
    }

    @Test
    void snapshotComesInChunksAndIsRestoredOnceDurable() {
        var bench = Bench.withLog(1, 1);
        assertThat(acked(bench.receive(install(0, bytes(4))))).isEqualTo(4);
        var last = bench.receive(install(4, bytes(2)));
        assertThat(acked(last)).isEqualTo(6);
        assertThat(last.write().orElseThrow().installed()).contains(SNAPSHOT);
        assertThat(last.restore()).isEmpty();
        var early = bench.receive(append(2, new Position(9, 2), 10, entry(10, 2)));
        assertThat(early.committed()).isEmpty();
        var durable = bench.persist();
        assertThat(durable.restore()).contains(SNAPSHOT);
        assertThat(durable.committed()).containsExactly(entry(10, 2));
        assertThat(bench.core().status().membership()).isEqualTo(SNAPSHOT.membership());
    }

    @Test
    void lostRepeatedAndDamagedChunksAreAskedForAgain() {
        var bench = Bench.bench();
        assertThat(acked(bench.receive(install(4, bytes(2))))).isZero();
        assertThat(acked(bench.receive(install(0, bytes(4))))).isEqualTo(4);
        assertThat(acked(bench.receive(install(0, bytes(4))))).isEqualTo(4);
        var damaged = new SnapshotChunk(SNAPSHOT, 4, bytes(2), 1);
        assertThat(acked(bench.receive(new Message.InstallSnapshot<>("n2", "n1", 2, damaged))))
                .isEqualTo(4);
        var forged = bench.receive(install(4, new byte[] {1, 2}));
        assertThat(acked(forged)).as("the whole does not have its checksum").isZero();
        assertThat(forged.write()).isEmpty();
    }

    private static long acked(Output<String> output) {
        return Bench.of(Message.InstallSnapshotAck.class, output.sendWhenDurable())
                .getFirst()
                .nextOffset();
    }

    @Test
    void snapshotOfWhatIsInTheLogIsNotTaken() {
        var bench = Bench.withLog(1, 1, 2, 2, 2, 2, 2, 2, 2, 2);
        var output = bench.receive(install(0, bytes(4)));
        assertThat(output.sendWhenDurable()).containsExactly(new Message.AppendAck<>("n1", "n2", 2, 9));
        assertThat(bench.commitIndex()).isEqualTo(9);
        assertThat(bench.core().status().last().index()).isEqualTo(10);
    }

    @Test
    void learnerNeverCampaigns() {
        var membership = new Membership(List.of("n2"), List.of(), List.of("n1"));
        var bench = new Bench(Bench.settings(), PersistedState.bootstrap(membership));
        bench.tick();
        bench.tick();
        assertThat(bench.leadership().role()).isEqualTo(RoleName.FOLLOWER);
        assertThat(bench.term()).isZero();
    }

    @Test
    void readsFailWhenTheLeaderChangesOrIsSilent() {
        var bench = Bench.bench();
        assertThat(bench.step(new Input.Read<>(1)).reads()).hasOnlyElementsOfType(ReadOutcome.Failed.class);
        bench.receive(new Message.Heartbeat<>("n2", "n1", 1, 0, 0));
        assertThat(bench.step(new Input.Read<>(2)).reads()).isEmpty();
        assertThat(bench.receive(new Message.Heartbeat<>("n3", "n1", 2, 0, 0)).reads())
                .singleElement()
                .isInstanceOf(ReadOutcome.Failed.class);
        bench.step(new Input.Read<>(3));
        assertThat(bench.tick().reads()).singleElement().isInstanceOf(ReadOutcome.Failed.class);
    }

    @Test
    void withLeasesANodeThatRestartsVotesForNobodyAtFirst() {
        var members = Membership.of(List.of("n1", "n2", "n3"));
        var settings = new RaftSettings(Bench.TIMING, Bench.LIMITS, Bench.COMPACTION, OptionalDouble.of(0.1));
        var bench = new Bench(settings, PersistedState.bootstrap(members));
        var request = new Message.RequestPreVote<String>("n2", "n1", 1, Position.START);
        assertThat(bench.receive(request).send()).containsExactly(new Message.PreVoteReply<>("n1", "n2", 0, false));
        bench.pass(150);
        assertThat(bench.receive(request).send()).containsExactly(new Message.PreVoteReply<>("n1", "n2", 1, true));
    }

    @Test
    void leaderThatCountsOnWhatThisNodeLostStopsIt() {
        var bench = Bench.bench();
        assertThatThrownBy(() -> bench.receive(new Message.Heartbeat<>("n2", "n1", 1, 7, 0)))
                .isInstanceOf(InvariantViolation.class)
                .hasMessageContaining("was its storage lost?");
    }

    @Test
    void twoLeadersInATermStopTheNode() {
        var bench = Bench.bench();
        bench.receive(new Message.Heartbeat<>("n2", "n1", 1, 0, 0));
        assertThatThrownBy(() -> bench.receive(new Message.Heartbeat<>("n3", "n1", 1, 0, 0)))
                .isInstanceOf(InvariantViolation.class)
                .hasMessageContaining("two leaders in term 1");
    }
}

package dev.gyre.raft.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LeaderTest {
    private static List<Message.AppendEntries<?>> appends(Output<String> output, String to) {
        return output.send().stream()
                .filter(Message.AppendEntries.class::isInstance)
                .<Message.AppendEntries<?>>map(message -> (Message.AppendEntries<?>) message)
                .filter(append -> append.to().equals(to))
                .toList();
    }

    /** The last round of heartbeats that was sent; 0 if there was none. */
    private static long lastRound(Output<String> output) {
        return output.send().stream()
                .mapToLong(message -> message instanceof Message.Heartbeat<?> beat ? beat.round() : 0)
                .max()
                .orElse(0);
    }

    @Test
    void windowOfAFollowerIsBoundedAndWhatWaitsGoesAsOneBatch() {
        var bench = Bench.leading();
        assertThat(appends(bench.propose("a"), "n2")).hasSize(1);
        assertThat(appends(bench.propose("b"), "n2")).hasSize(1);
        assertThat(appends(bench.propose("c"), "n2")).isEmpty();
        assertThat(appends(bench.propose("d"), "n2")).isEmpty();
        var freed = appends(bench.receive(new Message.AppendAck<>("n2", "n1", 1, 2)), "n2");
        assertThat(freed)
                .singleElement()
                .satisfies(append -> assertThat(append.entries()).hasSize(2));
    }

    @Test
    void leaderThatDecidesAloneSendsWhatIsCommittedAndSaysSo() {
        var members = new Membership(List.of("n1"), List.of(), List.of("n2"));
        var bench = new Bench(Bench.settings(), PersistedState.bootstrap(members));
        bench.step(new Input.Tick<>());
        bench.persist();
        bench.receive(new Message.AppendAck<>("n2", "n1", 1, 1));

        assertThat(appends(bench.propose("a"), "n2")).as("not durable here").isEmpty();
        assertThat(appends(bench.persist(), "n2")).singleElement().satisfies(append -> {
            assertThat(append.entries()).hasSize(1);
            assertThat(append.commitIndex()).isEqualTo(2);
        });
    }

    @Test
    void busyFollowerIsNotSentAgainWhatItHasYetToTakeBeforeItAnswersALaterHeartbeat() {
        var bench = Bench.leading();
        bench.persist();
        bench.propose("a");
        long round = 0;
        for (int i = 0; i < 50; i++) {
            var output = bench.tick();
            assertThat(appends(output, "n2")).as("tick " + i).isEmpty();
            round = Math.max(round, lastRound(output));
            bench.receive(new Message.HeartbeatAck<>("n3", "n1", 1, round));
        }
        bench.receive(new Message.HeartbeatAck<>("n2", "n1", 1, round));

        assertThat(appends(bench.tick(), "n2"))
                .as("it answers, so the append was lost")
                .hasSize(1);
    }

    @Test
    void firstAppendToAMemberThatWasDownIsRepeatedAsItWasAndNotTheWholeLog() {
        var bench = Bench.withLog(1, 1, 1, 1);
        bench.elect();
        bench.receive(new Message.AppendAck<>("n2", "n1", 2, 5));
        List<Message.AppendEntries<?>> again = List.of();
        for (int i = 0; i < 50 && again.isEmpty(); i++) {
            var output = bench.tick();
            again = appends(output, "n3");
            for (var member : List.of("n2", "n3")) {
                bench.receive(new Message.HeartbeatAck<>(member, "n1", 2, lastRound(output)));
            }
        }
        assertThat(again).singleElement().satisfies(append -> {
            assertThat(append.previous()).isEqualTo(new Position(4, 1));
            assertThat(append.entries()).hasSize(1);
        });
    }

    @Test
    void followersAtTheSamePlaceShareOneList() {
        var bench = Bench.leading();
        bench.receive(new Message.AppendAck<>("n3", "n1", 1, 1));
        var output = bench.propose("a", "b");
        assertThat(appends(output, "n2").getFirst().entries())
                .isSameAs(appends(output, "n3").getFirst().entries())
                .isSameAs(output.write().orElseThrow().entries());
    }

    @Test
    void tooLargeAndTooManyAreAnswered() {
        var bench = Bench.leading();
        assertThat(bench.propose("x".repeat(101)).answer().orElseThrow()).isInstanceOf(Answer.Refused.class);
        assertThat(bench.propose().answer().orElseThrow()).isInstanceOf(Answer.Refused.class);
        for (int i = 0; i < 4; i++) {
            assertThat(bench.propose("x".repeat(50)).answer().orElseThrow()).isInstanceOf(Answer.Accepted.class);
        }
        assertThat(bench.propose("x".repeat(50)).answer().orElseThrow()).isInstanceOf(Answer.Overloaded.class);
        bench.persist();
        bench.receive(new Message.AppendAck<>("n2", "n1", 1, 3));
        assertThat(bench.propose("x".repeat(50)).answer().orElseThrow()).isInstanceOf(Answer.Accepted.class);
    }

    @Test
    void ownLogCountsOnceItIsDurable() {
        var bench = Bench.leading();
        bench.propose("x");
        bench.receive(new Message.AppendAck<>("n2", "n1", 1, 2));
        assertThat(bench.commitIndex()).isEqualTo(1);
        bench.persist();
        assertThat(bench.commitIndex()).isEqualTo(2);
    }

    @Test
    void quorumCommitsWithoutTheLeadersDisk() {
        var bench = Bench.leading();
        bench.propose("x");
        bench.receive(new Message.AppendAck<>("n2", "n1", 1, 2));
        bench.receive(new Message.AppendAck<>("n3", "n1", 1, 2));
        assertThat(bench.commitIndex()).isEqualTo(2);
    }

    @Test
    void leaderThatHearsFromNoQuorumStops() {
        var bench = Bench.leading();
        for (int i = 0; i < 30 && bench.leadership().role() == RoleName.LEADER; i++) {
            bench.tick();
        }
        assertThat(bench.leadership().role()).isEqualTo(RoleName.FOLLOWER);
        assertThat(bench.term()).isEqualTo(1);
    }

    @Test
    void leaderThatStoodStillReadsItsInboxFirst() {
        var bench = Bench.leading();
        bench.pass(250);
        bench.step(new Input.Tick<>());
        bench.pass(2_000);
        bench.step(new Input.Tick<>());
        bench.receive(new Message.HeartbeatAck<>("n2", "n1", 1, 1));
        bench.pass(40);
        bench.step(new Input.Tick<>());
        assertThat(bench.leadership().role()).isEqualTo(RoleName.LEADER);
    }

    @Test
    void leaderWhoseDiskHangsHandsOver() {
        var bench = Bench.leading();
        assertThat(bench.step(new Input.StorageStalled<>()).send())
                .as("nothing is being written")
                .isEmpty();
        bench.propose("x");
        var output = bench.step(new Input.StorageStalled<>());
        assertThat(output.send()).contains(new Message.TimeoutNow<>("n1", "n2", 1));
        assertThat(bench.leadership().role()).isEqualTo(RoleName.FOLLOWER);
        assertThat(output.notices()).contains(new Notice.ProposalsUncertain(1, 2, 2));
    }

    @Test
    void readWaitsForARoundThatBeganAfterIt() {
        var bench = Bench.leading();
        bench.tick();
        var read = bench.step(new Input.Read<>(1));
        assertThat(read.reads()).isEmpty();
        long round = ((Message.Heartbeat<?>) read.send().getFirst()).round();
        assertThat(bench.receive(new Message.HeartbeatAck<>("n2", "n1", 1, round - 1))
                        .reads())
                .isEmpty();
        assertThat(bench.receive(new Message.HeartbeatAck<>("n2", "n1", 1, round))
                        .reads())
                .containsExactly(new ReadOutcome.Ready(1, 1));
    }

    @Test
    void readBeforeTheFirstCommitOfTheTermWaits() {
        var bench = Bench.bench();
        bench.elect();
        assertThat(bench.step(new Input.Read<>(1)).send()).isEmpty();
        var committed = bench.receive(new Message.AppendAck<>("n2", "n1", 1, 1));
        assertThat(Bench.of(Message.Heartbeat.class, committed.send())).isNotEmpty();
    }

    @Test
    void moreReadsThanTheLimitFail() {
        var bench = Bench.leading();
        for (long i = 1; i <= 3; i++) {
            assertThat(bench.step(new Input.Read<>(i)).reads()).isEmpty();
        }
        assertThat(bench.step(new Input.Read<>(4)).reads())
                .containsExactly(new ReadOutcome.Failed(4, "too many reads wait"));
    }

    @Test
    void leaseServesReadsForAWhileAndNotDuringATransfer() {
        var settings = new RaftSettings(Bench.TIMING, Bench.LIMITS, Bench.COMPACTION, OptionalDouble.of(0.1));
        var bench = new Bench(settings, PersistedState.bootstrap(Membership.of(List.of("n1", "n2", "n3"))));
        bench.elect();
        bench.receive(new Message.AppendAck<>("n2", "n1", 1, 1));
        bench.tick();
        bench.receive(new Message.HeartbeatAck<>("n2", "n1", 1, 1));
        bench.pass(134);
        assertThat(bench.step(new Input.Read<>(1)).reads()).hasSize(1);
        bench.pass(1);
        assertThat(bench.step(new Input.Read<>(2)).reads())
                .as("150 ms, less a tenth, are over")
                .isEmpty();
        assertThat(bench.receive(new Message.HeartbeatAck<>("n2", "n1", 1, 2)).reads())
                .hasSize(1);
        bench.step(new Input.TransferLeadership<>("n2"));
        assertThat(bench.step(new Input.Read<>(3)).reads()).isEmpty();
    }

    @Test
    void transferIsRefusedToWhoCannotTakeOver() {
        var bench = Bench.leading();
        assertThat(bench.step(new Input.TransferLeadership<>("n1")).answer().orElseThrow())
                .isInstanceOf(Answer.Refused.class);
        assertThat(bench.step(new Input.TransferLeadership<>("n9")).answer().orElseThrow())
                .isInstanceOf(Answer.Refused.class);
    }

    @Test
    void transferThatTakesTooLongIsGivenUp() {
        var bench = Bench.leading();
        bench.step(new Input.TransferLeadership<>("n3"));
        assertThat(bench.propose("x").answer().orElseThrow()).isInstanceOf(Answer.Overloaded.class);
        bench.pass(300);
        bench.receive(new Message.HeartbeatAck<>("n2", "n1", 1, 0));
        assertThat(Bench.of(
                        Notice.TransferAborted.class,
                        bench.step(new Input.Tick<>()).notices()))
                .hasSize(1);
        assertThat(bench.propose("x").answer().orElseThrow()).isInstanceOf(Answer.Accepted.class);
    }

    @Test
    void newVoterThatDoesNotCatchUpIsGivenUp() {
        var bench = Bench.leading();
        var target = Membership.of(List.of("n1", "n2", "n3", "n4"));
        assertThat(bench.step(new Input.ChangeMembership<>(target)).answer()).contains(new Answer.Started());
        assertThat(bench.core().status().membership().learners()).containsExactly("n4");
        assertThat(bench.step(new Input.ChangeMembership<>(Membership.of(List.of("n1"))))
                        .answer()
                        .orElseThrow())
                .isInstanceOf(Answer.Overloaded.class);
        bench.persist();
        bench.receive(new Message.AppendAck<>("n2", "n1", 1, 2));
        bench.pass(60_000);
        assertThat(bench.step(new Input.Tick<>()).notices())
                .contains(new Notice.MembershipChangeAborted(target, "the new voters did not catch up in time"));
    }

    @Test
    void jointDecisionsNeedBothMajorities() {
        var bench = Bench.leading();
        bench.step(new Input.ChangeMembership<>(Membership.of(List.of("n1", "n4", "n5"))));
        bench.persist();
        for (var member : List.of("n2", "n4", "n5")) {
            bench.receive(new Message.AppendAck<>(member, "n1", 1, 2));
        }
        assertThat(bench.core().status().membership().isJoint()).isTrue();
        bench.persist();
        bench.receive(new Message.AppendAck<>("n4", "n1", 1, 3));
        assertThat(bench.commitIndex())
                .as("n1 and n4 are no majority of the old")
                .isEqualTo(2);
        bench.receive(new Message.AppendAck<>("n3", "n1", 1, 3));
        assertThat(bench.commitIndex()).isEqualTo(3);
        assertThat(bench.core().status().membership()).isEqualTo(Membership.of(List.of("n1", "n4", "n5")));
    }

    @Test
    void snapshotThatIsBeingSentStaysInUseWhenAnotherIsTaken() {
        var settings = new RaftSettings(
                Bench.TIMING,
                Bench.LIMITS,
                new Compaction(100, 0, 4),
                Bench.settings().leaseDrift());
        var bench = new Bench(settings, PersistedState.bootstrap(Membership.of(List.of("n1", "n2", "n3"))));
        bench.elect();
        bench.receive(new Message.AppendAck<>("n2", "n1", 1, 1));
        var first = bench.core().snapshotAt(1).withContent(9, 7);
        bench.step(new Input.SnapshotTaken<>(first));
        var chunks = bench.receive(new Message.AppendReject<>("n3", "n1", 1, 0, Position.START))
                .chunks();
        assertThat(chunks).containsExactly(new ChunkToSend("n1", "n3", 1, first, 0, 4));
        bench.propose("a");
        bench.persist();
        bench.receive(new Message.AppendAck<>("n2", "n1", 1, 2));
        bench.pass(200);
        long round = lastRound(bench.step(new Input.Tick<>()));
        bench.receive(new Message.HeartbeatAck<>("n3", "n1", 1, round));
        assertThat(bench.tick().chunks())
                .as("the first one seems to be lost")
                .containsExactly(new ChunkToSend("n1", "n3", 1, first, 0, 4));
        bench.step(new Input.SnapshotTaken<>(bench.core().snapshotAt(2).withContent(9, 8)));
        assertThat(bench.core().snapshotsInUse()).containsExactly(first);
        var next = bench.receive(new Message.InstallSnapshotAck<>("n3", "n1", 1, first.last(), 4));
        assertThat(next.chunks()).containsExactly(new ChunkToSend("n1", "n3", 1, first, 4, 4));
        bench.receive(new Message.InstallSnapshotAck<>("n3", "n1", 1, first.last(), 8));
        var entries = bench.receive(new Message.InstallSnapshotAck<>("n3", "n1", 1, first.last(), 9));
        assertThat(appends(entries, "n3"))
                .singleElement()
                .satisfies(append -> assertThat(append.previous()).isEqualTo(first.last()));
        assertThat(bench.core().snapshotsInUse()).isEmpty();
    }
}

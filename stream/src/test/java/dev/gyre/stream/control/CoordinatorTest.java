package dev.gyre.stream.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.control.ControlInput.ProposalOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CoordinatorTest {
    private static final ControlSettings SETTINGS = new ControlSettings(
            2,
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Optional.empty(),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            2);

    private final ControlState state = new ControlState(8);
    private final Coordinator coordinator = new Coordinator(state, SETTINGS);
    private final List<ControlEntry> proposed = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private boolean commits = true;
    private long nowSeconds;

    private ControlOutput step(ControlInput input) {
        var output = coordinator.step(input, Duration.ofSeconds(nowSeconds).toNanos());
        answers.addAll(output.answers());
        notices.addAll(output.notices());
        if (output.propose().isPresent()) {
            proposed.add(output.propose().get());
            if (commits) {
                state.apply(output.propose().get());
                step(new ControlInput.StateChanged());
                step(new ControlInput.ProposalEnded(ProposalOutcome.COMMITTED));
            }
        }
        return output;
    }

    private void lead() {
        assertThat(step(new ControlInput.Leads()).read()).isTrue();
        step(new ControlInput.ReadDone());
    }

    private void report(int worker, Report report) {
        step(new ControlInput.Reported(worker, report));
    }

    private void alive(int... workers) {
        for (int worker : workers) {
            report(worker, new Report.Alive(worker, 1));
        }
    }

    /** Workers 1 and 2 run, and are ready. */
    private void run() {
        lead();
        alive(1, 2);
        report(1, new Report.Ready(state.generation()));
        report(2, new Report.Ready(state.generation()));
        assertThat(state.phase()).isEqualTo(JobPhase.RUNNING);
        proposed.clear();
    }

    private void ask(Request request) {
        step(new ControlInput.Requested(request));
    }

    private void taken(long snapshot, int... workers) {
        for (int worker : workers) {
            report(
                    worker,
                    new Report.SnapshotTaken(
                            state.generation(), snapshot, new SnapshotPart(worker, worker + "-" + snapshot, 1, 1)));
        }
    }

    private void waitSeconds(int seconds, int... alive) {
        for (int i = 0; i < seconds; i++) {
            nowSeconds++;
            alive(alive);
            step(new ControlInput.Tick());
        }
    }

    @Test
    void nodeThatDoesNotLeadProposesNothingAndSendsUsersElsewhere() {
        alive(1, 2, 3);
        ask(new Request.SnapshotNow("s"));
        assertThat(proposed).isEmpty();
        assertThat(answers).containsExactly(new Answer.Elsewhere("s"));
    }

    @Test
    void leaderDecidesNothingBeforeItHasReadWhatWasCommitted() {
        assertThat(step(new ControlInput.Leads()).read()).isTrue();
        alive(1, 2);
        assertThat(proposed).isEmpty();
        assertThat(step(new ControlInput.ReadFailed()).read()).isFalse();
        assertThat(step(new ControlInput.Tick()).read()).isTrue();
        var output = step(new ControlInput.ReadDone());
        assertThat(proposed).isNotEmpty();
        assertThat(output.solicit()).isPresent();
    }

    @Test
    void readOfAnEarlierLeadershipDoesNotCount() {
        step(new ControlInput.Leads());
        step(new ControlInput.Follows());
        assertThat(step(new ControlInput.Leads()).read()).isFalse();
        alive(1, 2);
        assertThat(step(new ControlInput.ReadDone()).read()).isTrue();
        assertThat(proposed).isEmpty();
    }

    @Test
    void jobWaitsForItsWorkersToBegin() {
        lead();
        alive(1);
        assertThat(state.generation()).isZero();
        alive(7);
        assertThat(state.workers()).containsExactly(1, 7);
    }

    @Test
    void silentWorkerIsLostAndTheOthersGoOn() {
        run();
        waitSeconds(6, 1);
        assertThat(proposed)
                .containsExactly(
                        new ControlEntry.WorkerLost(2, 1),
                        new ControlEntry.StartGeneration(2, List.of(1), Optional.empty()));
    }

    @Test
    void spareWorkerTakesThePlaceOfOneThatIsLost() {
        run();
        alive(3);
        waitSeconds(6, 1, 3);
        assertThat(state.workers()).containsExactly(1, 3);
    }

    @Test
    void leaderThatStoodStillLosesNobodyForIt() {
        run();
        nowSeconds += 100;
        step(new ControlInput.Tick());
        assertThat(proposed).isEmpty();
    }

    @Test
    void snapshotIsCommittedWhenAllPartsAreThere() {
        run();
        ask(new Request.SnapshotNow("s"));
        taken(1, 1);
        assertThat(state.lastCommitted()).isEmpty();
        taken(1, 1, 2);
        assertThat(state.lastCommitted()).isPresent();
        assertThat(answers).containsExactly(new Answer.Done("s", "snapshot 1"));
        ask(new Request.SnapshotNow("s"));
        assertThat(answers).hasSize(2).containsOnly(new Answer.Done("s", "snapshot 1"));
    }

    @Test
    void partsOfAnotherSnapshotOrGenerationDoNotCount() {
        run();
        ask(new Request.SnapshotNow("s"));
        taken(7, 1, 2);
        report(1, new Report.SnapshotTaken(9, 1, new SnapshotPart(1, "x", 1, 1)));
        report(2, new Report.SnapshotTaken(1, 1, new SnapshotPart(1, "x", 1, 1)));
        assertThat(state.operation()).isPresent();
    }

    @Test
    void snapshotThatFailsOrTakesTooLongIsAborted() {
        run();
        ask(new Request.SnapshotNow("fails"));
        report(2, new Report.SnapshotFailed(1, 1, "disk full"));
        assertThat(answers).containsExactly(new Answer.Failed("fails", "worker 2: disk full"));
        ask(new Request.SnapshotNow("late"));
        waitSeconds(31, 1, 2);
        assertThat(answers.getLast()).isEqualTo(new Answer.Failed("late", "it took longer than PT30S"));
    }

    @Test
    void snapshotFollowsACommittedRescale() {
        run();
        alive(3);
        ask(new Request.RescaleTo("grow", 3));
        for (int worker : List.of(1, 2, 3)) {
            report(worker, new Report.RescaleDone(1, 2));
        }
        assertThat(answers).containsExactly(new Answer.Done("grow", "runs on workers [1, 2, 3]"));
        assertThat(proposed.getLast()).isEqualTo(new ControlEntry.BeginSnapshot(1, 1, 2, Optional.empty()));
    }

    @Test
    void rescaleThatTakesLongIsReportedAndGoesOn() {
        run();
        alive(3);
        ask(new Request.RescaleOnto("move", List.of(3)));
        waitSeconds(20, 1, 2, 3);
        assertThat(notices).hasSize(1).first().asString().contains("a rescale takes longer than PT10S");
        assertThat(state.operation()).isPresent();
        ask(new Request.CancelRescale("enough"));
        assertThat(answers)
                .contains(
                        new Answer.Failed("move", "cancelled by a user"),
                        new Answer.Done("enough", "gave up the rescale to version 2"));
        assertThat(state.generation()).isEqualTo(2);
    }

    @Test
    void requestsThatMakeNoSenseAreRefusedWithTheReason() {
        run();
        ask(new Request.RescaleTo("none", 0));
        ask(new Request.RescaleTo("more", 3));
        ask(new Request.RescaleTo("many", 9));
        ask(new Request.RescaleOnto("empty", List.of()));
        ask(new Request.RescaleOnto("who", List.of(1, 5)));
        ask(new Request.Resume("up"));
        ask(new Request.CancelRescale("what"));
        assertThat(answers)
                .containsExactly(
                        new Answer.Refused("none", "a job runs on 1 to 8 workers, not on 0"),
                        new Answer.Refused("more", "there are 2 workers, not 3"),
                        new Answer.Refused("many", "a job runs on 1 to 8 workers, not on 9"),
                        new Answer.Refused("empty", "a job needs at least one worker"),
                        new Answer.Refused("who", "worker 5 is unknown"),
                        new Answer.Refused("up", "the job is neither suspended nor complete"),
                        new Answer.Refused("what", "no rescale is under way"));
        assertThat(proposed).isEmpty();
    }

    @Test
    void rescaleToTheWorkersOfNowIsDoneAtOnce() {
        run();
        ask(new Request.RescaleTo("same", 2));
        assertThat(answers).containsExactly(new Answer.Done("same", "runs on workers [1, 2] already"));
    }

    @Test
    void tooManyWaitingRequestsAreRefused() {
        run();
        for (int i = 0; i <= 65; i++) {
            ask(new Request.SnapshotNow("s" + i));
        }
        assertThat(answers).hasSize(2).allMatch(Answer.Refused.class::isInstance);
    }

    @Test
    void jobIsSuspendedAndResumed() {
        run();
        ask(new Request.Suspend("stop"));
        taken(1, 1, 2);
        assertThat(state.phase()).isEqualTo(JobPhase.SUSPENDED);
        ask(new Request.SnapshotNow("s"));
        ask(new Request.Suspend("again"));
        ask(new Request.Resume("go"));
        assertThat(answers)
                .containsExactly(
                        new Answer.Done("stop", "snapshot 1"),
                        new Answer.Refused("s", "the job is suspended, with a snapshot"),
                        new Answer.Done("again", "is suspended already"),
                        new Answer.Done("go", "goes on from snapshot 1"));
        assertThat(state.generation()).isEqualTo(2);
    }

    @Test
    void leaderThatLosesItsOfficeSendsItsUsersElsewhere() {
        run();
        ask(new Request.SnapshotNow("s"));
        step(new ControlInput.Follows());
        assertThat(answers).containsExactly(new Answer.Elsewhere("s"));
    }

    @Test
    void newLeaderAsksAgainAndCompletesWhatIsUnderWay() {
        run();
        ask(new Request.SnapshotNow("s"));
        taken(1, 1);
        step(new ControlInput.Follows());
        lead();
        alive(1, 2);
        taken(1, 2);
        assertThat(state.operation()).isPresent();
        taken(1, 1);
        assertThat(state.lastCommitted()).isPresent();
    }

    @Test
    void proposalOfUnknownFateIsJudgedAnewWhenTheStateWasRead() {
        run();
        commits = false;
        ask(new Request.SnapshotNow("s"));
        assertThat(proposed).hasSize(1);
        step(new ControlInput.Tick());
        assertThat(proposed).hasSize(1);
        assertThat(step(new ControlInput.ProposalEnded(ProposalOutcome.UNKNOWN)).read())
                .isTrue();
        state.apply(proposed.getFirst()); // it was committed after all
        step(new ControlInput.StateChanged());
        step(new ControlInput.ReadDone());
        assertThat(proposed).hasSize(1);
    }

    @Test
    void proposalThatFailedIsMadeAgainIfItIsStillWanted() {
        run();
        commits = false;
        ask(new Request.SnapshotNow("s"));
        step(new ControlInput.ProposalEnded(ProposalOutcome.FAILED));
        assertThat(proposed).hasSize(1);
        step(new ControlInput.ReadDone());
        assertThat(proposed).hasSize(2).containsOnly(proposed.getFirst());
    }

    @Test
    void failedWorkerStartsTheGenerationAnewAfterAWhile() {
        run();
        report(2, new Report.Failed(1, "thrown"));
        assertThat(proposed).isEmpty();
        waitSeconds(2, 1, 2);
        assertThat(state.generation()).isEqualTo(2);
    }

    @Test
    void nothingBeginsBeforeAllWorkersAreReady() {
        lead();
        alive(1, 2);
        report(1, new Report.Ready(1));
        ask(new Request.SnapshotNow("s"));
        assertThat(state.operation()).isEmpty();
        report(2, new Report.Ready(1));
        assertThat(state.operation()).isPresent();
    }

    @Test
    void partitionsAreTakenFromTheListerAndFinishedByTheirOwners() {
        run();
        report(2, new Report.PartitionsListed(1, "in", List.of("wrong"), true));
        report(1, new Report.PartitionsListed(1, "in", List.of("a", "b"), false));
        report(1, new Report.PartitionsListed(1, "in", List.of("b", "c"), true));
        assertThat(state.knownPartitions("in")).containsExactly("b", "c");
        assertThat(state.isClosed("in")).isTrue();
        report(1, new Report.PartitionFinished(1, "in", "b"));
        assertThat(state.finishedPartitions()).isEmpty();
        report(2, new Report.PartitionFinished(1, "in", "b"));
        assertThat(state.finishedPartitions()).containsExactly(new PartitionId("in", "b"));
    }

    @Test
    void jobEndsWithALastSnapshotWhenAllHaveEnded() {
        run();
        report(1, new Report.PartitionsListed(1, "in", List.of(), true));
        report(1, new Report.Ended(1, 1));
        report(2, new Report.Ended(1, 0)); // under another assignment
        assertThat(state.operation()).isEmpty();
        report(2, new Report.Ended(1, 1));
        taken(1, 1, 2);
        report(1, new Report.Shown(1, 1));
        assertThat(state.phase()).isEqualTo(JobPhase.RUNNING);
        report(2, new Report.Shown(1, 1));
        assertThat(state.phase()).isEqualTo(JobPhase.COMPLETE);
        ask(new Request.SnapshotNow("s"));
        assertThat(answers).containsExactly(new Answer.Refused("s", "the job is complete"));
    }

    @Test
    void oldSnapshotsAreRetired() {
        run();
        for (int i = 1; i <= 4; i++) {
            ask(new Request.SnapshotNow("s" + i));
            taken(i, 1, 2);
        }
        assertThat(state.committed().stream().map(CommittedSnapshot::snapshot)).containsExactly(3L, 4L);
    }

    @Test
    void everyNodeSaysHowTheJobStands() {
        ask(new Request.Status("how"));
        assertThat(answers)
                .containsExactly(new Answer.Standing(
                        "how",
                        JobPhase.STARTING,
                        0,
                        0,
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of()));
    }
}

package dev.gyre.stream.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.stream.control.ControlEntry.AbortRescale;
import dev.gyre.stream.control.ControlEntry.AbortSnapshot;
import dev.gyre.stream.control.ControlEntry.BeginRescale;
import dev.gyre.stream.control.ControlEntry.BeginSnapshot;
import dev.gyre.stream.control.ControlEntry.CommitRescale;
import dev.gyre.stream.control.ControlEntry.CommitSnapshot;
import dev.gyre.stream.control.ControlEntry.Complete;
import dev.gyre.stream.control.ControlEntry.PartitionsFinished;
import dev.gyre.stream.control.ControlEntry.PartitionsFound;
import dev.gyre.stream.control.ControlEntry.PartitionsGone;
import dev.gyre.stream.control.ControlEntry.RegisterWorker;
import dev.gyre.stream.control.ControlEntry.Resume;
import dev.gyre.stream.control.ControlEntry.RetireSnapshot;
import dev.gyre.stream.control.ControlEntry.StartGeneration;
import dev.gyre.stream.control.ControlEntry.Suspend;
import dev.gyre.stream.control.ControlEntry.WorkerLost;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControlStateTest {
    private static final Optional<String> NOBODY = Optional.empty();

    private final ControlState state = new ControlState(8);

    /** Workers 1, 4 and 9 are there; 1 and 4 run generation 1 on version 1. */
    @BeforeEach
    void start() {
        for (int worker : List.of(1, 4, 9)) {
            taken(new RegisterWorker(worker, 5));
        }
        taken(new StartGeneration(1, List.of(4, 1), Optional.empty()));
    }

    private List<Decision> taken(ControlEntry entry) {
        var decisions = state.apply(Codecs.journey(entry));
        assertThat(decisions).isNotEmpty().noneMatch(Decision.Refused.class::isInstance);
        return decisions;
    }

    private void refused(ControlEntry entry, String reason) {
        var before = state.encode();
        assertThat(state.apply(entry))
                .singleElement()
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refusal -> assertThat(refusal.reason()).contains(reason));
        assertThat(state.encode()).isEqualTo(before);
    }

    private static SnapshotPart part(int worker, long snapshot) {
        return new SnapshotPart(worker, "s" + snapshot + "w" + worker, 10, 20);
    }

    private List<Decision> snapshot(long id) {
        taken(new BeginSnapshot(id, state.generation(), state.version(), NOBODY));
        return commit(id);
    }

    private List<Decision> commit(long id) {
        var parts = new ArrayList<SnapshotPart>();
        state.workers().forEach(worker -> parts.addFirst(part(worker, id)));
        return taken(new CommitSnapshot(id, state.generation(), parts));
    }

    @Test
    void groupsArePowersOfTwo() {
        assertThatThrownBy(() -> new ControlState(3)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void workerRegistersInRisingLivesAlone() {
        refused(new RegisterWorker(9, 5), "worker 9 is known in life 5");
        refused(new RegisterWorker(9, 4), "registers in life 4");
        taken(new RegisterWorker(9, 7));
        assertThat(state.incarnation(9)).contains(7L);
    }

    @Test
    void lostLifeNeverComesBack() {
        taken(new WorkerLost(9, 5));
        refused(new RegisterWorker(9, 5), "is known in life 5");
        refused(new WorkerLost(9, 5), "no life 5 to lose");
        refused(new WorkerLost(8, 1), "no life 1 to lose");
        assertThat(state.alive()).containsExactly(1, 4);
    }

    @Test
    void spareWorkerBreaksNothing() {
        assertThat(taken(new WorkerLost(9, 5))).containsExactly(new Decision.WorkerGone(9, 5));
        assertThat(state.phase()).isEqualTo(JobPhase.RUNNING);
    }

    @Test
    void lossOfParticipantBreaksTheGeneration() {
        assertThat(taken(new WorkerLost(4, 5)))
                .containsExactly(new Decision.WorkerGone(4, 5), new Decision.GenerationBroken(1, "worker 4 is lost"));
        refused(new BeginSnapshot(1, 1, 1, NOBODY), "generation 1 is STARTING");
    }

    @Test
    void newLifeOfParticipantBreaksTheGeneration() {
        assertThat(taken(new RegisterWorker(1, 6))).hasAtLeastOneElementOfType(Decision.GenerationBroken.class);
    }

    @Test
    void generationFollowsTheOneBeforeOnLivingWorkersFromTheLastSnapshot() {
        snapshot(1);
        refused(new StartGeneration(1, List.of(1), Optional.of(1L)), "1 is not the next");
        refused(new StartGeneration(3, List.of(1), Optional.of(1L)), "3 is not the next");
        refused(new StartGeneration(2, List.of(1), Optional.empty()), "but the last is Optional[1]");
        refused(new StartGeneration(2, List.of(), Optional.of(1L)), "at least one worker");
        refused(new StartGeneration(2, List.of(1, 3), Optional.of(1L)), "worker 3 is unknown");
        taken(new WorkerLost(9, 5));
        refused(new StartGeneration(2, List.of(1, 9), Optional.of(1L)), "worker 9 is lost");
        assertThat(taken(new StartGeneration(2, List.of(1), Optional.of(1L))))
                .singleElement()
                .isInstanceOfSatisfying(Decision.GenerationStarted.class, started -> {
                    assertThat(started.assignment().version()).isEqualTo(2);
                    assertThat(started.snapshot()).isEqualTo(state.lastCommitted());
                });
    }

    @Test
    void generationAbortsWhatIsUnderWayAndItsIdIsNeverUsedAgain() {
        taken(new BeginSnapshot(1, 1, 1, Optional.of("mine")));
        assertThat(taken(new StartGeneration(2, List.of(1), Optional.empty())))
                .hasAtLeastOneElementOfType(Decision.SnapshotAborted.class);
        assertThat(state.request("mine").orElseThrow().status()).isEqualTo(RequestState.Status.FAILED);
        refused(new CommitSnapshot(1, 1, List.of(part(1, 1), part(4, 1))), "not under way");
        refused(new BeginSnapshot(1, 2, 2, NOBODY), "1 is not the next");
        taken(new BeginSnapshot(2, 2, 2, NOBODY));
    }

    @Test
    void oneOperationAtATime() {
        taken(new BeginSnapshot(1, 1, 1, NOBODY));
        refused(new BeginSnapshot(2, 1, 1, NOBODY), "another operation is under way");
        refused(new BeginRescale(2, 1, List.of(9), NOBODY), "another operation is under way");
        refused(new Suspend(2, 1, 1, "s"), "another operation is under way");
        refused(new Complete(1, 1), "another operation is under way");
    }

    @Test
    void staleGenerationAndVersionAreRefused() {
        refused(new BeginSnapshot(1, 0, 1, NOBODY), "generation 0 is not running");
        refused(new BeginSnapshot(1, 1, 2, NOBODY), "has version 1, not 2");
        refused(new BeginRescale(1, 1, List.of(9), NOBODY), "1 is not the next");
        refused(new PartitionsFinished(0, "in", List.of("p")), "generation 0 is not running");
    }

    @Test
    void snapshotNeedsOnePartOfEachWorker() {
        taken(new BeginSnapshot(1, 1, 1, NOBODY));
        refused(new CommitSnapshot(1, 1, List.of(part(1, 1))), "has parts of [1]");
        refused(new CommitSnapshot(1, 1, List.of(part(1, 1), part(1, 1), part(4, 1))), "has parts of [1, 1, 4]");
        refused(new CommitSnapshot(1, 1, List.of(part(1, 1), part(4, 1), part(9, 1))), "has parts of [1, 4, 9]");
        refused(new CommitSnapshot(2, 1, List.of(part(1, 1), part(4, 1))), "not under way");
        commit(1);
        refused(new CommitSnapshot(1, 1, List.of(part(1, 1), part(4, 1))), "not under way");
    }

    @Test
    void abortedSnapshotIsGoneAndItsIdToo() {
        taken(new BeginSnapshot(1, 1, 1, NOBODY));
        assertThat(taken(new AbortSnapshot(1, 1, "late"))).containsExactly(new Decision.SnapshotAborted(1, 1, "late"));
        refused(new AbortSnapshot(1, 1, "late"), "not under way");
        refused(new CommitSnapshot(1, 1, List.of(part(1, 1), part(4, 1))), "not under way");
        snapshot(2);
    }

    @Test
    void completeSnapshotOfBrokenGenerationIsCommitted() {
        taken(new BeginSnapshot(1, 1, 1, NOBODY));
        taken(new WorkerLost(4, 5));
        commit(1);
        assertThat(state.lastCommitted().orElseThrow().snapshot()).isEqualTo(1);
    }

    @Test
    void rescaleIsToOtherLivingWorkers() {
        refused(new BeginRescale(2, 1, List.of(), NOBODY), "at least one worker");
        refused(new BeginRescale(2, 1, List.of(1, 2), NOBODY), "worker 2 is unknown");
        refused(new BeginRescale(2, 1, List.of(4, 1), NOBODY), "runs on workers [1, 4] already");
        refused(new BeginRescale(2, 1, List.of(1, 2, 3, 4, 5, 6, 7, 8, 9), NOBODY), "8 key groups");
        taken(new WorkerLost(9, 5));
        refused(new BeginRescale(2, 1, List.of(1, 9), NOBODY), "worker 9 is lost");
    }

    @Test
    void partitionsMoveWhenARescaleIsCommittedAndNotBefore() {
        taken(new PartitionsFound("in", List.of("a", "b", "c"), false));
        var before = state.partitions();
        taken(new BeginRescale(2, 1, List.of(1, 4, 9), NOBODY));
        assertThat(state.partitions()).isEqualTo(before);
        assertThat(taken(new PartitionsFound("in", List.of("d"), false)))
                .containsExactly(new Decision.PartitionsAssigned(List.of()));
        assertThat(taken(new CommitRescale(2, 1)))
                .hasSize(2)
                .last()
                .isInstanceOfSatisfying(
                        Decision.PartitionsAssigned.class,
                        found -> assertThat(found.partitions())
                                .extracting(PartitionOwner::id)
                                .containsExactly(new PartitionId("in", "d")));
        assertThat(state.partitions().stream().map(PartitionOwner::owner).distinct())
                .contains(1, 4, 9);
        assertThat(state.version()).isEqualTo(2);
        assertThat(state.isRescaledSinceSnapshot()).isTrue();
        refused(new CommitRescale(2, 1), "no rescale to version 2");
    }

    @Test
    void rescaleIsNotCommittedInABrokenGeneration() {
        taken(new BeginRescale(2, 1, List.of(1, 9), NOBODY));
        assertThat(taken(new WorkerLost(9, 5))).hasAtLeastOneElementOfType(Decision.GenerationBroken.class);
        refused(new CommitRescale(2, 1), "in a generation 1 that runs");
        assertThat(taken(new StartGeneration(2, List.of(1, 4), Optional.empty())))
                .hasAtLeastOneElementOfType(Decision.RescaleAborted.class);
        refused(new BeginRescale(2, 2, List.of(1), NOBODY), "2 is not the next");
    }

    @Test
    void rescaleThatIsGivenUpBreaksTheGeneration() {
        taken(new BeginRescale(2, 1, List.of(1, 9), Optional.of("grow")));
        refused(new AbortRescale(3, 1, "no", NOBODY), "no rescale to version 3");
        refused(new AbortRescale(2, 1, "no", Optional.of("grow")), "taken before");
        taken(new AbortRescale(2, 1, "no", Optional.of("cancel")));
        assertThat(state.phase()).isEqualTo(JobPhase.STARTING);
        assertThat(state.workers()).containsExactly(1, 4);
        assertThat(state.request("grow").orElseThrow().status()).isEqualTo(RequestState.Status.FAILED);
        assertThat(state.request("cancel").orElseThrow().status()).isEqualTo(RequestState.Status.DONE);
    }

    @Test
    void requestIsTakenOnce() {
        taken(new BeginSnapshot(1, 1, 1, Optional.of("r")));
        commit(1);
        refused(new BeginSnapshot(2, 1, 1, Optional.of("r")), "request r was taken before");
        refused(new BeginRescale(2, 1, List.of(9), Optional.of("r")), "request r was taken before");
        assertThat(state.request("r").orElseThrow().status()).isEqualTo(RequestState.Status.DONE);
    }

    @Test
    void oldRequestsAreForgotten() {
        for (int i = 1; i <= ControlState.MAX_REQUESTS + 1; i++) {
            taken(new BeginSnapshot(i, 1, 1, Optional.of("r" + i)));
            taken(new AbortSnapshot(i, 1, "no"));
        }
        assertThat(state.request("r1")).isEmpty();
        assertThat(state.request("r2")).isPresent();
    }

    @Test
    void suspensionIsASnapshotThatStopsTheJob() {
        refused(new Resume("early"), "neither suspended nor complete but RUNNING");
        taken(new Suspend(1, 1, 1, "stop"));
        assertThat(state.phase()).isEqualTo(JobPhase.RUNNING);
        assertThat(commit(1)).endsWith(new Decision.Suspended(1, 1));
        refused(new StartGeneration(2, List.of(1), Optional.of(1L)), "the job is SUSPENDED");
        refused(new BeginSnapshot(2, 1, 1, NOBODY), "generation 1 is SUSPENDED");
        assertThat(taken(new WorkerLost(4, 5))).hasSize(1);
        assertThat(taken(new Resume("go"))).containsExactly(new Decision.Resumed());
        taken(new StartGeneration(2, List.of(1, 9), Optional.of(1L)));
        taken(new Suspend(2, 2, 2, "stop again"));
        commit(2);
        refused(new Resume("go"), "taken before");
    }

    @Test
    void abortedSuspensionLetsTheJobGoOn() {
        taken(new Suspend(1, 1, 1, "stop"));
        taken(new AbortSnapshot(1, 1, "no space"));
        assertThat(state.phase()).isEqualTo(JobPhase.RUNNING);
        assertThat(state.request("stop").orElseThrow().detail()).isEqualTo("no space");
    }

    @Test
    void sourceIsFinishedWhenItIsClosedAndAllItsPartitionsAre() {
        taken(new PartitionsFound("in", List.of("a", "b"), false));
        taken(new PartitionsFinished(1, "in", List.of("a", "b", "unknown")));
        assertThat(state.finishedSources()).isEmpty();
        assertThat(state.partitions()).isEmpty();
        refused(new PartitionsFinished(1, "in", List.of("a")), "none of these partitions");
        refused(new PartitionsFound("in", List.of("a"), false), "nothing new");
        assertThat(taken(new PartitionsFound("in", List.of(), true))).endsWith(new Decision.SourceFinished("in"));
        refused(new PartitionsFound("in", List.of("c"), true), "was closed");
    }

    @Test
    void sourceWithoutPartitionsIsFinishedWhenItIsClosed() {
        assertThat(taken(new PartitionsFound("in", List.of(), true))).endsWith(new Decision.SourceFinished("in"));
    }

    @Test
    void sourceFinishesWhenItsLastPartitionHasGone() {
        taken(new PartitionsFound("in", List.of("a"), true));
        refused(new PartitionsGone("in", List.of("z")), "none of these");
        assertThat(taken(new PartitionsGone("in", List.of("a")))).endsWith(new Decision.SourceFinished("in"));
    }

    @Test
    void finishedFlagsAreThoseOfTheSnapshotAfterARecovery() {
        taken(new PartitionsFound("in", List.of("a", "b"), true));
        taken(new PartitionsFinished(1, "in", List.of("a")));
        taken(new BeginSnapshot(1, 1, 1, NOBODY));
        assertThat(taken(new PartitionsFinished(1, "in", List.of("b")))).endsWith(new Decision.SourceFinished("in"));
        commit(1);
        assertThat(taken(new StartGeneration(2, List.of(1), Optional.of(1L))))
                .singleElement()
                .isInstanceOfSatisfying(Decision.GenerationStarted.class, started -> {
                    assertThat(started.finishedSources()).isEmpty();
                    assertThat(started.partitions()).containsExactly(new PartitionOwner(new PartitionId("in", "b"), 1));
                });
        assertThat(taken(new PartitionsFinished(2, "in", List.of("b")))).endsWith(new Decision.SourceFinished("in"));
    }

    @Test
    void finishedSourceIsFinishedFromTheStartAfterARecovery() {
        taken(new PartitionsFound("in", List.of("a"), true));
        taken(new PartitionsFinished(1, "in", List.of("a")));
        snapshot(1);
        assertThat(taken(new StartGeneration(2, List.of(1), Optional.of(1L))))
                .singleElement()
                .isInstanceOfSatisfying(
                        Decision.GenerationStarted.class,
                        started -> assertThat(started.finishedSources()).containsExactly("in"));
    }

    @Test
    void jobIsCompleteWithASnapshotFromBehindTheEndOfAllSources() {
        taken(new PartitionsFound("in", List.of("a"), true));
        snapshot(1);
        taken(new PartitionsFinished(1, "in", List.of("a")));
        refused(new Complete(1, 1), "begun when all sources had finished");
        snapshot(2);
        refused(new Complete(1, 1), "snapshot 1 is not the last");
        refused(new Complete(0, 2), "generation 0 is not running");
        assertThat(taken(new Complete(1, 2))).containsExactly(new Decision.Completed(1));
        refused(new StartGeneration(2, List.of(1), Optional.of(2L)), "the job is COMPLETE");
        refused(new PartitionsFound("other", List.of("x"), false), "complete");
    }

    @Test
    void completeJobReadsOnWhereItsSourcesEnded() {
        taken(new PartitionsFound("in", List.of("a"), true));
        taken(new PartitionsFinished(1, "in", List.of("a")));
        snapshot(1);
        taken(new Complete(1, 1));
        assertThat(taken(new ControlEntry.Resume("again"))).containsExactly(new Decision.Resumed());
        refused(new ControlEntry.Resume("again"), "taken before");
        assertThat(taken(new StartGeneration(2, List.of(1), Optional.of(1L))))
                .singleElement()
                .isInstanceOfSatisfying(Decision.GenerationStarted.class, started -> {
                    assertThat(started.finishedSources()).isEmpty();
                    assertThat(started.partitions()).containsExactly(new PartitionOwner(new PartitionId("in", "a"), 1));
                });
        refused(new Complete(2, 1), "begun when all sources had finished");
        assertThat(taken(new PartitionsFound("in", List.of("a", "b"), true))).contains(new Decision.SourceClosed("in"));
        assertThat(state.knownPartitions("in")).containsExactly("a", "b");
    }

    @Test
    void snapshotFromBeforeALateSourceIsNotTheLast() {
        snapshot(1);
        taken(new PartitionsFound("late", List.of(), true));
        refused(new Complete(1, 1), "begun when all sources had finished");
    }

    @Test
    void oldSnapshotIsRetiredWithTheObjectsThatNoOtherNeeds() {
        snapshot(1);
        refused(new RetireSnapshot(1), "is the last");
        taken(new BeginSnapshot(2, 1, 1, NOBODY));
        taken(new CommitSnapshot(2, 1, List.of(part(1, 1), part(4, 2))));
        assertThat(taken(new RetireSnapshot(1))).containsExactly(new Decision.SnapshotRetired(1, List.of("s1w4")));
        refused(new RetireSnapshot(1), "is not there");
    }

    @Test
    void bytesOfNoStateAreRefused() {
        assertThatThrownBy(() -> state.restore(new byte[] {'{', '}'})).isInstanceOf(IllegalArgumentException.class);
    }
}

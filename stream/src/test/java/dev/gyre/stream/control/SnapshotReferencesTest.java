package dev.gyre.stream.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Snapshots whose parts refer to objects of older ones. */
class SnapshotReferencesTest {
    private final ControlState state = new ControlState(8);

    /** Workers 1 and 4 run generation 1 on version 1. */
    @BeforeEach
    void start() {
        taken(new ControlEntry.RegisterWorker(1, 5));
        taken(new ControlEntry.RegisterWorker(4, 5));
        taken(new ControlEntry.StartGeneration(1, List.of(1, 4), Optional.empty()));
    }

    private List<Decision> taken(ControlEntry entry) {
        var decisions = state.apply(Codecs.journey(entry));
        assertThat(decisions).noneMatch(Decision.Refused.class::isInstance);
        return decisions;
    }

    /** A snapshot whose part of worker 1 refers to some objects. */
    private List<Decision> commit(long id, String... older) {
        taken(new ControlEntry.BeginSnapshot(id, state.generation(), state.version(), Optional.empty()));
        var parts = List.of(
                new SnapshotPart(1, "s" + id + "w1", 10, 20, List.of(older)),
                new SnapshotPart(4, "s" + id + "w4", 10, 20));
        return state.apply(Codecs.journey(new ControlEntry.CommitSnapshot(id, state.generation(), parts)));
    }

    private void refused(List<Decision> decisions, String reason) {
        assertThat(decisions).containsExactly(new Decision.Refused(reason));
    }

    private void retired(long id, String... objects) {
        assertThat(taken(new ControlEntry.RetireSnapshot(id)))
                .containsExactly(new Decision.SnapshotRetired(id, List.of(objects)));
    }

    @Test
    void whatAKeptSnapshotRefersToIsKept() {
        commit(1);
        commit(2, "s1w1");
        commit(3, "s1w1", "s2w1");
        retired(1, "s1w4");
        commit(4, "s2w1");
        retired(2, "s2w4");
        retired(3, "s1w1", "s3w1", "s3w4");
        var other = new ControlState(8);
        other.restore(state.encode());
        assertThat(other.committed().getLast().objects()).containsExactly("s2w1", "s4w1", "s4w4");
    }

    @Test
    void snapshotRefersToNothingThatTheLastOneDoesNotNeed() {
        commit(1);
        commit(2);
        refused(
                commit(3, "s1w1"),
                "snapshot 3 refers to [s1w1], which the last snapshot of generation 1 does not need");
        assertThat(state.committed()).hasSize(2);
    }

    @Test
    void snapshotRefersToNothingOfAnEarlierGeneration() {
        commit(1);
        taken(new ControlEntry.StartGeneration(2, List.of(1, 4), Optional.of(1L)));
        refused(
                commit(2, "s1w1"),
                "snapshot 2 refers to [s1w1], which the last snapshot of generation 2 does not need");
    }

    @Test
    void partRefersToFewOlderObjects() {
        var older = IntStream.range(0, SnapshotPart.OLDER_MAX + 1)
                .mapToObj(i -> "s" + i)
                .toList();
        assertThatThrownBy(() -> new SnapshotPart(1, "s9", 1, 1, older))
                .hasMessageContaining("s9 refers to 9 older objects, and may to 8");
    }
}

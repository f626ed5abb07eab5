package dev.gyre.raft.core;

import static dev.gyre.raft.core.Bench.append;
import static dev.gyre.raft.core.Bench.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ReplicaTest {
    private static final Membership FIRST = Membership.of(List.of("n1", "n2", "n3"));
    private static final Membership JOINT = FIRST.jointWith(Membership.of(List.of("n1", "n4")));

    @Test
    void membershipHoldsFromItsEntryOnAndIsRolledBackWithIt() {
        var bench = Bench.bench();
        bench.receive(append(1, Position.START, 0, new Entry.Configuration<>(1, 1, JOINT)));
        assertThat(bench.core().status().membership()).isEqualTo(JOINT);
        var output = bench.receive(append(2, Position.START, 0, entry(1, 2)));
        assertThat(bench.core().status().membership()).isEqualTo(FIRST);
        assertThat(output.notices()).contains(new Notice.MembershipChanged(0, FIRST));
    }

    @Test
    void snapshotCarriesTheMembershipOfItsPlace() {
        var bench = Bench.bench();
        bench.receive(append(1, Position.START, 2, entry(1, 1), new Entry.Configuration<>(2, 1, JOINT)));
        assertThat(bench.core().snapshotAt(1).membership()).isEqualTo(FIRST);
        assertThat(bench.core().snapshotAt(2).membership()).isEqualTo(JOINT);
    }

    @Test
    void logIsCutBehindASnapshotAndGoesOn() {
        var bench = Bench.bench();
        bench.receive(append(1, Position.START, 2, entry(1, 1), entry(2, 1), entry(3, 1)));
        bench.persist();
        bench.step(new Input.SnapshotTaken<>(bench.core().snapshotAt(2).withContent(1, 1)));
        assertThat(bench.core().status().logBytes()).isEqualTo(entry(3, 1).countedBytes());
        assertThat(bench.receive(append(1, new Position(3, 1), 4, entry(4, 1))).committed())
                .containsExactly(entry(3, 1), entry(4, 1));
    }

    @Test
    void snapshotOfWhatWasNotGivenOutIsRefused() {
        var bench = Bench.bench();
        bench.receive(append(1, Position.START, 1, entry(1, 1), entry(2, 1)));
        assertThatThrownBy(() -> bench.core().snapshotAt(2)).isInstanceOf(IllegalArgumentException.class);
        var other = new Snapshot(new Position(1, 7), FIRST, 0, 0);
        assertThatThrownBy(() -> bench.step(new Input.SnapshotTaken<>(other)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not as snapshotAt told");
    }

    @Test
    void snapshotIsWantedOnceWhenMuchOfTheLogIsApplied() {
        var settings = new RaftSettings(Bench.TIMING, Bench.LIMITS, new Compaction(60, 0, 4), OptionalDouble.empty());
        var bench = new Bench(settings, PersistedState.bootstrap(FIRST));
        assertThat(wanted(bench.receive(append(1, Position.START, 1, entry(1, 1)))))
                .isZero();
        assertThat(wanted(bench.receive(append(1, new Position(1, 1), 2, entry(2, 1)))))
                .isEqualTo(1);
        assertThat(wanted(bench.receive(append(1, new Position(2, 1), 3, entry(3, 1)))))
                .isZero();
        bench.step(new Input.SnapshotTaken<>(bench.core().snapshotAt(3).withContent(1, 1)));
        assertThat(wanted(bench.receive(append(1, new Position(3, 1), 4, entry(4, 1), entry(5, 1)))))
                .as("only one of them is applied")
                .isZero();
        assertThat(wanted(bench.receive(append(1, new Position(5, 1), 5)))).isEqualTo(1);
    }

    private static int wanted(Output<String> output) {
        return Bench.of(Notice.SnapshotWanted.class, output.notices()).size();
    }

    @Test
    void storedLogThatLostAPartIsRefused() {
        var term = new HardState(2, HardState.NO_VOTE);
        assertThatThrownBy(() -> stored(term, entry(1, 1), entry(3, 1)))
                .hasMessageContaining("3@1 stands where 2 of term 1 or later is expected");
        assertThatThrownBy(() -> stored(term, entry(1, 2), entry(2, 1)))
                .hasMessageContaining("2@1 stands where 2 of term 2");
        assertThatThrownBy(() -> stored(term, entry(1, 3))).hasMessageContaining("storage lost the hard state");
    }

    @SafeVarargs
    private static PersistedState<String> stored(HardState hardState, Entry<String> first, Entry<String>... more) {
        List<Entry<String>> entries = new ArrayList<>(List.of(first));
        for (var entry : more) {
            entries.add(entry);
        }
        return new PersistedState<>(hardState, Snapshot.initial(FIRST), entries);
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        assertThatThrownBy(() -> new Timing(150, 300, 51, 1, 0)).hasMessageContaining("at most a third");
        assertThatThrownBy(() -> new Timing(150, 150, 50, 1, 0)).hasMessageContaining("above the smallest");
        assertThatThrownBy(() -> new Limits(100, 1, 1, 1, 131, 1)).hasMessageContaining("maxUncommittedBytes");
        assertThatThrownBy(() -> new Compaction(0, 0, 1)).hasMessageContaining("snapshotAfterBytes");
        assertThatThrownBy(() -> new RaftSettings(Bench.TIMING, Bench.LIMITS, Bench.COMPACTION, OptionalDouble.of(1)))
                .hasMessageContaining("leaseDrift");
        assertThatThrownBy(() -> new Membership(List.of("a"), List.of(), List.of("a")))
                .hasMessageContaining("not both voter and learner");
    }

    @Test
    void appendWhoseEntriesDoNotFollowIsNoMessage() {
        assertThatThrownBy(() -> append(1, new Position(3, 1), 0, entry(5, 1))).hasMessageContaining("do not follow");
        assertThatThrownBy(() -> append(1, Position.START, 0, entry(1, 2))).hasMessageContaining("do not follow");
    }
}

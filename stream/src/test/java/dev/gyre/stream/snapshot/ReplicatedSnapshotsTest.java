package dev.gyre.stream.snapshot;

import static dev.gyre.stream.snapshot.SnapshotStoreTest.content;
import static dev.gyre.stream.snapshot.SnapshotStoreTest.error;
import static dev.gyre.stream.snapshot.SnapshotStoreTest.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.stream.snapshot.ReplicatedSnapshots.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Replicated snapshots on nodes that do what the test wants; {@link StoreRun} has nodes on which everything strikes. */
class ReplicatedSnapshotsTest {
    /** Many chunks of few bytes. */
    static final Settings SMALL = new Settings(400_000, 3000, 3, Duration.ofSeconds(1));

    private static final Duration TWO_SWEEPS = Duration.ofSeconds(5);

    private final SimulatedLoop loop = new SimulatedLoop(4, SMALL);
    private final SnapshotStore store = loop.store("n3");

    private void put(String name, int size) {
        loop.await(store.put(name, content(random(size)))).orThrow();
    }

    @Test
    void everyNodeHasWhatOneHasPut() {
        put("a", 10_000);
        for (var node : List.of("n0", "n1", "n2", "n3")) {
            assertThat(loop.await(loop.store(node).get("a")).orThrow()).isEqualTo(random(10_000));
        }
    }

    @Test
    void boundIsSaidWithWhatToDoAndHeldBeforeAnythingTravels() {
        put("a", 300_000);
        var error = error(loop.await(store.put("b", content(random(100_000)))));
        assertThat(error.code()).isEqualTo(ErrorCode.TEMPORARILY_UNAVAILABLE);
        assertThat(error.text())
                .isEqualTo("replicated snapshots have 306656 bytes, 0 of them in objects that are being put, and with"
                        + " the 102432 of b more than the bound of 400000: raise maxBytes of"
                        + " ReplicatedSnapshots.Settings, retire snapshots sooner, or keep them in a directory");
        loop.await(store.delete("a")).orThrow();
        put("b", 100_000);
        assertThat(loop.host("n3").table().counted()).isEqualTo(102_432);
    }

    @Test
    void emptyObjectsCountToo() {
        var small = new SimulatedLoop(1, SMALL.maxBytes(600));
        var objects = small.store("n0");
        small.await(objects.put("a", List.of())).orThrow();
        small.await(objects.put("b", List.of())).orThrow();
        assertThat(error(small.await(objects.put("c", List.of()))).code()).isEqualTo(ErrorCode.TEMPORARILY_UNAVAILABLE);
    }

    @Test
    void ofTwoPutsOfANameOneIsThere() {
        var first = store.put("a", content(random(50_000)));
        var second = loop.store("n0").put("a", content(random(50_001)));
        boolean isFirst = loop.await(first) instanceof Outcome.Ok;
        assertThat(loop.await(second) instanceof Outcome.Ok).isNotEqualTo(isFirst);
        assertThat(loop.await(store.get("a")).orThrow()).hasSize(isFirst ? 50_000 : 50_001);
        loop.pass(Duration.ofSeconds(1));
        assertThat(loop.host("n0").table().open()).isEmpty();
    }

    @Test
    void whatAWriterLeftBehindIsDroppedByWhoeverLeads() {
        store.put("a", content(random(300_000)));
        loop.pass(Duration.ofMillis(30));
        loop.node("n3").crash();
        loop.pass(Duration.ofMillis(100));
        var left = loop.host("n0").table().open();
        assertThat(left).hasSize(1);
        assertThat(loop.await(loop.store("n0").list()).orThrow()).isEmpty();
        loop.pass(TWO_SWEEPS);
        assertThat(left).isEmpty();
        assertThat(loop.host("n0").table().counted()).isZero();
    }

    @Test
    void aPutThatTakesLongerThanSweepsIsNotDropped() {
        var patient = new SimulatedLoop(3, new Settings(400_000, 100, 1, Duration.ofMillis(200)));
        var objects = patient.store("n2");
        assertThat(patient.await(objects.put("a", content(random(100_000))))
                        .orThrow()
                        .size())
                .isEqualTo(100_000);
    }

    @Test
    void whatWasTakenForNotStoredDoesNotStay() {
        put("before", 10);
        var put = store.put("a", content(random(2_000)));
        for (var node : List.of("n0", "n1", "n2")) {
            loop.network().cut("test", node, "n3"); // it is heard, and hears nothing
        }
        assertThat(loop.await(put)).isInstanceOf(Outcome.Unknown.class);
        loop.network().heal();
        loop.pass(TWO_SWEEPS);
        assertThat(loop.await(store.list()).orThrow()).containsExactly("before");
        assertThat(loop.host("n3").table().open()).isEmpty();
    }

    @Test
    void nodeThatStartsAgainHasAllAndNothingHoldsWhatIsGone() {
        for (int i = 0; i < 60; i++) {
            put("object-" + i, 20_000 + i);
            if (i >= 5) {
                loop.await(store.delete("object-" + (i - 5))).orThrow();
            }
        }
        loop.node("n3").crash();
        loop.node("n3").start();
        assertThat(loop.await(loop.store("n3").list()).orThrow()).hasSize(5);
        assertThat(loop.await(loop.store("n3").get("object-57")).orThrow()).isEqualTo(random(20_057));
        for (var object : loop.host("n3").table().sealed()) {
            for (var piece : object.chunks()) {
                assertThat(Objects.requireNonNull(piece).array().length).isLessThan(SMALL.chunkBytes() + 100);
            }
        }
    }

    @Test
    void withoutAQuorumNothingIsStoredAndNothingRead() {
        put("a", 10);
        loop.node("n0").crash();
        loop.node("n1").crash();
        assertThat(loop.await(store.put("b", content(random(10))))).isNotInstanceOf(Outcome.Ok.class);
        assertThat(error(loop.await(store.get("a"))).code()).isEqualTo(ErrorCode.TEMPORARILY_UNAVAILABLE);
        loop.node("n0").start();
        loop.pass(TWO_SWEEPS);
        assertThat(loop.await(store.get("a")).orThrow()).isEqualTo(random(10));
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        var patience = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new Settings(0, 1, 1, patience)).hasMessageContaining("1 to 1073741824 bytes");
        assertThatThrownBy(() -> new Settings((1L << 30) + 1, 1, 1, patience)).hasMessageContaining("not 1073741825");
        assertThatThrownBy(() -> new Settings(1, 0, 1, patience)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Settings(1, (256 << 10) + 1, 1, patience))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Settings(1, 1, 0, patience)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Settings(1, 1, 1, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}

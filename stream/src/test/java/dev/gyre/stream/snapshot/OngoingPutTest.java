package dev.gyre.stream.snapshot;

import static dev.gyre.stream.snapshot.SnapshotStoreTest.content;
import static dev.gyre.stream.snapshot.SnapshotStoreTest.error;
import static dev.gyre.stream.snapshot.SnapshotStoreTest.random;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.RpcError;
import dev.gyre.stream.snapshot.ReplicatedSnapshots.Settings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/** A put, on a log of one replica in which others put withdrawals. */
class OngoingPutTest {
    private static final Settings SETTINGS = new Settings(10_000, 100, 2, Duration.ofSeconds(1));
    private static final OngoingPut.AtOnce AT_ONCE = new OngoingPut.AtOnce(-5, 0);

    private final ObjectTable table = new ObjectTable();
    private final List<StoreEntry> entries = new ArrayList<>();
    private final List<Long> abandoned = new ArrayList<>();
    private final ArrayDeque<Promise<Long>> waiting = new ArrayDeque<>();
    private boolean isUnknown;

    private Promise<Long> propose(LongFunction<StoreEntry> entry) {
        var promise = new Promise<Long>();
        entries.add(entry.apply(entries.size()));
        waiting.add(promise);
        return promise;
    }

    private void applyAll() {
        for (int next = entries.size() - waiting.size(); !waiting.isEmpty(); next++) {
            Outcome<Long> unknown = new Outcome.Unknown<>(new RpcError(ErrorCode.TIMEOUT, "not known"));
            waiting.remove().complete(isUnknown ? unknown : table.apply(next + 1, entries.get(next)));
        }
    }

    private Outcome<SnapshotStore.Stored> put(int size) {
        var put = new OngoingPut(this::propose, SETTINGS, "a", content(random(size)), abandoned::add);
        assertThat(put.fitsAnEntry()).isEqualTo(size <= 100);
        var stored = put.run(AT_ONCE);
        applyAll();
        return Objects.requireNonNull(stored.outcome());
    }

    private List<String> kinds() {
        return entries.stream().map(entry -> entry.getClass().getSimpleName()).toList();
    }

    @Test
    void whatFitsAnEntryIsOne() {
        put(100).orThrow();
        assertThat(kinds()).containsExactly("Whole");
        assertThat(table.get("a").orThrow()).isEqualTo(random(100));
    }

    @Test
    void behindAWithdrawalItIsPutInSeveral() {
        propose(ticket -> new StoreEntry.Drop(ticket, -7, "b"));
        assertThat(put(100)).isEqualTo(new Outcome.Ok<>(new SnapshotStore.Stored("a", 100)));
        assertThat(kinds()).containsExactly("Drop", "Whole", "Begin", "Chunk", "Seal");
        assertThat(table.get("a").orThrow()).isEqualTo(random(100));
        assertThat(abandoned).isEmpty();
    }

    @Test
    void oneThatMayComeYetIsToBeWithdrawnAndOneThatIsRefusedIsNot() {
        isUnknown = true;
        assertThat(put(50)).isInstanceOf(Outcome.Unknown.class);
        assertThat(abandoned).containsExactly(-5L);
        isUnknown = false;
        put(50).orThrow();
        assertThat(error(put(50)).code()).isEqualTo(ErrorCode.KEY_ALREADY_EXISTS);
        assertThat(abandoned).containsExactly(-5L);
    }
}

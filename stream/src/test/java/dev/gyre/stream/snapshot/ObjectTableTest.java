package dev.gyre.stream.snapshot;

import static dev.gyre.stream.snapshot.SnapshotStoreTest.error;
import static dev.gyre.stream.snapshot.SnapshotStoreTest.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What entries do, in whatever order they come. */
class ObjectTableTest {
    private static final int CHUNK = 100;
    private static final long BOUND = 10_000;

    private final ObjectTable table = new ObjectTable();
    private final StoreEntryCodec codec = new StoreEntryCodec();

    /** Applies an entry as another node has it: from its bytes. */
    private Outcome<Long> apply(long index, StoreEntry entry) {
        return table.apply(index, codec.decode(codec.encode(entry)));
    }

    private void begin(long put, String name, int size) {
        assertThat(apply(put, new StoreEntry.Begin(1, name, size, CHUNK, BOUND)))
                .isEqualTo(new Outcome.Ok<>(put));
    }

    private static List<StoreEntry.Chunk> chunks(long put, byte[] bytes) {
        var chunks = new ArrayList<StoreEntry.Chunk>();
        for (int from = 0; from < bytes.length; from += CHUNK) {
            var encoded = new byte[StoreEntryCodec.CHUNK_HEAD + Math.min(CHUNK, bytes.length - from)];
            System.arraycopy(
                    bytes, from, encoded, StoreEntryCodec.CHUNK_HEAD, encoded.length - StoreEntryCodec.CHUNK_HEAD);
            chunks.add(StoreEntryCodec.chunk(7, put, chunks.size(), encoded));
        }
        return chunks;
    }

    private static StoreEntry seal(long put, List<StoreEntry.Chunk> chunks) {
        return new StoreEntry.Seal(
                3,
                put,
                StoreEntry.checksum(chunks.stream().map(StoreEntry.Chunk::piece).toList()));
    }

    private void put(long put, String name, int size) {
        begin(put, name, size);
        var chunks = chunks(put, random(size));
        chunks.forEach(chunk -> apply(put + 1, chunk).orThrow());
        apply(put + 2, seal(put, chunks)).orThrow();
    }

    @Test
    void chunksComeInAnyOrder() {
        begin(5, "a", 950);
        var chunks = chunks(5, random(950));
        var shuffled = new ArrayList<>(chunks);
        Collections.shuffle(shuffled, new Random(1));
        shuffled.forEach(chunk -> apply(6, chunk).orThrow());
        assertThat(table.names()).isEmpty();
        assertThat(apply(9, seal(5, chunks))).isEqualTo(new Outcome.Ok<>(950L));
        assertThat(table.get("a").orThrow()).isEqualTo(random(950));
        assertThat(table.read("a", 199, 302).orThrow()).isEqualTo(Arrays.copyOfRange(random(950), 199, 501));
    }

    @Test
    void sealIsRefusedWhenAChunkIsMissingOrAnother() {
        var chunks = chunks(5, random(300));
        begin(5, "a", 300);
        apply(6, chunks.get(0)).orThrow();
        apply(7, chunks.get(2)).orThrow();
        assertThat(error(apply(8, seal(5, chunks))).code()).isEqualTo(SnapshotStore.DAMAGED);
        begin(9, "a", 300);
        chunks(9, random(300)).forEach(chunk -> apply(10, chunk).orThrow());
        assertThat(error(apply(11, new StoreEntry.Seal(1, 9, 12345))).code()).isEqualTo(SnapshotStore.DAMAGED);
        assertThat(table.names()).isEmpty();
        assertThat(table.counted()).as("room is given back").isZero();
    }

    @Test
    void ofOneNameTheFirstSealWins() {
        begin(5, "a", 100);
        put(6, "a", 200);
        var chunks = chunks(5, random(100));
        apply(10, chunks.getFirst()).orThrow();
        assertThat(error(apply(11, seal(5, chunks))).code()).isEqualTo(ErrorCode.KEY_ALREADY_EXISTS);
        assertThat(table.get("a").orThrow()).isEqualTo(random(200));
        assertThat(error(apply(12, new StoreEntry.Begin(1, "a", 1, CHUNK, BOUND)))
                        .code())
                .isEqualTo(ErrorCode.KEY_ALREADY_EXISTS);
        assertThat(table.open()).isEmpty();
    }

    @Test
    void whatWasDroppedStaysAway() {
        var chunks = chunks(5, random(100));
        begin(5, "a", 100);
        assertThat(apply(6, new StoreEntry.Drop(1, 5, "a"))).isEqualTo(new Outcome.Ok<>(1L));
        assertThat(error(apply(7, chunks.getFirst())).code()).isEqualTo(ErrorCode.ABORT);
        assertThat(error(apply(8, seal(5, chunks))).code()).isEqualTo(ErrorCode.ABORT);
        put(10, "a", 100);
        assertThat(apply(13, new StoreEntry.Drop(1, 5, "a"))).as("another put").isEqualTo(new Outcome.Ok<>(0L));
        assertThat(apply(14, new StoreEntry.Drop(1, 10, "a"))).isEqualTo(new Outcome.Ok<>(1L));
        assertThat(table.names()).isEmpty();
        assertThat(table.counted()).isZero();
    }

    private static StoreEntry whole(long put, long fence, String name, int size, long maxBytes) {
        int head = StoreEntryCodec.wholeHead(name);
        var encoded = new byte[head + size];
        System.arraycopy(random(size), 0, encoded, head, size);
        return StoreEntryCodec.whole(3, put, fence, name, maxBytes, encoded);
    }

    @Test
    void whatFitsAnEntryIsThereAtOnce() {
        assertThat(apply(5, whole(-9, 0, "a", 90, BOUND))).isEqualTo(new Outcome.Ok<>(90L));
        assertThat(apply(6, whole(-8, 0, "empty", 0, BOUND))).isEqualTo(new Outcome.Ok<>(0L));
        assertThat(table.get("a").orThrow()).isEqualTo(random(90));
        assertThat(table.get("empty").orThrow()).isEmpty();
        assertThat(table.counted()).isEqualTo(90 + 64 + 2 * 256);
        assertThat(table.open()).isEmpty();
        assertThat(error(apply(7, whole(-7, 0, "a", 10, BOUND))).code()).isEqualTo(ErrorCode.KEY_ALREADY_EXISTS);
        assertThat(error(apply(8, whole(-6, 0, "b", 10, 900))).text())
                .contains("the 330 of b more than the bound of 900");
        assertThat(table.counted()).isEqualTo(90 + 64 + 2 * 256);
        var damaged = codec.encode(whole(-5, 0, "c", 50, BOUND));
        damaged[damaged.length - 7] ^= 1;
        assertThatThrownBy(() -> codec.decode(damaged)).hasMessage("c, 50 bytes, has another checksum");
        assertThatThrownBy(() -> codec.decode(Arrays.copyOf(damaged, 20))).hasMessageContaining("cut off after 20");
    }

    @Test
    void whatWasPutAtOnceIsWithdrawnWhereverItsEntryIs() {
        apply(5, whole(-9, 0, "a", 90, BOUND)).orThrow();
        assertThat(apply(6, new StoreEntry.Drop(1, -8, "a"))).as("another put").isEqualTo(new Outcome.Ok<>(0L));
        assertThat(apply(7, new StoreEntry.Drop(1, -9, "a"))).isEqualTo(new Outcome.Ok<>(1L));
        var late = whole(-7, 6, "b", 90, BOUND);
        assertThat(error(apply(8, late)).code()).isEqualTo(ErrorCode.ABORT);
        var other = new ObjectTable();
        ObjectImage.restore(ObjectImage.encode(table), other);
        assertThat(error(other.apply(8, late)).code()).as("after a restart").isEqualTo(ErrorCode.ABORT);
        assertThat(table.counted()).isZero();
        apply(9, whole(-6, table.fence(), "b", 90, BOUND)).orThrow();
        assertThat(table.names()).containsExactly("b");
    }

    @Test
    void boundOfTheEntryIsHeldWithWhatIsOnlySetAside() {
        begin(5, "a", 5_000);
        var refused = error(apply(6, new StoreEntry.Begin(1, "b", 1_000, CHUNK, BOUND)));
        assertThat(refused.code()).isEqualTo(ErrorCode.TEMPORARILY_UNAVAILABLE);
        assertThat(refused.text()).contains("8456 bytes, 8456 of them in objects that are being put");
        assertThat(apply(7, new StoreEntry.Begin(1, "b", 1_000, CHUNK, 2 * BOUND)))
                .isEqualTo(new Outcome.Ok<>(7L));
    }

    @Test
    void imageHasAllThatIsThereAndOnItsWay() {
        put(5, "a", 950);
        put(9, "empty", 0);
        begin(20, "b", 300);
        var chunks = chunks(20, random(300));
        apply(21, chunks.get(1)).orThrow();
        var image = ObjectImage.encode(table);
        var other = new ObjectTable();
        ObjectImage.restore(image, other);
        assertThat(ObjectImage.encode(other)).isEqualTo(image);
        assertThat(other.counted()).isEqualTo(table.counted());
        assertThat(other.get("a").orThrow()).isEqualTo(random(950));
        other.apply(22, chunks.get(0)).orThrow();
        other.apply(23, chunks.get(2)).orThrow();
        other.apply(24, seal(20, chunks)).orThrow();
        assertThat(other.get("b").orThrow()).isEqualTo(random(300));
        for (int cut = 0; cut < image.length; cut++) {
            var shorter = Arrays.copyOf(image, cut);
            assertThatThrownBy(() -> ObjectImage.restore(shorter, other)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(other.names()).as("it stays as it was").containsExactly("a", "b", "empty");
    }

    @Test
    void damageIsFoundWhereItIsReadAndInEntries() {
        put(5, "a", 950);
        var piece = table.sealed().iterator().next().chunks().get(3);
        assertThat(piece).isNotNull();
        piece.array()[piece.from() + 40] ^= 4;
        assertThat(error(table.get("a")).text()).isEqualTo("a is damaged at offset 300: a chunk has another checksum");
        assertThat(table.read("a", 0, 300).orThrow()).hasSize(300);
        var chunk = codec.encode(chunks(5, random(100)).getFirst());
        chunk[StoreEntryCodec.CHUNK_HEAD + 50] ^= 1;
        assertThatThrownBy(() -> codec.decode(chunk)).hasMessageContaining("chunk 0 of put 5, 100 bytes, has another");
        assertThatThrownBy(() -> codec.decode(new byte[] {2, 0})).hasMessageContaining("cut off after 2 bytes");
        assertThatThrownBy(() -> codec.decode(new byte[30])).hasMessageContaining("kind 0");
    }
}

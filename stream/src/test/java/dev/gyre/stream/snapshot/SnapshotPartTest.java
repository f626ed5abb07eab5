package dev.gyre.stream.snapshot;

import static dev.gyre.stream.snapshot.SnapshotStoreTest.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.RpcError;
import dev.gyre.stream.codec.BytesIn;
import dev.gyre.stream.codec.Types;
import dev.gyre.stream.codec.ValueReader;
import dev.gyre.stream.codec.ValueWriter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotPartTest {
    private final MemorySnapshots memory = new MemorySnapshots();
    private final SnapshotStore store = memory.store(Runnable::run);

    private static <T> T now(Promise<T> promise) {
        return promise.outcome().orThrow();
    }

    private static void section(SnapshotPartWriter writer, String operator, int group, byte[] bytes) {
        writer.begin(new Section(operator, group)).append(bytes, 0, bytes.length);
        writer.end();
    }

    private static byte[] bytesOf(int group) {
        return SnapshotStoreTest.random(group * 37 % 500);
    }

    private static SnapshotPartWriter writer(String name, int groups) {
        var writer = new SnapshotPartWriter(name);
        section(writer, "source", Section.NO_GROUP, new byte[] {7});
        for (int group = 0; group < groups; group++) {
            section(writer, "totals", group, bytesOf(group));
        }
        return writer;
    }

    private static byte[] joined(List<ByteBuffer> slices) {
        var all = new ByteArrayOutputStream();
        for (var slice : slices) {
            var bytes = new byte[slice.remaining()];
            slice.duplicate().get(bytes);
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }

    @Test
    void sectionsAreFoundByOperatorAndGroup() {
        var stored = now(store.put("part-1", writer("part-1", 1024).finish()));
        var part = now(SnapshotPart.open(store, stored));
        assertThat(part.sections()).hasSize(1025);
        for (int group = 0; group < 1024; group++) {
            var ref = part.find(new Section("totals", group)).orElseThrow();
            assertThat(now(part.read(ref))).isEqualTo(bytesOf(group));
        }
        var source = part.find(new Section("source", Section.NO_GROUP)).orElseThrow();
        assertThat(now(part.read(source))).containsExactly(7);
        assertThat(part.find(new Section("source", 0))).isEmpty();
        assertThat(part.find(new Section("other", 0))).isEmpty();
    }

    @Test
    void indexLargerThanTheFirstReadIsReadToo() {
        var stored = now(store.put("part-1", writer("part-1", 20_000).finish()));
        assertThat(now(SnapshotPart.open(store, stored)).sections()).hasSize(20_001);
    }

    @Test
    void partWithoutSectionsIsRead() {
        var stored = now(store.put("part-1", new SnapshotPartWriter("part-1").finish()));
        assertThat(now(SnapshotPart.open(store, stored)).sections()).isEmpty();
    }

    @Test
    void largeSectionsAreWrittenInSlices() {
        var writer = new SnapshotPartWriter("part-1");
        var large = SnapshotStoreTest.random(3 << 20);
        section(writer, "a", 0, large);
        section(writer, "a", 1, new byte[] {1});
        section(writer, "a", 2, large);
        var slices = writer.finish();
        assertThat(slices).hasSize(3);
        var part = now(SnapshotPart.open(store, now(store.put("part-1", slices))));
        assertThat(now(part.read(part.sections().get(2)))).isEqualTo(large);
        assertThat(now(part.read(part.sections().get(1)))).containsExactly(1);
    }

    @Test
    void sectionThatHasNotChangedIsReadFromTheOlderObject() {
        var first = writer("part-1", 3);
        now(store.put("part-1", first.finish()));
        var second = new SnapshotPartWriter("part-2");
        second.refer(first.sections().get(2));
        section(second, "totals", 2, new byte[] {9});
        var part = now(SnapshotPart.open(store, now(store.put("part-2", second.finish()))));
        var older = part.find(new Section("totals", 1)).orElseThrow();
        assertThat(older.object()).isEqualTo("part-1");
        assertThat(now(part.read(older))).isEqualTo(bytesOf(1));
        assertThat(now(part.read(part.sections().get(1)))).containsExactly(9);
        now(store.delete("part-1"));
        assertThat(error(part.read(older).outcome()).text()).contains("there is no snapshot object part-1");
    }

    @Test
    void statesOfAGroupAreWrittenAndReadAsValues() {
        var writer = new SnapshotPartWriter("part-1");
        var values = new ValueWriter(Types.builtIn(), writer.begin(new Section("totals", 5)), "operator \"totals\"");
        values.write("key");
        values.write(42L);
        writer.end();
        var part = now(SnapshotPart.open(store, now(store.put("part-1", writer.finish()))));
        var in = new BytesIn(now(part.read(part.sections().get(0))), "part-1, totals, group 5");
        var reader = new ValueReader(Types.builtIn(), in);
        assertThat(reader.read()).isEqualTo("key");
        assertThat(reader.read()).isEqualTo(42L);
        in.end();
    }

    @Test
    void damageAnywhereIsRefusedWithObjectAndOffset() {
        var whole = joined(writer("part-1", 20).finish());
        for (int bit = 0; bit < whole.length * 8; bit++) {
            var damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(firstError(damaged, damaged.length).text())
                    .as("bit %d of byte %d of %d", bit % 8, bit / 8, whole.length)
                    .startsWith("part-1, offset ");
        }
        for (int length = 0; length < whole.length; length++) {
            assertThat(firstError(Arrays.copyOf(whole, length), length).code()).isEqualTo(SnapshotStore.DAMAGED);
        }
    }

    /** Puts bytes into a store that checks nothing of them, reads all sections, and gives the first error. */
    private static RpcError firstError(byte[] bytes, long size) {
        var fresh = new MemorySnapshots().store(Runnable::run);
        now(fresh.put("part-1", List.of(ByteBuffer.wrap(bytes))));
        var opened = SnapshotPart.open(fresh, new SnapshotStore.Stored("part-1", size))
                .outcome();
        if (opened instanceof Outcome.Ok<SnapshotPart>(var part)) {
            return part.sections().stream()
                    .map(ref -> part.read(ref).outcome())
                    .filter(outcome -> !(outcome instanceof Outcome.Ok))
                    .map(SnapshotStoreTest::error)
                    .findFirst()
                    .orElseThrow();
        }
        return error(opened);
    }

    @Test
    void objectUnderAnotherNameIsRefused() {
        var stored = now(store.put("part-2", writer("part-1", 1).finish()));
        assertThat(error(SnapshotPart.open(store, stored).outcome()).text()).contains("it is that of part-1");
    }

    @Test
    void sectionsAreWrittenOneAfterTheOtherAndOnce() {
        var writer = new SnapshotPartWriter("part-1");
        assertThatThrownBy(writer::end).isInstanceOf(IllegalStateException.class);
        writer.begin(new Section("a", 1));
        assertThatThrownBy(() -> writer.begin(new Section("a", 2))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
        writer.end();
        assertThatThrownBy(() -> writer.begin(new Section("a", 1))).isInstanceOf(IllegalArgumentException.class);
        writer.finish();
        assertThatThrownBy(() -> writer.begin(new Section("a", 3))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new Section("a", -2)).isInstanceOf(IllegalArgumentException.class);
    }
}

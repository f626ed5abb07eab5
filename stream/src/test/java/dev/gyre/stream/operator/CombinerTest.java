package dev.gyre.stream.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.api.Aggregate;
import dev.gyre.stream.api.Windows;
import dev.gyre.stream.exchange.KeyHash;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is summed up before an exchange, when it is sent, and when that is not worth it. */
class CombinerTest {
    private final Recorder out = new Recorder();
    private final Combiner combiner = new Combiner(new Windows.Aligned(10, 10), sum(), out);

    @SuppressWarnings("unchecked")
    private static Aggregate<Object, Object, Object> sum() {
        return (Aggregate<Object, Object, Object>)
                (Aggregate<?, ?, ?>) Aggregate.<Long, Long, Long>of(() -> 0L, Long::sum, Long::sum, sum -> sum);
    }

    private void record(long key, long value, long time) {
        combiner.record(key, KeyHash.of(key), value, time);
    }

    private static Recorder.Out partial(long key, long sum, long time) {
        return new Recorder.Out(key, new Partial(sum), time);
    }

    @Test
    void recordsOfAWindowGoWhenItIsOverBeforeItsEpoch() {
        record(1, 5, 3);
        record(1, 7, 9);
        record(1, 1, 12);
        combiner.epoch(8);
        assertThat(out.out).isEmpty();
        combiner.epoch(9);
        assertThat(out.order).containsExactly("epoch 8", "Partial[accumulator=12]@9", "epoch 9");
        combiner.epoch(30);
        assertThat(out.out).containsExactly(partial(1, 12, 9), partial(1, 1, 19));
    }

    @Test
    void lateRecordsGoAsTheyAre() {
        combiner.epoch(19);
        out.epochs.clear(); // late is what they are
        record(1, 5, 19);
        record(1, 6, 20);
        assertThat(out.out).containsExactly(new Recorder.Out(1L, 5L, 19));
    }

    @Test
    void afterARestartOfTimeNothingIsLate() {
        combiner.epoch(19);
        combiner.news(new SourceNews.Restart());
        record(1, 5, 19);
        assertThat(out.out).isEmpty();
    }

    @Test
    void whatIsKeptGoesBeforeIdlenessAndTheEnd() {
        record(1, 5, 3);
        combiner.idle();
        record(1, 6, 4);
        combiner.end();
        assertThat(out.order).containsExactly("Partial[accumulator=5]@9", "idle", "Partial[accumulator=6]@9", "end");
    }

    @Test
    void windowsAtTheEndsOfTimeAreApart() {
        for (long time : List.of(Long.MIN_VALUE + 1, Long.MAX_VALUE - 20, Long.MAX_VALUE - 1)) {
            record(1, time, time);
        }
        combiner.giveUp();
        assertThat(out.out).hasSize(3);
    }

    @Test
    void keysThatDoNotComeAgainAreSentAsTheyAreAfterAWhile() {
        LongStream.range(0, 1000).forEach(key -> record(key, 1, 3));
        combiner.epoch(9);
        assertThat(out.take()).hasSize(1000);
        record(5, 3, 12);
        assertThat(out.take()).containsExactly(new Recorder.Out(5L, 3L, 12));
    }

    @Test
    void whatIsSentAsItIsDoesNotOvertakeWhatWasKept() {
        record(5, 1, 12);
        LongStream.range(0, 1000).forEach(key -> record(key, 1, 3));
        combiner.epoch(9);
        record(5, 3, 12);
        assertThat(out.order).endsWith("epoch 9", "3@12").contains("Partial[accumulator=1]@19");
    }

    @Test
    void keysThatComeAgainAreSummedUpOn() {
        LongStream.range(0, 4000).forEach(i -> record(i % 1000, 1, 3));
        combiner.epoch(9);
        assertThat(out.take()).hasSize(1000);
        record(5, 3, 12);
        assertThat(out.take()).isEmpty();
    }

    @Test
    void noMoreIsKeptThanABound() {
        LongStream.range(0, 70_000).forEach(key -> record(key, 1, 3));
        assertThat(out.out).hasSizeGreaterThan(65_000);
        combiner.giveUp();
        assertThat(out.out).hasSize(70_000);
    }

    @SuppressWarnings("unchecked")
    private static Aggregate<Object, Object, Object> count() {
        return (Aggregate<Object, Object, Object>) (Aggregate<?, ?, ?>) new Aggregates.Count<Long>();
    }

    /** Sums up in numbers, for keys that are numbers; zero is one like others. */
    @Test
    void countsAreTheSameWhateverTheKeysAre() {
        var end = new Recorder();
        for (long seed = 1; seed <= 200; seed++) {
            var random = new Random(seed);
            var counter = new Combiner(new Windows.Aligned(10, 10), count(), end);
            var expected = new TreeMap<String, Long>();
            int strangers = (int) (seed % 4) * 10;
            for (int i = 0; i < 300; i++) {
                long number = random.nextLong(-9, 9);
                Object key = random.nextInt(100) < strangers ? (Object) ("key " + number) : (Object) number;
                long time = random.nextLong(100);
                counter.record(key, KeyHash.of(key), number, time);
                expected.merge(key + " in " + time / 10, 1L, Long::sum);
                if (random.nextInt(100) == 0) {
                    counter.giveUp();
                }
            }
            counter.giveUp();
            var counted = new TreeMap<String, Long>();
            for (var one : end.take()) {
                var partial = (Partial) one.value();
                assertThat(one.time() % 10).isEqualTo(9);
                counted.merge(one.key() + " in " + one.time() / 10, ((long[]) partial.accumulator())[0], Long::sum);
            }
            assertThat(counted).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void ofKeysThatAreNumbersNoMoreAreKeptThanOfOthers() {
        var end = new Recorder();
        var counter = new Combiner(new Windows.Aligned(10, 10), count(), end);
        long keys = 1 << 16;
        for (long key = 0; key < keys; key++) {
            assertThat(end.out).isEmpty();
            counter.record(key, KeyHash.of(key), key, 0);
        }
        assertThat(end.out).hasSize((int) keys);
    }

    @Test
    void theBoundIsForAllWindowsTogether() {
        var end = new Recorder();
        var counter = new Combiner(new Windows.Aligned(10, 10), count(), end);
        int records = 0;
        for (int window = 0; window < 700; window++) {
            for (long key = 0; key < 100; key++) {
                counter.record(key, KeyHash.of(key), key, window * 10L);
                records++;
            }
        }
        assertThat(records - end.out.size()).isLessThan(1 << 16);
    }

    @Test
    void whatIsAtHandWhenItComesToRestGoesAsItIsBehindWhatWasKept() {
        var end = new Recorder();
        var counter = new Combiner(new Windows.Aligned(10, 10), count(), end);
        // One record more than keys: so the last key of the bound is gathered with others, and not counted yet.
        counter.record(0L, KeyHash.of(0L), 0L, 0);
        for (long key = 0; key < 1 << 16; key++) {
            counter.record(key, KeyHash.of(key), key, 0);
        }
        assertThat(end.out).isEmpty();
        counter.record(7L, KeyHash.of(7L), 3L, 10);
        assertThat(end.out).hasSize((1 << 16) + 1).last().isEqualTo(new Recorder.Out(7L, 3L, 10));
    }

    /** Records of a key often follow one another, and its objects are one or several; windows come again. */
    @Test
    void sumsAreTheSameWhateverKeyCameBefore() {
        for (long seed = 1; seed <= 200; seed++) {
            var random = new Random(seed);
            var expected = new TreeMap<String, Long>();
            var key = "";
            for (int i = 0; i < 300; i++) {
                if (random.nextInt(4) == 0) {
                    key = "key " + random.nextInt(1 + (int) (seed % 20));
                }
                long time = random.nextLong(30);
                combiner.record(key, KeyHash.of(key), (long) i, time);
                expected.merge(key + " in " + time / 10, (long) i, Long::sum);
            }
            combiner.giveUp();
            var summed = new TreeMap<String, Long>();
            for (var one : out.take()) {
                summed.put(one.key() + " in " + one.time() / 10, (Long) ((Partial) one.value()).accumulator());
            }
            assertThat(summed).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void atTheEndsOfTimeNothingIsLateBeforeItsWindowIsOver() {
        combiner.epoch(Long.MIN_VALUE + 1);
        combiner.epoch(Long.MAX_VALUE - 7); // windows are of ten, and the last begins here
        record(1, 5, Long.MAX_VALUE - 6);
        record(1, 6, Long.MAX_VALUE);
        assertThat(out.out).isEmpty();
        combiner.epoch(Long.MAX_VALUE);
        assertThat(out.out).containsExactly(partial(1, 11, Long.MAX_VALUE));
        out.epochs.clear(); // late is what they are
        record(1, 7, Long.MAX_VALUE);
        assertThat(out.out).endsWith(new Recorder.Out(1L, 7L, Long.MAX_VALUE));
    }
}

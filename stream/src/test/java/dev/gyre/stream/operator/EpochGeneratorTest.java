package dev.gyre.stream.operator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When time goes on, and for whom it waits. */
class EpochGeneratorTest {
    private final Recorder recorder = new Recorder();

    private TimeTeller generator(long disorder, long idleAfterNanos, boolean keepsLate) {
        return new EpochGenerator(
                value -> (Long) value,
                new EpochGenerator.Bounds(disorder, idleAfterNanos, Long.MAX_VALUE, keepsLate),
                recorder);
    }

    private static void batch(Operator generator, long... times) {
        for (long time : times) {
            generator.record(Operator.NO_KEY, 0, time, Operator.NO_TIME);
        }
        generator.pause();
    }

    private static void batchOf(Operator generator, String partition, long nowNanos, long... times) {
        generator.news(new SourceNews.Turn(partition, nowNanos));
        batch(generator, times);
    }

    @Test
    void epochIsBehindTheLatestRecordByTheBoundAndOne() {
        var generator = generator(10, Long.MAX_VALUE, false);
        batch(generator, 100, 105, 96);
        batch(generator, 104);
        batch(generator, 106);
        assertThat(recorder.order)
                .containsExactly("100@100", "105@105", "96@96", "epoch 94", "104@104", "106@106", "epoch 95");
    }

    @Test
    void epochsStopAtTheEdgesOfTime() {
        var generator = generator(10, Long.MAX_VALUE, false);
        batch(generator, Long.MIN_VALUE + 5);
        assertThat(recorder.epochs).isEmpty();
        batch(generator, Long.MIN_VALUE + 12);
        assertThat(recorder.epochs).containsExactly(Long.MIN_VALUE + 1);
        batch(generator, Long.MAX_VALUE);
        generator.epoch(Long.MAX_VALUE);
        assertThat(recorder.epochs).containsExactly(Long.MIN_VALUE + 1, Long.MAX_VALUE - 11, Long.MAX_VALUE);
    }

    @Test
    void lateRecordGoesOnAsItIsOrMarked() {
        var generator = generator(0, Long.MAX_VALUE, false);
        batch(generator, 10);
        recorder.epochs.clear(); // what follows is no mistake
        batch(generator, 9);
        assertThat(recorder.take()).last().isEqualTo(new Recorder.Out(Operator.NO_KEY, 9L, 9));
        var marking = new EpochGenerator(
                value -> (Long) value,
                new EpochGenerator.Bounds(0, Long.MAX_VALUE, Long.MAX_VALUE, true),
                new Recorder(recorder.out));
        batch(marking, 10);
        batch(marking, 9, 10);
        assertThat(recorder.take())
                .containsExactly(
                        new Recorder.Out(Operator.NO_KEY, 10L, 10),
                        new Recorder.Out(Operator.NO_KEY, new Late(9L), 9),
                        new Recorder.Out(Operator.NO_KEY, 10L, 10));
    }

    @Test
    void slowestPartitionCounts() {
        var generator = generator(0, Long.MAX_VALUE, false);
        generator.news(new SourceNews.Comes("a"));
        generator.news(new SourceNews.Comes("b"));
        batchOf(generator, "a", 1, 1000);
        assertThat(recorder.epochs).isEmpty();
        batchOf(generator, "b", 2, 10);
        batchOf(generator, "a", 3, 2000);
        batchOf(generator, "b", 4, 20);
        assertThat(recorder.epochs).containsExactly(9L, 19L);
        generator.news(new SourceNews.Goes("b"));
        assertThat(recorder.epochs).containsExactly(9L, 19L, 1999L);
    }

    @Test
    void quietPartitionIsNotWaitedForUntilItSpeaksAgain() {
        var generator = generator(0, 100, false);
        generator.news(new SourceNews.Comes("a"));
        generator.news(new SourceNews.Comes("b"));
        batchOf(generator, "b", 0, 10);
        batchOf(generator, "b", 50);
        batchOf(generator, "a", 149, 1000);
        assertThat(recorder.epochs).containsExactly(9L);
        assertThat(generator.wakeAt()).isEqualTo(150);
        generator.news(new SourceNews.Quiet(150));
        assertThat(recorder.epochs).containsExactly(9L, 999L);
        batchOf(generator, "b", 160, 1500);
        batchOf(generator, "a", 170, 3000);
        assertThat(recorder.epochs).containsExactly(9L, 999L, 1499L);
    }

    @Test
    void whereAllPartitionsAreQuietNobodyWaits() {
        var generator = generator(0, 100, false);
        batchOf(generator, "a", 0, 10);
        batchOf(generator, "a", 10);
        batchOf(generator, "a", 110);
        batchOf(generator, "a", 120);
        batchOf(generator, "a", 130, 20);
        assertThat(recorder.order).containsExactly("10@10", "epoch 9", "idle", "20@20", "epoch 19");
    }

    @Test
    void partitionThatCouldNotBeReadIsNotQuiet() {
        var generator = generator(0, 100, false);
        batchOf(generator, "a", 0, 10);
        batchOf(generator, "a", 10);
        generator.news(new SourceNews.Resumes(500));
        batchOf(generator, "a", 501);
        assertThat(recorder.order).containsExactly("10@10", "epoch 9");
    }

    private TimeTeller holding(long disorder, long idleAfterNanos, long maxDrift) {
        return new EpochGenerator(
                value -> (Long) value, new EpochGenerator.Bounds(disorder, idleAfterNanos, maxDrift, false), recorder);
    }

    @Test
    void whoIsFurtherAheadThanTheBoundIsHeld() {
        var generator = holding(5, Long.MAX_VALUE, 100);
        generator.news(new SourceNews.Comes("a"));
        recorder.reached = 0;
        assertThat(generator.holds("a")).as("nothing came of it yet").isFalse();
        batchOf(generator, "a", 1, 1106);
        recorder.reached = 1000;
        assertThat(generator.holds("a")).as("its epoch is at the bound").isFalse();
        recorder.reached = 999;
        assertThat(generator.holds("a")).as("and beyond it").isTrue();
        assertThat(generator.holds("b")).as("one that is not here").isFalse();
        recorder.reached = Long.MAX_VALUE;
        assertThat(generator.holds("a")).as("nobody waits").isFalse();
    }

    @Test
    void whereThereIsNoBoundNobodyIsHeld() {
        var generator = generator(5, Long.MAX_VALUE, false);
        recorder.reached = 0;
        batchOf(generator, "a", 1, Long.MAX_VALUE);
        assertThat(generator.holds("a")).isFalse();
    }

    @Test
    void beforeOthersAreHeardOfTheBeginningCounts() {
        var generator = holding(0, Long.MAX_VALUE, 100);
        recorder.reached = Operator.NO_TIME;
        batchOf(generator, "a", 1, 500, 550);
        batchOf(generator, "a", 2, 650);
        assertThat(generator.holds("a")).isFalse();
        batchOf(generator, "a", 3, 651);
        assertThat(generator.holds("a")).isTrue();
    }

    @Test
    void partitionThatIsHeldIsNotQuietMeanwhile() {
        var generator = holding(0, 100, 50);
        batchOf(generator, "b", 0, 10);
        batchOf(generator, "a", 1, 1000);
        batchOf(generator, "a", 2);
        recorder.reached = 9;
        assertThat(generator.holds("a")).isTrue();
        assertThat(generator.wakeAt()).isEqualTo(Long.MAX_VALUE);
        generator.news(new SourceNews.Quiet(500));
        batchOf(generator, "b", 501, 2000);
        assertThat(recorder.epochs).as("a is waited for").containsExactly(9L, 999L);
    }

    @Test
    void partitionThatIsIdleIsAskedHoweverFarItIs() {
        var generator = holding(0, 100, 50);
        batchOf(generator, "b", 0, 10);
        batchOf(generator, "a", 1, 1000);
        batchOf(generator, "a", 2);
        generator.news(new SourceNews.Quiet(102));
        recorder.reached = 9;
        assertThat(generator.holds("a")).isFalse();
    }

    @Test
    void lateOutputIsIdleAndSaysSoAgainAfterARestart() {
        var tooLate = new LateSplit.TooLate(0, recorder);
        tooLate.record("key", 1, new Late("late"), 5);
        tooLate.record("key", 1, "on time", 50);
        tooLate.pause();
        tooLate.epoch(40);
        tooLate.news(new SourceNews.Restart());
        tooLate.pause();
        tooLate.epoch(Long.MAX_VALUE);
        assertThat(recorder.order).containsExactly("late@5", "idle", "idle", "epoch " + Long.MAX_VALUE);
    }

    @Test
    void afterARestartTimeMayBeEarlier() {
        var restarted = new Recorder();
        var generator = new EpochGenerator(
                value -> (Long) value, new EpochGenerator.Bounds(0, Long.MAX_VALUE, Long.MAX_VALUE, false), restarted);
        generator.news(new SourceNews.Comes("a"));
        batchOf(generator, "a", 1, 1000);
        generator.news(new SourceNews.Restart());
        generator.news(new SourceNews.Comes("b"));
        restarted.epochs.clear();
        batchOf(generator, "a", 2, 1001);
        assertThat(restarted.epochs).isEmpty();
        batchOf(generator, "b", 3, 500);
        assertThat(restarted.epochs).containsExactly(499L);
    }
}

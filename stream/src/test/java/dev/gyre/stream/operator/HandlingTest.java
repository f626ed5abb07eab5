package dev.gyre.stream.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.api.Handler;
import dev.gyre.stream.api.Output;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandlingTest {
    private final Recorder recorder = new Recorder();
    private final Operator handling = new Handling(Together::new, recorder);

    /** Hands on the records of a batch together, three at most, and counts them when an epoch comes. */
    private static final class Together implements Handler<Object, Object> {
        private final List<Object> kept = new ArrayList<>();
        private int count;

        @Override
        public void record(Object value, long time, Output<Object> out) {
            count++;
            kept.add(value);
            if (kept.size() == 3) {
                pause(out);
            }
        }

        @Override
        public void epoch(long time, Output<Object> out) {
            pause(out);
            out.emit("count " + count);
        }

        @Override
        public void pause(Output<Object> out) {
            if (!kept.isEmpty()) {
                out.emit(List.copyOf(kept));
                kept.clear();
            }
        }
    }

    private void send(long... times) {
        for (long time : times) {
            handling.record("key", 5, "at " + time, time);
        }
    }

    @Test
    void recordsEpochsAndPausesAreHandedOnBeforeTheyGoOn() {
        send(1, 2, 3, 4);
        handling.pause();
        send(5);
        handling.epoch(3);
        handling.end();
        assertThat(recorder.order)
                .containsExactly("[at 1, at 2, at 3]@3", "[at 4]@4", "[at 5]@3", "count 5@3", "epoch 3", "end");
    }

    @Test
    void handlerThatMakesNothingOfEpochsLetsThemPass() {
        Handler<Object, Object> twice = (value, time, out) -> {
            out.emit(value);
            out.emit(value, time + 1);
        };
        var doubling = new Handling(() -> twice, recorder);
        doubling.record("key", 5, "a", 7);
        doubling.pause();
        doubling.epoch(6);
        assertThat(recorder.order).containsExactly("a@7", "a@8", "epoch 6");
        assertThat(recorder.out).extracting(Recorder.Out::key).containsOnly("key");
    }

    @Test
    void epochThatIsSaidAgainIsNoNewOne() {
        var epochs = new ArrayList<Long>();
        var watching = new Handling(
                () -> new Handler<Object, Object>() {
                    @Override
                    public void record(Object value, long time, Output<Object> out) {}

                    @Override
                    public void epoch(long time, Output<Object> out) {
                        epochs.add(time);
                    }
                },
                new Stateless.Fork());
        watching.epoch(5);
        watching.epoch(3);
        watching.epoch(8);
        assertThat(epochs).containsExactly(5L, 8L);
    }
}

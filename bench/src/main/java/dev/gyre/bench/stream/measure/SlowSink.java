package dev.gyre.bench.stream.measure;

import dev.gyre.stream.api.Keyed;
import dev.gyre.stream.api.Sink;
import java.util.concurrent.atomic.AtomicLong;

/** Takes so many records a second, of all workers together, and passes them on. */
final class SlowSink implements Sink<Keyed<Long, Long>> {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Sink<Keyed<Long, Long>> next;
    private final double recordsASecond;
    private final long startNanos = System.nanoTime();
    private final AtomicLong taken = new AtomicLong();
    private volatile boolean hurries;

    SlowSink(double recordsASecond, Sink<Keyed<Long, Long>> next) {
        this.recordsASecond = recordsASecond;
        this.next = next;
    }

    /** How many records it has taken. */
    long taken() {
        return taken.get();
    }

    /** Takes all that comes, from now on. */
    void hurry() {
        hurries = true;
    }

    @Override
    public Writer<Keyed<Long, Long>> open(Context context) {
        var writer = next.open(context);
        return new Writer<>() {
            @Override
            public void write(Keyed<Long, Long> sum, long time) {
                taken.incrementAndGet();
                writer.write(sum, time);
            }

            @Override
            public boolean isReady() {
                return hurries || taken.get() <= (System.nanoTime() - startNanos) / NANOS_PER_SECOND * recordsASecond;
            }

            @Override
            public void flush() {
                writer.flush();
            }
        };
    }
}

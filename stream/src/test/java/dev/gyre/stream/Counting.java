package dev.gyre.stream;

import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.Polled;
import dev.gyre.stream.api.Source;
import java.util.List;
import java.util.Optional;

/** One partition with the numbers from 0 to a greatest one, which is finished when a snapshot behind the last one is committed: S1 of spec/stream.md, section 6. */
final class Counting implements Source<Long> {
    private static final long WAIT_NANOS = 1_000_000;

    private final long max;

    Counting(long max) {
        this.max = max;
    }

    @Override
    public List<String> partitions() {
        return List.of("numbers");
    }

    @Override
    public Partition<Long> open(String name, Optional<Object> position) {
        return new Numbers(max, (Long) position.orElse(0L));
    }

    private static final class Numbers implements Partition<Long> {
        private final long max;
        private long next;
        private long kept;

        Numbers(long max, long next) {
            this.max = max;
            this.next = next;
        }

        @Override
        public Polled poll(Output<Long> out, int batch) {
            for (int i = 0; i < batch && next <= max; i++) {
                out.emit(next, next);
                next++;
            }
            if (next <= max) {
                return Polled.MORE;
            }
            return kept > max ? Polled.FINISHED : new Polled.Later(WAIT_NANOS);
        }

        @Override
        public Object position() {
            return next;
        }

        @Override
        public void committed(Object position) {
            kept = (Long) position;
        }
    }
}

package dev.gyre.stream.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.Polled;
import dev.gyre.stream.api.Source;
import dev.gyre.stream.operator.Operator;
import dev.gyre.stream.operator.TimeTeller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which partition of a worker has its turn, and when. */
class PartitionsTest {
    private static final long LATER_NANOS = 100;

    private final TreeSet<String> held = new TreeSet<>();
    private final List<String> read = new ArrayList<>();
    private final Partitions partitions = partitions();

    /** Tells no time, and holds what it is told to. */
    private final class Holder extends TimeTeller {
        Holder(Operator next) {
            super(next);
        }

        @Override
        public void record(Object key, int hash, Object value, long time) {
            read.add((String) value);
        }

        @Override
        public boolean holds(String partition) {
            return held.contains(partition);
        }

        @Override
        public long wakeAt() {
            return Long.MAX_VALUE;
        }
    }

    /** Partitions that give their names, one at a time. */
    private static final class Names implements Source<String> {
        @Override
        public List<String> partitions() {
            return List.of("a", "b");
        }

        @Override
        public Partition<String> open(String name, Optional<Object> position) {
            return new Partition<>() {
                @Override
                public Polled poll(Output<String> out, int max) {
                    out.emit(name);
                    return Polled.later(Duration.ofNanos(LATER_NANOS));
                }

                @Override
                public Object position() {
                    return 0L;
                }
            };
        }
    }

    private Partitions partitions() {
        var end = new SinkEnd("end", (value, time) -> {});
        var holder = new Holder(end);
        var chain = new Chain(List.of(holder), List.of(), List.of(), List.of(end), List.of(holder));
        Output<Object> output = new Output<>() {
            @Override
            public void emit(Object value) {
                emit(value, Operator.NO_TIME);
            }

            @Override
            public void emit(Object value, long time) {
                holder.record(Operator.NO_KEY, 0, value, time);
            }
        };
        var made = new Partitions(new Names(), output, name -> {}, chain);
        made.open("a", Optional.empty());
        made.open("b", Optional.empty());
        return made;
    }

    @Test
    void partitionsTakeTurns() {
        partitions.poll(0);
        partitions.poll(0);
        assertThat(partitions.poll(0)).as("both wait").isFalse();
        assertThat(partitions.wakeAt()).isEqualTo(LATER_NANOS);
        partitions.poll(LATER_NANOS);
        partitions.poll(LATER_NANOS);
        assertThat(read).containsExactly("b", "a", "b", "a");
    }

    @Test
    void onePartitionIsHeld() {
        held.add("a");
        partitions.poll(0);
        assertThat(partitions.poll(0)).isFalse();
        assertThat(read).containsExactly("b");
        assertThat(partitions.wakeAt())
                .as("of the other, not of the one that is held")
                .isEqualTo(LATER_NANOS);
        held.add("b");
        assertThat(partitions.wakeAt()).as("nothing to wait for by the clock").isEqualTo(Long.MAX_VALUE);
        held.clear();
        assertThat(partitions.poll(0)).isTrue();
        assertThat(read).containsExactly("b", "a");
    }
}

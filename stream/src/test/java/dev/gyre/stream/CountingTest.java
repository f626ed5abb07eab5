package dev.gyre.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.api.Source;
import dev.gyre.stream.testing.SourceKit;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CountingTest {
    private static List<Long> from(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    @Test
    void sourceFinishesOnlyAfterASnapshotBehindItsLastRecord() {
        var kit = SourceKit.of(new Counting(10)).batch(4);
        kit.step();
        kit.commit();
        assertThat(kit.run()).isEqualTo(from(0, 10));
        assertThat(kit.isFinished()).isFalse();
        kit.commit();
        assertThat(kit.run()).isEmpty();
        assertThat(kit.isFinished()).isTrue();
    }

    @Test
    void largerSourceGoesOnWhereTheFirstOneEnded() {
        var kit = SourceKit.of(new From(new Counting(15), 11L));
        assertThat(kit.run()).isEqualTo(from(11, 15));
    }

    /** A source that begins where another one ended. */
    private record From(Source<Long> source, long position) implements Source<Long> {
        @Override
        public List<String> partitions() {
            return source.partitions();
        }

        @Override
        public Partition<Long> open(String name, Optional<Object> later) {
            return source.open(name, Optional.of(later.orElse(position)));
        }
    }
}

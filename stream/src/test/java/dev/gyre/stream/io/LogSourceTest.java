package dev.gyre.stream.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogSourceTest {
    private final List<String> trimmed = new ArrayList<>();
    private final LogSource<Integer> log = new LogSource<>(2, n -> n, (part, at) -> trimmed.add(part + "@" + at));

    private static List<Integer> read(Source.Partition<Integer> partition, int max) {
        var read = new ArrayList<Integer>();
        partition.poll(
                new Output<>() {
                    @Override
                    public void emit(Integer value) {
                        read.add(value);
                    }

                    @Override
                    public void emit(Integer value, long time) {
                        read.add(value);
                    }
                },
                max);
        return read;
    }

    private void append(int from, int to) {
        for (int i = from; i < to; i++) {
            log.append(i);
        }
    }

    @Test
    void eachPartitionHasTheEntriesOfItsKeysInTheOrderOfTheLog() {
        append(0, 6);
        assertThat(log.partitions()).containsExactly("0", "1");
        assertThat(read(log.open("0", Optional.empty()), 10)).containsExactly(0, 2, 4);
        assertThat(read(log.open("1", Optional.of(1L)), 10)).containsExactly(3, 5);
    }

    @Test
    void readsOnWhenMoreIsTold() {
        var partition = log.open("1", Optional.empty());
        assertThat(partition.isReady()).isFalse();
        append(0, 4);
        assertThat(partition.isReady()).isTrue();
        assertThat(read(partition, 1)).containsExactly(1);
        assertThat(partition.position()).isEqualTo(1L);
        assertThat(read(partition, 10)).containsExactly(3);
        assertThat(partition.isReady()).isFalse();
    }

    @Test
    void aNodeThatIsBehindInTheLogReadsWhatItMissesLater() {
        append(0, 2);
        var partition = log.open("0", Optional.of(2L));
        assertThat(read(partition, 10)).isEmpty();
        append(2, 6);
        assertThat(read(partition, 10)).containsExactly(4);
    }

    @Test
    void whatIsBehindASnapshotIsDropped() {
        append(0, 10);
        var partition = log.open("0", Optional.of(3L));
        partition.committed(3L);
        assertThat(trimmed).containsExactly("0@3");
        log.trim(0, 3);
        partition.committed(3L);
        assertThat(trimmed).hasSize(1);
        assertThat(log.parts().get(0)).isEqualTo(new LogSource.Part<>(3, List.of(6, 8)));
        assertThat(read(partition, 10)).containsExactly(6, 8);
        log.trim(0, 2);
        assertThat(log.parts().get(0).from()).isEqualTo(3);
    }

    @Test
    void aSnapshotOfTheLogHasAllThatIsKept() {
        append(0, 10);
        log.trim(0, 3);
        var other = new LogSource<Integer>(2, n -> n, (part, at) -> {});
        other.restore(log.parts());
        other.append(10);
        assertThat(read(other.open("0", Optional.of(3L)), 10)).containsExactly(6, 8, 10);
        assertThat(read(log.open("0", Optional.of(3L)), 10)).containsExactly(6, 8);
    }

    @Test
    void whatCannotBeReadIsTold() {
        append(0, 10);
        log.trim(0, 3);
        var partition = log.open("0", Optional.of(1L));
        assertThatThrownBy(() -> read(partition, 1))
                .hasMessage(
                        "partition 0 is to be read from entry 1, and those before 3 were dropped as behind a snapshot");
        assertThatThrownBy(() -> log.open("0", Optional.of("x")))
                .hasMessageContaining("x is no position in partition 0 of a log");
        assertThatThrownBy(() -> log.restore(List.of())).hasMessageContaining("their number cannot be changed");
    }
}

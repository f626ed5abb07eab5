package dev.gyre.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the job of {@link JobRun} shows when nothing goes wrong: a plain account. */
final class JobAccount {
    static final int PARTITIONS = 4;
    static final int KEYS = 23;
    static final int WINDOW_KEYS = 7;
    static final long WINDOW_NANOS = 100;

    private JobAccount() {}

    /** Checks that all is shown, and each record once. */
    static void check(List<List<Object>> shown, long records) {
        checkNumbers(shown.stream().filter(record -> !isWindow(record)).toList(), records);
        checkWindows(shown.stream().filter(JobAccount::isWindow).toList(), records);
    }

    private static boolean isWindow(List<Object> record) {
        return record.getFirst().equals("window");
    }

    private static void checkWindows(List<List<Object>> shown, long records) {
        var expected = new TreeMap<String, Long>();
        for (long number = 0; number < records; number++) {
            expected.merge(
                    number % WINDOW_KEYS + " in " + number / WINDOW_NANOS * WINDOW_NANOS, (long) PARTITIONS, Long::sum);
        }
        var counts = new TreeMap<String, Long>();
        for (var record : shown) {
            assertThat(counts.put(record.get(1) + " in " + record.get(2), (Long) record.get(3)))
                    .as("before %s", record)
                    .isNull();
        }
        assertThat(counts.keySet()).as("windows").isEqualTo(expected.keySet());
        expected.forEach((window, count) ->
                assertThat(counts.get(window)).as("records of %s", window).isEqualTo(count));
    }

    private static void checkNumbers(List<List<Object>> shown, long records) {
        var numbers = new TreeMap<String, TreeSet<Long>>();
        var counts = new TreeMap<String, TreeSet<Long>>();
        for (var record : shown) {
            assertThat(numbers.computeIfAbsent((String) record.get(1), absent -> new TreeSet<>())
                            .add((Long) record.get(2)))
                    .as("first time for %s", record)
                    .isTrue();
            counts.computeIfAbsent((String) record.get(1), absent -> new TreeSet<>())
                    .add((Long) record.get(0));
        }
        assertThat(numbers).hasSize(PARTITIONS);
        numbers.forEach((partition, seen) ->
                assertThat(seen.size()).as("records of %s", partition).isEqualTo((int) records));
        counts.forEach((partition, seen) -> {
            assertThat(seen.size()).as("counts of %s", partition).isEqualTo((int) records);
            assertThat(seen.last()).as("the last count of %s", partition).isEqualTo(records);
        });
    }
}

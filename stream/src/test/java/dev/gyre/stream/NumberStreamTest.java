package dev.gyre.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.api.Keyed;
import dev.gyre.stream.api.NumberSink;
import dev.gyre.stream.testing.SinkKit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class NumberStreamTest {
    private static final long RECORDS = 20_000;
    private static final long KEYS = 50;

    private static Job job(Map<Long, Long> asNumbers, Map<Long, Long> asObjects) {
        return Job.named("sums", flow -> {
            var sums = flow.source("numbers", new LocalJobTest.Numbers(RECORDS))
                    .numbersBy("rest", number -> number % KEYS, number -> number)
                    .sum("sum");
            sums.sink("as numbers", context -> (key, sum, time) -> asNumbers.put(key, sum));
            sums.entries().sink("as objects", context -> (entry, time) -> asObjects.put(entry.key(), entry.value()));
        });
    }

    @Test
    void sumsComeAsNumbersAndAsObjects() throws InterruptedException {
        var asNumbers = new ConcurrentHashMap<Long, Long>();
        var asObjects = new ConcurrentHashMap<Long, Long>();
        try (var running = LocalJob.start(job(asNumbers, asObjects), LocalJob.Settings.workers(2))) {
            running.await();
            assertThat(running.failure()).isEmpty();
        }
        assertThat(asNumbers).isEqualTo(asObjects).hasSize((int) KEYS);
        long count = RECORDS / KEYS;
        assertThat(asNumbers)
                .allSatisfy((rest, sum) -> assertThat(sum).isEqualTo(count * rest + KEYS * count * (count - 1) / 2));
    }

    @Test
    void graphShowsBothSinks() {
        assertThat(job(Map.of(), Map.of()).describe()).contains("■ as numbers", "■ as objects");
    }

    @Test
    void sinkOfNumbersTakesPairsToo() {
        var written = new ArrayList<String>();
        NumberSink sink = context -> (key, number, time) -> written.add(key + ": " + number);
        try (var kit = SinkKit.of(sink)) {
            kit.write(new Keyed<>(3L, 4L));
        }
        assertThat(written).isEqualTo(List.of("3: 4"));
    }
}

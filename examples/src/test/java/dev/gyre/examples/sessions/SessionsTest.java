package dev.gyre.examples.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.stream.LocalJob;
import dev.gyre.stream.io.Sinks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SessionsTest {
    private final List<Object> visits = new ArrayList<>();
    private final List<Object> tooLate = new ArrayList<>();

    private void run(List<String> clicks, int workers) throws InterruptedException {
        var job = Sessions.job(new Feed(clicks), Sinks.collecting(visits), Sinks.collecting(tooLate));
        try (var running = LocalJob.start(job, LocalJob.Settings.workers(workers))) {
            running.await();
            assertThat(running.failure()).isEmpty();
        }
    }

    @Test
    void visitEndsWhenItsUserStaysAwayAndIsCorrectedForAWhile() throws InterruptedException {
        run(
                List.of(
                        "2026-01-01T09:00:00Z ann /home",
                        "2026-01-01T09:20:00Z cem /home",
                        "2026-01-01T09:22:00Z cem /news",
                        "2026-01-01T10:00:00Z bob /home", // ann and cem have been away for half an hour
                        "2026-01-01T09:21:00Z cem /late", // ten minutes are allowed
                        "2026-01-01T09:01:00Z ann /late", // it is too late for this
                        "2026-01-01T10:10:00Z ann /home"),
                1);
        assertThat(visits)
                .containsExactlyInAnyOrder(
                        "2026-01-01T09:00:00Z to 2026-01-01T09:00:00Z ann: 1 clicks",
                        "2026-01-01T09:20:00Z to 2026-01-01T09:22:00Z cem: 2 clicks",
                        "2026-01-01T09:20:00Z to 2026-01-01T09:22:00Z cem: 3 clicks",
                        "2026-01-01T10:00:00Z to 2026-01-01T10:00:00Z bob: 1 clicks",
                        "2026-01-01T10:10:00Z to 2026-01-01T10:10:00Z ann: 1 clicks");
        assertThat(tooLate).containsExactly("too late: 2026-01-01T09:01:00Z ann");
    }

    @Test
    void sampleHasVisitsOfAllKindsAndTheSameOnAnyNumberOfWorkers() throws InterruptedException {
        run(Click.sample(8, 1), 1);
        var first = visits.stream().map(String::valueOf).sorted().toList();
        var firstLate = List.copyOf(tooLate);
        visits.clear();
        tooLate.clear();
        run(Click.sample(8, 1), 3);
        assertThat(visits.stream().map(String::valueOf).sorted().toList()).isEqualTo(first);
        assertThat(tooLate).containsExactlyInAnyOrderElementsOf(firstLate);
        assertThat(first).hasSizeGreaterThanOrEqualTo(24); // a visit of each user every hour
        assertThat(firstLate).isNotEmpty();
    }

    @Test
    void lineThatIsNoClickIsNamedWithAnExample() {
        assertThatThrownBy(() -> Click.parse("today ann /home"))
                .hasMessageContaining("\"today ann /home\"")
                .hasMessageContaining("2026-01-01T09:00:00Z");
        assertThatThrownBy(() -> Click.parse("ann")).hasMessageContaining("a time, a user and a page");
    }
}

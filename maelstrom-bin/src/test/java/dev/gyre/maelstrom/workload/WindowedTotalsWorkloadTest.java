package dev.gyre.maelstrom.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.RpcError;
import dev.gyre.core.checker.Keyed;
import dev.gyre.core.checker.WindowInput;
import dev.gyre.core.checker.WindowOutput;
import dev.gyre.maelstrom.json.Json;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WindowedTotalsWorkloadTest {
    private final TreeMap<Long, Long> lastWindows = new TreeMap<>();
    private final FinalWindows end = new FinalWindows(lastWindows, 2);

    private static Outcome<WindowOutput> windows(Long... starts) {
        var totals = new TreeMap<Long, Long>();
        List.of(starts).forEach(start -> totals.put(start, 1L));
        return new Outcome.Ok<>(new WindowOutput.Windows(totals));
    }

    private static Outcome<WindowOutput> refused() {
        return new Outcome.Failed<>(new RpcError(ErrorCode.TIMEOUT, ""));
    }

    private void read(long key, boolean isFinal, Outcome<WindowOutput> outcome) {
        assertThat(end.next(0)).contains(new Keyed<>(Long.toString(key), new WindowInput.Read(isFinal)));
        end.ended(0, isFinal, outcome);
    }

    @Test
    void aKeyIsReadUntilItsLastWindowIsShownAndThenOnceMore() {
        lastWindows.put(3L, 5000L);
        lastWindows.put(4L, Long.MIN_VALUE);
        end.ended(0, false, windows(9000L)); // before the end: of no interest
        read(3, false, windows(4000L));
        read(3, false, refused());
        read(3, false, windows(4000L, 5000L));
        read(3, true, refused());
        read(3, true, windows(4000L, 5000L));
        read(4, false, windows());
        read(4, true, windows());
        assertThat(end.next(0)).isEmpty();
        assertThat(end.next(2)).as("a second worker of the first node").isEmpty();
    }

    @Test
    void whoNeverShowsItIsJudgedAllTheSame() {
        lastWindows.put(3L, 5000L);
        int reads = 0;
        for (var next = end.next(0); next.isPresent() && reads < 1000; next = end.next(0)) {
            boolean isFinal = next.get().input() instanceof WindowInput.Read(boolean it) && it;
            end.ended(0, isFinal, windows(4000L));
            reads++;
        }
        assertThat(reads).isEqualTo(201);
    }

    @Test
    void whatNoHistoryOfItSaysIsRefused() {
        var workload = new WindowedTotalsWorkload(new Workloads.Settings(List.of("n0"), Topology.LINE));
        var values = JsonNodeFactory.instance;
        assertThatThrownBy(() -> workload.readInput(
                        new Recorded("take", values.arrayNode().add("1").add(2), Json.object())))
                .hasMessageContaining("windowed-totals has no operation \"take\"");
        assertThatThrownBy(() -> workload.readOutput(
                        new Keyed<>("1", new WindowInput.Read(false)),
                        new Recorded("windows", values.arrayNode().add("1").add(7), Json.object())))
                .hasMessageContaining("[key, [[window, total], …]]");
    }
}

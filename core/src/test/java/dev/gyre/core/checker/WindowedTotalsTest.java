package dev.gyre.core.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.RpcError;
import dev.gyre.core.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class WindowedTotalsTest {
    private final List<Operation<Keyed<String, WindowInput>, WindowOutput>> history = new ArrayList<>();

    private static RpcError error() {
        return new RpcError(ErrorCode.TIMEOUT, "");
    }

    private void add(WindowInput input, Outcome<WindowOutput> outcome) {
        int index = history.size();
        history.add(new Operation<>(index, 0, new Keyed<>("k", input), index * 10L, outcome, index * 10L + 5));
    }

    private void added(long value, long window) {
        add(new WindowInput.Add(value), new Outcome.Ok<>(new WindowOutput.Added(window)));
    }

    private void unknown(long value) {
        add(new WindowInput.Add(value), new Outcome.Unknown<>(error()));
    }

    private void read(boolean isFinal, Map<Long, Long> totals) {
        add(new WindowInput.Read(isFinal), new Outcome.Ok<>(new WindowOutput.Windows(new TreeMap<>(totals))));
    }

    private CheckResult check() {
        return WindowedTotals.check(history);
    }

    private void assertInvalid(String reason) {
        assertThat(check().validity()).isEqualTo(Validity.INVALID);
        assertThat(check().sentence()).contains(reason);
    }

    @Test
    void windowsThatCountEachAddOnceAreValid() {
        added(3, 1000);
        added(4, 1000);
        read(false, Map.of());
        added(5, 3000);
        read(false, Map.of(1000L, 7L));
        read(true, Map.of(1000L, 7L, 3000L, 5L));
        assertThat(check().sentence()).isEqualTo("2 keys checked with 6 operations: each is valid.");
    }

    @Test
    void aWindowIsOverWithAllThatIsInIt() {
        added(3, 1000);
        added(4, 2000);
        read(false, Map.of(2000L, 4L));
        read(true, Map.of(1000L, 3L, 2000L, 4L));
        assertInvalid("Key k from 1000: A read shows 0");
    }

    @Test
    void whatIsNeverShownIsLost() {
        added(3, 1000);
        added(4, 2000);
        read(true, Map.of(1000L, 3L));
        assertInvalid("Key k from 2000: A final read shows 0");
    }

    @Test
    void anAddCountsInItsWindowAlone() {
        added(3, 1000);
        added(4, 2000);
        read(true, Map.of(1000L, 7L));
        assertInvalid("Key k from 1000: A final read shows 7");
    }

    @Test
    void anAddCountsOnce() {
        added(3, 1000);
        read(true, Map.of(1000L, 6L));
        assertInvalid("doubled-add");
    }

    @Test
    void anAddOfUnknownOutcomeMayBeAnywhere() {
        added(3, 1000);
        unknown(10);
        added(4, 2000);
        read(true, Map.of(1000L, 3L, 2000L, 14L));
        assertThat(check().validity()).isEqualTo(Validity.VALID);
    }

    @Test
    void anAddThatFailedMustNotCount() {
        added(3, 1000);
        add(new WindowInput.Add(10), new Outcome.Failed<>(error()));
        read(true, Map.of(1000L, 13L));
        assertInvalid("failed-add");
    }

    private static Map<Long, Long> windowsOf(long from, long to) {
        var totals = new TreeMap<Long, Long>();
        for (long window = from; window < to; window++) {
            totals.put(window, 3L);
        }
        return totals;
    }

    @Test
    void oldWindowsMayBeForgottenWhenManyAreShown() {
        for (long window = 0; window <= WindowedTotals.REMEMBERED; window++) {
            added(3, window);
        }
        read(true, windowsOf(1, WindowedTotals.REMEMBERED + 1L));
        assertThat(check().validity()).isNotEqualTo(Validity.INVALID);
    }

    @Test
    void windowsMayNotBeForgottenWhenFewAreShown() {
        for (long window = 0; window < WindowedTotals.REMEMBERED; window++) {
            added(3, window);
        }
        read(true, windowsOf(1, WindowedTotals.REMEMBERED));
        assertInvalid("Key k from 0: A final read shows 0");
    }

    @Test
    void aWindowThatWasShownDoesNotChange() {
        added(3, 1000);
        unknown(10);
        read(false, Map.of(1000L, 3L));
        read(true, Map.of(1000L, 13L));
        assertInvalid("Key k: the window from 1000 is shown with 3 and with 13");
    }
}

package dev.gyre.core.checker;

import dev.gyre.core.Outcome;
import dev.gyre.core.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Judges totals by key and window of time: each add counts exactly once, in the window that it was told to belong to, and a window that was shown never changes.
 *
 * <p>Each window of a key is judged by itself, by the {@link ExactlyOnceChecker}. A read is one of every window up to the last that it shows, with 0 where it shows
 * nothing: a window that is over has all that is in it. An add of unknown outcome may be in any window of its key.
 */
public final class WindowedTotals {
    /** A node may forget old windows of a key, but not these many: a read that shows as many may leave out what is before them. */
    public static final int REMEMBERED = 100;

    /** Windows that were shown with different totals, which are told. */
    private static final int CHANGED_MAX = 10;

    private WindowedTotals() {}

    /**
     * Judges a history.
     *
     * @param history the operations, in order of invocation
     * @return as {@link PerKey} has it, with a key for each window of each key
     */
    public static CheckResult check(List<Operation<Keyed<String, WindowInput>, WindowOutput>> history) {
        var changed = changed(history);
        if (!changed.isEmpty()) {
            var details = new LinkedHashMap<String, Object>();
            details.put("changed", changed.stream().limit(CHANGED_MAX).toList());
            details.put("changed-count", changed.size());
            return new CheckResult(Validity.INVALID, changed.getFirst() + " (changed-window).", details);
        }
        return PerKey.check(byWindow(history), ExactlyOnceChecker::check);
    }

    /** What was shown of a window, and then something else. */
    private static List<String> changed(List<Operation<Keyed<String, WindowInput>, WindowOutput>> history) {
        record Window(String key, long start) {}
        var shown = new HashMap<Window, Long>();
        var changed = new ArrayList<String>();
        for (var operation : history) {
            windows(operation)
                    .ifPresent(windows -> windows.totals().forEach((start, total) -> {
                        var before =
                                shown.putIfAbsent(new Window(operation.input().key(), start), total);
                        if (before != null && !before.equals(total)) {
                            changed.add("Key " + operation.input().key() + ": the window from " + start
                                    + " is shown with " + before + " and with " + total + ", which a read "
                                    + Phrases.where(operation) + " shows");
                        }
                    }));
        }
        return changed;
    }

    private static Optional<WindowOutput.Windows> windows(
            Operation<Keyed<String, WindowInput>, WindowOutput> operation) {
        return operation.outcome() instanceof Outcome.Ok<WindowOutput>(WindowOutput.Windows windows)
                ? Optional.of(windows)
                : Optional.empty();
    }

    private static List<Operation<Keyed<String, CounterInput>, CounterOutput>> byWindow(
            List<Operation<Keyed<String, WindowInput>, WindowOutput>> history) {
        var starts = starts(history);
        var result = new ArrayList<Operation<Keyed<String, CounterInput>, CounterOutput>>();
        for (var operation : history) {
            var key = operation.input().key();
            for (long start : starts.getOrDefault(key, new TreeSet<>())) {
                inWindow(operation, start).ifPresent(it -> result.add(it.of(key + " from " + start, operation)));
            }
        }
        return result;
    }

    /** An operation as one of a single window. */
    private record InWindow(CounterInput input, Outcome<CounterOutput> outcome) {
        Operation<Keyed<String, CounterInput>, CounterOutput> of(
                String window, Operation<Keyed<String, WindowInput>, WindowOutput> operation) {
            return new Operation<>(
                    operation.index(),
                    operation.process(),
                    new Keyed<>(window, input),
                    operation.invokedNanos(),
                    outcome,
                    operation.completedNanos());
        }
    }

    private static Optional<InWindow> inWindow(
            Operation<Keyed<String, WindowInput>, WindowOutput> operation, long start) {
        return switch (operation.input().input()) {
            case WindowInput.Add(long value) -> {
                boolean isElsewhere =
                        operation.outcome() instanceof Outcome.Ok<WindowOutput>(WindowOutput.Added(long window))
                                && window != start;
                yield isElsewhere
                        ? Optional.empty()
                        : Optional.of(new InWindow(
                                new CounterInput.Add(value), operation.outcome().map(ok -> new CounterOutput.Added())));
            }
            case WindowInput.Read(boolean isFinal) ->
                windows(operation)
                        .map(WindowOutput.Windows::totals)
                        .filter(totals -> isFinal || (!totals.isEmpty() && totals.lastKey() >= start))
                        .filter(totals -> totals.size() < REMEMBERED || totals.firstKey() <= start)
                        .map(totals -> new InWindow(
                                new CounterInput.Read(isFinal),
                                new Outcome.Ok<>(new CounterOutput.Value(totals.getOrDefault(start, 0L)))));
        };
    }

    /** All windows that were told, by key. */
    private static Map<String, SortedSet<Long>> starts(
            List<Operation<Keyed<String, WindowInput>, WindowOutput>> history) {
        var starts = new TreeMap<String, SortedSet<Long>>();
        for (var operation : history) {
            if (operation.outcome() instanceof Outcome.Ok<WindowOutput>(var output)) {
                var ofKey = starts.computeIfAbsent(operation.input().key(), first -> new TreeSet<>());
                switch (output) {
                    case WindowOutput.Added(long window) -> ofKey.add(window);
                    case WindowOutput.Windows(var totals) -> ofKey.addAll(totals.keySet());
                }
            }
        }
        return starts;
    }
}

package dev.gyre.bench.stream.driver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;

/** What a {@link ContenderProcess} told, line by line; or several, one after another. */
final class Outcome {
    private final List<Window> windows = new ArrayList<>();
    private String fault = "";
    private boolean isChecked;
    private long results;

    /** All of one contender and workload: their windows, and the first fault of any. */
    static Outcome of(List<Outcome> runs) {
        var all = new Outcome();
        all.isChecked = true;
        for (var run : runs) {
            all.windows.addAll(run.windows);
            all.results += run.results;
            if (!run.fault().isEmpty()) {
                all.fail(run.fault());
            }
        }
        return all;
    }

    /** Takes in one line: a word that says what it is, and the rest. */
    void add(String line) {
        int blank = line.indexOf(' ');
        var rest = line.substring(blank + 1);
        switch (line.substring(0, blank)) {
            case "window" -> windows.add(Window.ofLine(rest));
            case "right" -> {
                isChecked = true;
                results = Long.parseLong(rest);
            }
            case "wrong" -> fail("WRONG RESULT, not counted: " + rest);
            default -> fail("FAILED: " + rest);
        }
    }

    /** Remembers the first fault. */
    void fail(String message) {
        fault = fault.isEmpty() ? message : fault;
    }

    /** What makes the row worthless, or nothing. */
    String fault() {
        if (!fault.isEmpty()) {
            return fault;
        }
        return isChecked && !windows.isEmpty() ? "" : "FAILED: it ended before it was measured and checked";
    }

    /** How many records came out, or had an effect, from the beginning to the end; all of them right. */
    long results() {
        return results;
    }

    /** The median window of the quiet ones, by latency if there is one, and by rate; of all, if none was quiet. There must be one. */
    Window window() {
        var sorted = sorted();
        return sorted.get(sorted.size() / 2);
    }

    /** The least and the highest rate of those of which {@link #window} is the median, if there are several. */
    Optional<DoubleSummaryStatistics> rates() {
        var sorted = sorted();
        return sorted.size() == 1
                ? Optional.empty()
                : Optional.of(sorted.stream().mapToDouble(Window::rate).summaryStatistics());
    }

    private List<Window> sorted() {
        var quiet = windows.stream().filter(window -> !window.isNoisy()).toList();
        var better = Comparator.comparingDouble(Window::p99Millis).thenComparingDouble(Window::rate);
        return (quiet.isEmpty() ? windows : quiet).stream().sorted(better).toList();
    }
}

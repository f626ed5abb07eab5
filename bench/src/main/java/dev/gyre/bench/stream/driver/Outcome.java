package dev.gyre.bench.stream.driver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a {@link ContenderProcess} told, line by line. */
final class Outcome {
    private final List<Window> windows = new ArrayList<>();
    private String fault = "";
    private boolean isChecked;
    private long results;

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

    /** The median window of the quiet ones; of all, if none was quiet. There must be one. */
    Window window() {
        var quiet = windows.stream().filter(window -> !window.isNoisy()).toList();
        var sorted = (quiet.isEmpty() ? windows : quiet)
                .stream().sorted(Comparator.comparingDouble(Window::rate)).toList();
        return sorted.get(sorted.size() / 2);
    }
}

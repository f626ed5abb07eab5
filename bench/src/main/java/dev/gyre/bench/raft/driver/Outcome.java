package dev.gyre.bench.raft.driver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a {@link ContenderProcess} told, line by line; or several of them, in which case a fault of one is a fault of all. */
final class Outcome {
    private final List<Window> windows = new ArrayList<>();
    private final List<Double> millis = new ArrayList<>();
    private final List<String> failedTrials = new ArrayList<>();
    private String error = "";
    private boolean agreed;
    private long behind;
    private long submitted;
    private String found = "";
    private String forces = "";

    /** A window as the line that {@link #add} takes in. */
    static String line(Window window) {
        return "window " + window.rate() + " " + window.p50Micros() + " " + window.p99Micros() + " " + window.failed()
                + " " + window.others();
    }

    /** Takes in one line, without its mark. */
    void add(String line) {
        var words = List.of(line.split(" ", -1));
        switch (words.get(0)) {
            case "window" ->
                windows.add(new Window(
                        Double.parseDouble(words.get(1)),
                        Double.parseDouble(words.get(2)),
                        Double.parseDouble(words.get(3)),
                        Long.parseLong(words.get(4)),
                        Double.parseDouble(words.get(5))));
            case "trial-failed" -> failedTrials.add(line);
            case "millis" -> millis.add(Double.parseDouble(words.get(1)));
            case "submitted" -> submitted = Long.parseLong(words.get(1));
            case "agreement" -> {
                agreed = Boolean.parseBoolean(words.get(1));
                behind = Long.parseLong(words.get(2));
                found = String.join(" ", words.subList(3, words.size()));
            }
            default -> fail(line);
        }
    }

    /** Takes in all that another run of the same job told. */
    void add(Outcome run) {
        var fault = run.fault();
        if (!fault.isEmpty()) {
            fail(fault);
        }
        windows.addAll(run.windows);
        agreed = run.agreed;
        behind = Math.max(behind, run.behind);
        submitted += run.submitted;
        forces = forces.isEmpty() ? run.forces : forces + ", " + run.forces;
    }

    void fail(String message) {
        error = error.isEmpty() ? message : error;
    }

    void countForces(String counted) {
        forces = counted;
    }

    /** What makes the row worthless, or nothing. */
    String fault() {
        if (!error.isEmpty()) {
            return error;
        }
        if (windows.isEmpty()) {
            return "nothing was measured";
        }
        return agreed ? "" : "not counted, the replicas disagree: " + submitted + " submitted, applied " + found;
    }

    /** The median window of the quiet ones; of all, if none was quiet. There must be one. */
    Window window() {
        var sorted = sorted();
        return sorted.get(sorted.size() / 2);
    }

    /** The windows that count, from the least rate to the most. */
    List<Window> sorted() {
        var quiet = windows.stream().filter(window -> !window.isNoisy()).toList();
        return (quiet.isEmpty() ? windows : quiet)
                .stream().sorted(Comparator.comparingDouble(Window::rate)).toList();
    }

    List<Double> millis() {
        return millis.stream().sorted().toList();
    }

    List<String> failedTrials() {
        return List.copyOf(failedTrials);
    }

    String error() {
        return error;
    }

    long behind() {
        return behind;
    }

    long submitted() {
        return submitted;
    }

    String forces() {
        return forces;
    }
}

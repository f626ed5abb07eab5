package dev.gyre.bench.raft.driver;

import dev.gyre.bench.raft.RaftContender;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Prints results as they come, in plain text. */
final class Table {
    private final PrintStream out;
    private final List<Result> results = new ArrayList<>();

    private record Result(String name, double rate) {}

    Table(PrintStream out) {
        this.out = out;
    }

    void header(List<RaftContender> contenders, String heap, String fileSystem) {
        out.printf(
                "JDK %s (%s), heap %s, %d processors, %s %s, disk %s%n",
                Runtime.version(),
                System.getProperty("java.vm.name"),
                heap,
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                fileSystem);
        out.println(
                "Three replicas in one JVM, a JVM a contender and row; one client thread; others: processors that other"
                        + " processes kept busy (! above " + Window.NOISY + ": discard).");
        contenders.forEach(contender -> out.printf("  %s: %s%n", contender.name(), contender.settings()));
    }

    void startRow(Cell cell) {
        results.clear();
        out.printf("%n%s%n", cell);
        out.printf(
                "  %-20s %12s %10s %10s %10s %8s %7s%n", "", "ops/s", "p50 us", "p99 us", "behind", "failed", "others");
    }

    void add(String name, Outcome outcome) {
        if (!outcome.fault().isEmpty()) {
            out.printf("  %-20s !!! FAILED: %s%n", name, outcome.fault());
            return;
        }
        var window = outcome.window();
        results.add(new Result(name, window.rate()));
        var forces = outcome.forces().isEmpty() ? "" : "  " + outcome.forces() + " for " + outcome.submitted() + " ops";
        print(name, window, Long.toString(outcome.behind()), spread(outcome.sorted()) + forces);
    }

    private static String spread(List<Window> sorted) {
        return sorted.size() == 1
                ? ""
                : String.format(
                        "  median of %d, %,.0f to %,.0f",
                        sorted.size(),
                        sorted.getFirst().rate(),
                        sorted.getLast().rate());
    }

    void addRaw(String name, Window window) {
        print(name, window, "", "");
    }

    private void print(String name, Window window, String behind, String more) {
        out.printf(
                "  %-20s %,12.0f %,10.0f %,10.0f %10s %8s %7.2f%s%s%n",
                name,
                window.rate(),
                window.p50Micros(),
                window.p99Micros(),
                behind,
                window.failed(),
                window.others(),
                window.isNoisy() ? "!" : "",
                more);
    }

    /** Prints the ratio of ours to the best of the others. */
    void endRow() {
        var best = results.stream()
                .filter(result -> !result.name().equals(Contenders.OURS))
                .max(Comparator.comparingDouble(Result::rate));
        for (var ours : results) {
            if (ours.name().equals(Contenders.OURS) && best.isPresent()) {
                out.printf(
                        "  %s / %s = %.2f%n",
                        ours.name(), best.get().name(), ours.rate() / best.get().rate());
            }
        }
    }

    void startFailOver() {
        out.printf("%nFail-over in memory, ms to the next commit: median (least to most)%n");
    }

    void addFailOver(String name, String kind, Outcome outcome) {
        var millis = outcome.millis();
        var failed = outcome.failedTrials();
        if (!failed.isEmpty()) {
            out.printf("  %-20s %-20s !!! %d trials failed: %s%n", name, kind, failed.size(), failed.get(0));
        }
        if (!outcome.error().isEmpty()) {
            out.printf("  %-20s %-20s !!! %s%n", name, kind, outcome.error());
        } else if (millis.contains(Double.NaN)) {
            out.printf("  %-20s %-20s %8s%n", name, kind, "none");
        } else if (!millis.isEmpty()) {
            out.printf(
                    "  %-20s %-20s %,8.0f (%,.0f to %,.0f)%n",
                    name, kind, millis.get(millis.size() / 2), millis.get(0), millis.get(millis.size() - 1));
        }
    }
}

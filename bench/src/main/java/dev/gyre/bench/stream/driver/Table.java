package dev.gyre.bench.stream.driver;

import dev.gyre.bench.OtherProcesses;
import dev.gyre.bench.stream.StreamContender;
import dev.gyre.bench.stream.Workload;
import dev.gyre.bench.stream.own.ThreeNodes;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Prints results as they come, in plain text. */
final class Table {
    private final PrintStream out;
    private final List<Row> rows = new ArrayList<>();
    private Optional<Row> plain = Optional.empty();
    private boolean isPaced;

    private record Row(String name, Window window) {}

    Table(PrintStream out) {
        this.out = out;
    }

    void header(List<StreamContender> contenders, List<String> options) {
        out.printf(
                "JDK %s (%s)%s, %d processors, %s %s%n",
                Runtime.version(),
                System.getProperty("java.vm.name"),
                options.isEmpty() ? "" : " " + String.join(" ", options),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.version"));
        out.println(
                "Two partitions and two threads, a JVM a contender and workload, every result checked; others: processors that other"
                        + " processes kept busy (! above " + OtherProcesses.NOISY + ": discard).");
        contenders.forEach(contender -> out.printf("  %s: %s%n", contender.name(), contender.settings()));
    }

    /** @param heap of each JVM */
    void start(Workload workload, String heap) {
        rows.clear();
        isPaced = workload.isPaced();
        out.printf("%n%s %s, heap %s%n", workload.id(), workload.title(), heap);
        var columns = isPaced ? "%10s %10s".formatted("p50 ms", "p99 ms") : "";
        out.printf(
                "  %-16s %14s %14s %s %22s %7s  %14s%n",
                "", "records/s", "a busy CPU", columns, "snapshots (mean ms)", "others", "results in all");
    }

    void addGap(String name, String reason) {
        out.printf("  %-16s %s%n", name, reason);
    }

    void add(String name, Outcome outcome) {
        if (!outcome.fault().isEmpty()) {
            out.printf("  %-16s !!! %s%n", name, outcome.fault());
            return;
        }
        var window = outcome.window();
        rows.add(new Row(name, window));
        var latency = isPaced ? "%,10.2f %,10.2f".formatted(window.p50Millis(), window.p99Millis()) : "";
        var snapshots =
                window.snapshots() == 0 ? "" : "%d (%.1f)".formatted(window.snapshots(), window.snapshotMillis());
        out.printf(
                "  %-16s %,14.0f %,14.0f %s %22s %7.2f%-1s %,15d%s%n",
                name,
                window.rate(),
                window.ratePerProcessor(),
                latency,
                snapshots,
                window.others(),
                window.isNoisy() ? "!" : "",
                outcome.results(),
                outcome.rates()
                        .map(rates ->
                                "  of %d: %,.0f to %,.0f".formatted(rates.getCount(), rates.getMin(), rates.getMax()))
                        .orElse(""));
    }

    /** Prints the ratios of ours, in each of its forms, to the best peer and to the bounds: of rates, or of the 99th percentiles. */
    void end() {
        rows.stream().filter(Table::isOurs).forEach(ours -> {
            best(row -> !isOurs(row) && !isBound(row) && !isThree(row)).ifPresent(peer -> ratio(ours, peer));
            rows.stream().filter(Table::isBound).forEach(bound -> ratio(ours, bound));
        });
        var three = named(ThreeNodes.NAME);
        rows.stream()
                .filter(row -> isThree(row) && !row.name().equals(ThreeNodes.NAME))
                .forEach(row -> {
                    three.ifPresent(other -> cost(row, other, ""));
                    plain.ifPresent(other -> cost(row, other, " without snapshots"));
                });
        plain = three;
    }

    private Optional<Row> named(String name) {
        return rows.stream().filter(row -> row.name().equals(name)).findFirst();
    }

    /** Prints what share of the other's records a second is missing: what it costs where snapshots are kept. */
    private void cost(Row row, Row other, String what) {
        boolean isNoisy = row.window().isNoisy() || other.window().isNoisy();
        out.printf(
                "  %s costs %.1f %% of the records a second of %s%s%s%n",
                row.name(),
                100 * (1 - row.window().rate() / other.window().rate()),
                other.name(),
                what,
                isNoisy ? "!" : "");
    }

    private static boolean isOurs(Row row) {
        return Contenders.engine(row.name()).equals(Contenders.OURS);
    }

    /** Ours on three nodes, which are compared among themselves. */
    private static boolean isThree(Row row) {
        return Contenders.engine(row.name()).equals(ThreeNodes.NAME);
    }

    private static boolean isBound(Row row) {
        return Contenders.engine(row.name()).equals(Contenders.BOUND);
    }

    private Optional<Row> best(Predicate<Row> among) {
        Comparator<Row> better = isPaced
                ? Comparator.comparingDouble((Row row) -> -row.window().p99Millis())
                : Comparator.comparingDouble(row -> row.window().rate());
        return rows.stream().filter(among).max(better);
    }

    private void ratio(Row ours, Row other) {
        boolean isNoisy = ours.window().isNoisy() || other.window().isNoisy();
        var mark = isNoisy ? "!" : "";
        if (isPaced) {
            out.printf(
                    "  %s / %s = %.2f (p50), %.2f (p99)%s%n",
                    ours.name(),
                    other.name(),
                    ours.window().p50Millis() / other.window().p50Millis(),
                    ours.window().p99Millis() / other.window().p99Millis(),
                    mark);
        } else {
            out.printf(
                    "  %s / %s = %.2f%s%n",
                    ours.name(),
                    other.name(),
                    ours.window().rate() / other.window().rate(),
                    mark);
        }
    }
}

package dev.gyre.maelstrom.cli;

import dev.gyre.core.checker.Validity;
import dev.gyre.maelstrom.result.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a challenge demanded and what came out, as a table, and whether all of it was met. */
final class ScoreTable {
    private final List<List<String>> rows = new ArrayList<>();
    private Validity validity = Validity.VALID;

    ScoreTable() {
        rows.add(List.of("run", "check", "figure", "must be", ""));
    }

    /** Scores a run. A figure that is missing is not met. */
    void add(Challenge.Stage stage, Results results) {
        row(stage, "verdict", results.validity().name().toLowerCase(Locale.ROOT), "valid", results.validity());
        for (var mark : stage.marks()) {
            Optional<Double> figure = mark.figure(results.map());
            boolean met = figure.isPresent() && figure.get() < mark.limit();
            row(
                    stage,
                    mark.label(),
                    figure.map(ScoreTable::number).orElse("none"),
                    "< " + number(mark.limit()),
                    met ? Validity.VALID : Validity.INVALID);
        }
    }

    private void row(Challenge.Stage stage, String check, String figure, String limit, Validity met) {
        validity = validity.and(met);
        String verdict = switch (met) {
            case VALID -> "pass";
            case UNKNOWN -> "unknown";
            case INVALID -> "FAIL";
        };
        rows.add(List.of(stage.name(), check, figure, limit, verdict));
    }

    Validity validity() {
        return validity;
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }

    @Override
    public String toString() {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (var row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        var lines = new ArrayList<String>();
        for (var row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
        return String.join("\n", lines);
    }
}

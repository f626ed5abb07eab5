package dev.gyre.core.checker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads a history from a drawing: a line a process, a column a millisecond. An operation is {@code |text---|} when it was
 * served, {@code |text---x} when it failed, {@code |text---?} when its outcome is unknown.
 */
final class DrawnHistory {
    private static final Pattern OPERATION = Pattern.compile("\\|([^-|?x]+)-*([|?x])");

    private DrawnHistory() {}

    /** What an operation's text stands for. */
    record Meaning<I, O>(I input, O output) {}

    private record Drawn(int process, int from, int to, String text, String end) {}

    static <I, O> TestHistory<I, O> read(String drawing, Function<String, Meaning<I, O>> meanings) {
        var operations = new ArrayList<Drawn>();
        var lines = drawing.lines().toList();
        for (int process = 0; process < lines.size(); process++) {
            addLine(operations, process, lines.get(process));
        }
        operations.sort(Comparator.comparingInt(Drawn::from).thenComparingInt(Drawn::process));
        var history = new TestHistory<I, O>();
        for (var drawn : operations) {
            var meaning = meanings.apply(drawn.text);
            switch (drawn.end) {
                case "?" -> history.unknown(drawn.process, drawn.from, drawn.to, meaning.input());
                case "x" -> history.failed(drawn.process, drawn.from, drawn.to, meaning.input());
                default -> history.ok(drawn.process, drawn.from, drawn.to, meaning.input(), meaning.output());
            }
        }
        return history;
    }

    private static void addLine(List<Drawn> operations, int process, String line) {
        var matcher = OPERATION.matcher(line);
        int end = 0;
        while (matcher.find()) {
            checkBlank(line.substring(end, matcher.start()), line);
            end = matcher.end();
            operations.add(new Drawn(process, matcher.start(), matcher.end() - 1, matcher.group(1), matcher.group(2)));
        }
        checkBlank(line.substring(end), line);
    }

    private static void checkBlank(String between, String line) {
        if (!between.isBlank()) {
            throw new IllegalArgumentException("cannot read '" + between + "' in: " + line);
        }
    }
}

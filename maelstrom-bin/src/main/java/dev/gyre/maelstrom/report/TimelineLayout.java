package dev.gyre.maelstrom.report;

import dev.gyre.maelstrom.report.OperationView.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the operations of a timeline stand. A column is what a client's thread did: a process, and after an operation of unknown
 * outcome, which ends a process, the one that took its place. Down the page, time is elastic: each box is tall enough for a line of
 * text, operations stand in the order in which they happened, and a long lull is shortened.
 */
final class TimelineLayout {
    static final double BOX_HEIGHT_MIN = 20;
    private static final double PIXELS_PER_SECOND = 60;
    private static final double STEP_MIN = 2;
    private static final double LULL_MAX = 120;
    private static final double NANOS_PER_SECOND = 1e9;

    /** An operation and where it stands. */
    record Box(OperationView operation, int column, double top, double bottom) {}

    /** A time and how far down it is. */
    record Moment(long nanos, double y) {}

    private record Event(int operation, boolean completion, long nanos) {}

    private final List<Box> boxes = new ArrayList<>();
    private final List<Moment> moments = new ArrayList<>();
    private final List<List<Integer>> columns = new ArrayList<>();

    /** Lays out operations, given in order of invocation. */
    TimelineLayout(List<OperationView> operations) {
        double[] tops = new double[operations.size()];
        double[] bottoms = new double[operations.size()];
        placeInTime(operations, tops, bottoms);
        Map<Integer, Integer> columnOf = assignColumns(operations);
        sortColumns(columnOf);
        for (int i = 0; i < operations.size(); i++) {
            OperationView operation = operations.get(i);
            boxes.add(new Box(operation, columnOf.getOrDefault(operation.process(), 0), tops[i], bottoms[i]));
        }
    }

    List<Box> boxes() {
        return boxes;
    }

    /** The processes of each column, in the order in which they took it. */
    List<List<Integer>> columns() {
        return columns;
    }

    /** All times at which something happened, ascending. */
    List<Moment> moments() {
        return moments;
    }

    double height() {
        return moments.isEmpty() ? 0 : moments.getLast().y();
    }

    /** How far down a time is: between the moments around it, in proportion. */
    double y(long nanos) {
        Moment before = new Moment(0, 0);
        for (Moment moment : moments) {
            if (moment.nanos() >= nanos) {
                double share = (nanos - before.nanos()) / (double) Math.max(1, moment.nanos() - before.nanos());
                return before.y() + Math.clamp(share, 0, 1) * (moment.y() - before.y());
            }
            before = moment;
        }
        return height();
    }

    private void placeInTime(List<OperationView> operations, double[] tops, double[] bottoms) {
        var events = new ArrayList<Event>();
        for (int i = 0; i < operations.size(); i++) {
            events.add(new Event(i, false, operations.get(i).invokedNanos()));
            events.add(new Event(i, true, operations.get(i).completedNanos()));
        }
        // At one instant, what ends stands before what begins, but nothing ends before it began.
        events.sort(Comparator.comparingLong(Event::nanos)
                .thenComparingInt(event -> event.completion() && !instant(operations.get(event.operation())) ? 0 : 1));
        double y = 0;
        long nanos = 0;
        for (Event event : events) {
            double lull = (event.nanos() - nanos) / NANOS_PER_SECOND * PIXELS_PER_SECOND;
            y += event.nanos() == nanos ? 0 : STEP_MIN + Math.min(LULL_MAX, lull);
            if (event.completion()) {
                y = Math.max(y, tops[event.operation()] + BOX_HEIGHT_MIN);
                bottoms[event.operation()] = y;
            } else {
                tops[event.operation()] = y;
            }
            nanos = event.nanos();
            moments.add(new Moment(nanos, y));
        }
    }

    private static boolean instant(OperationView operation) {
        return operation.invokedNanos() == operation.completedNanos();
    }

    /** Gives each process a column: that of the process that an unknown outcome ended first, or else a new one. */
    private Map<Integer, Integer> assignColumns(List<OperationView> operations) {
        var free = new ArrayList<OperationView>();
        var columnOf = new LinkedHashMap<Integer, Integer>();
        for (OperationView operation : operations) {
            int process = operation.process();
            free.removeIf(unknown -> unknown.process() == process);
            if (!columnOf.containsKey(process)) {
                int column = takeOver(operation, free, columnOf);
                columnOf.put(process, column);
                columns.get(column).add(process);
            }
            if (operation.kind() == Kind.UNKNOWN) {
                free.add(operation);
            }
        }
        return columnOf;
    }

    /** Puts the columns in order of their first processes. */
    private void sortColumns(Map<Integer, Integer> columnOf) {
        columns.sort(Comparator.comparingInt(List::getFirst));
        for (int column = 0; column < columns.size(); column++) {
            for (int process : columns.get(column)) {
                columnOf.put(process, column);
            }
        }
    }

    private int takeOver(OperationView first, List<OperationView> free, Map<Integer, Integer> columnOf) {
        var ended = free.stream()
                .filter(operation -> operation.completedNanos() <= first.invokedNanos())
                .min(Comparator.comparingLong(OperationView::completedNanos));
        if (ended.isPresent()) {
            free.remove(ended.get());
            return columnOf.getOrDefault(ended.get().process(), 0);
        }
        columns.add(new ArrayList<>());
        return columns.size() - 1;
    }
}

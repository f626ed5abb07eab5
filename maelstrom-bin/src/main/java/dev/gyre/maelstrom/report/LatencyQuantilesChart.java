package dev.gyre.maelstrom.report;

import dev.gyre.maelstrom.report.OperationView.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/**
 * Quantiles of the latency of operations that were served, in windows of time. Operations that failed or whose outcome is unknown are
 * left out: a quick refusal or a client's timeout would drown what the service itself takes.
 */
public final class LatencyQuantilesChart {
    private record Line(double quantile, PlotHeading.Key key) {}

    private static final List<Line> LINES = List.of(
            new Line(1, PlotHeading.Key.line(Palette.MUTED, "largest", "2 4")),
            new Line(0.99, PlotHeading.Key.line(Palette.VIOLET, "0.99", "8 4")),
            new Line(0.95, PlotHeading.Key.line(Palette.TEAL, "0.95", "none")),
            new Line(0.5, PlotHeading.Key.line(Palette.BLUE, "median", "none")));

    private LatencyQuantilesChart() {}

    /** The chart as an SVG document. */
    public static String render(List<OperationView> operations, List<FaultWindow> faults) {
        List<OperationView> served = operations.stream()
                .filter(operation -> operation.kind() == Kind.OK)
                .toList();
        SequencedMap<String, List<OperationView>> groups = ByFunction.group(served);
        long endNanos = ByFunction.endNanos(operations);
        var buckets = new TimeBuckets(endNanos, served.size() / Math.max(1, groups.size()));
        var latencies = served.stream().mapToLong(OperationView::latencyNanos).summaryStatistics();
        var scale = Scale.LogNanos.around(latencies.getMin(), latencies.getMax());
        var panels = new ArrayList<Panel>();
        groups.forEach((f, group) -> panels.add(new Panel(f, ByFunction.tally(group), scale)));
        var heading = new PlotHeading(
                "Quantiles of latency",
                "Operations that were served, by the time of invocation, in windows of "
                        + Numbers.duration(buckets.widthNanos()) + ".",
                "latency",
                LINES.stream().map(Line::key).toList());
        var plot = new Plot(heading, endNanos, panels, faults);
        int panel = 0;
        for (List<OperationView> group : groups.sequencedValues()) {
            drawPanel(plot, panel++, buckets, windows(group, buckets));
        }
        return plot.svg().finish();
    }

    private static void drawPanel(Plot plot, int panel, TimeBuckets buckets, List<long[]> windows) {
        for (Line line : LINES) {
            var path = new PlotLine();
            for (int i = 0; i < windows.size(); i++) {
                if (windows.get(i).length > 0) {
                    long value = new Quantiles(windows.get(i)).at(line.quantile());
                    path.to(plot.x(buckets.middleNanos(i)), plot.y(panel, (double) value));
                }
            }
            path.draw(plot.svg(), line.key());
        }
    }

    /** The latencies of each window. */
    private static List<long[]> windows(List<OperationView> group, TimeBuckets buckets) {
        var windows = new ArrayList<List<Long>>();
        for (int i = 0; i < buckets.count(); i++) {
            windows.add(new ArrayList<>());
        }
        for (OperationView operation : group) {
            windows.get(buckets.indexOf(operation.invokedNanos())).add(operation.latencyNanos());
        }
        return windows.stream()
                .map(window -> window.stream().mapToLong(Long::longValue).toArray())
                .toList();
    }
}

package dev.gyre.maelstrom.report;

import dev.gyre.maelstrom.report.OperationView.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** The latency of every operation by the time of its invocation, on a logarithmic scale. */
public final class LatencyRawChart {
    /**
     * How many points say what they are when pointed at: the slowest, since those are the ones that are asked about. Of the others,
     * points that would fall on the same pixel are drawn once, so a picture never outgrows its area.
     */
    static final int POINTS_WITH_DETAILS_MAX = 1_000;

    private final Plot plot;

    private LatencyRawChart(Plot plot) {
        this.plot = plot;
    }

    /** The chart as an SVG document. */
    public static String render(List<OperationView> operations, List<FaultWindow> faults) {
        SequencedMap<String, List<OperationView>> groups = ByFunction.group(operations);
        var latencies =
                operations.stream().mapToLong(OperationView::latencyNanos).summaryStatistics();
        var scale = Scale.LogNanos.around(latencies.getMin(), latencies.getMax());
        var panels = new ArrayList<Panel>();
        groups.forEach((f, group) -> panels.add(new Panel(f, ByFunction.tally(group), scale)));
        var heading = new PlotHeading(
                "Latency of each operation",
                "By the time of invocation. Of an unknown operation: how long its client waited.",
                "latency",
                Stream.of(Kind.values()).map(PlotHeading.Key::point).toList());
        var chart = new LatencyRawChart(new Plot(heading, ByFunction.endNanos(operations), panels, faults));
        int panel = 0;
        int details = POINTS_WITH_DETAILS_MAX / Math.max(1, groups.size());
        for (List<OperationView> group : groups.sequencedValues()) {
            chart.drawPanel(panel++, group, details);
        }
        return chart.plot.svg().finish();
    }

    private void drawPanel(int panel, List<OperationView> group, int details) {
        List<OperationView> slowestFirst = group.stream()
                .sorted(Comparator.comparingLong(OperationView::latencyNanos).reversed())
                .toList();
        int detailed = Math.min(details, slowestFirst.size());
        for (Kind kind : Kind.values()) {
            Mark mark = Mark.of(kind);
            plot.svg().open("g", "class", kind.label(), "stroke", Palette.of(kind), "stroke-width", mark.width());
            drawPlain(panel, only(kind, slowestFirst.subList(detailed, slowestFirst.size())));
            drawDetailed(panel, only(kind, slowestFirst.subList(0, detailed)));
            plot.svg().close();
        }
    }

    private void drawPlain(int panel, List<OperationView> operations) {
        var marks = new LinkedHashSet<String>();
        for (OperationView operation : operations) {
            double x = Math.rint(plot.x(operation.invokedNanos()));
            double y = Math.rint(plot.y(panel, (double) operation.latencyNanos()));
            marks.add(Mark.of(operation.kind()).path(x, y));
        }
        if (!marks.isEmpty()) {
            plot.svg().leaf("path", "d", String.join("", marks));
        }
    }

    private void drawDetailed(int panel, List<OperationView> operations) {
        for (OperationView operation : operations) {
            double x = plot.x(operation.invokedNanos());
            double y = plot.y(panel, (double) operation.latencyNanos());
            String mark = Mark.of(operation.kind()).path(x, y);
            plot.svg().open("path", "class", "point", "d", mark);
            plot.svg().element("title", operation.details()).close();
        }
    }

    private static List<OperationView> only(Kind kind, List<OperationView> operations) {
        return operations.stream().filter(operation -> operation.kind() == kind).toList();
    }
}

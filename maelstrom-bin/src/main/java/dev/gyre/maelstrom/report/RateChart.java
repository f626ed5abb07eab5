package dev.gyre.maelstrom.report;

import dev.gyre.maelstrom.report.OperationView.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** How many operations completed a second, by how they ended. */
public final class RateChart {
    private static final int VERTICAL_MARKS = 4;

    private final TimeBuckets buckets;

    private RateChart(TimeBuckets buckets) {
        this.buckets = buckets;
    }

    /** The chart as an SVG document. */
    public static String render(List<OperationView> operations, List<FaultWindow> faults) {
        SequencedMap<String, List<OperationView>> groups = ByFunction.group(operations);
        long endNanos = ByFunction.endNanos(operations);
        var chart = new RateChart(new TimeBuckets(endNanos, operations.size() / Math.max(1, groups.size())));
        var rates = new LinkedHashMap<String, Map<Kind, double[]>>();
        groups.forEach((f, group) -> rates.put(f, chart.rates(group)));
        var panels = new ArrayList<Panel>();
        rates.forEach((f, group) ->
                panels.add(new Panel(f, ByFunction.tally(groups.getOrDefault(f, List.of())), scale(group))));
        var heading = new PlotHeading(
                "Rate of operations",
                "Completions a second, in windows of " + Numbers.duration(chart.buckets.widthNanos()) + ".",
                "operations/s",
                Stream.of(Kind.values()).map(RateChart::key).toList());
        var plot = new Plot(heading, endNanos, panels, faults);
        int panel = 0;
        for (Map<Kind, double[]> group : rates.sequencedValues()) {
            chart.drawPanel(plot, panel++, group);
        }
        return plot.svg().finish();
    }

    private void drawPanel(Plot plot, int panel, Map<Kind, double[]> rates) {
        rates.forEach((kind, series) -> {
            var line = new PlotLine();
            for (int i = 0; i < series.length; i++) {
                line.to(plot.x(buckets.middleNanos(i)), plot.y(panel, series[i]));
            }
            line.draw(plot.svg(), key(kind));
        });
    }

    private static PlotHeading.Key key(Kind kind) {
        String dashes = switch (kind) {
            case OK -> "none";
            case FAILED -> "7 4";
            case UNKNOWN -> "2 4";
        };
        return PlotHeading.Key.line(Palette.of(kind), kind.label(), dashes);
    }

    /** Completions a second in each window, for each way to end that occurs. */
    private Map<Kind, double[]> rates(List<OperationView> group) {
        var rates = new EnumMap<Kind, double[]>(Kind.class);
        for (OperationView operation : group) {
            double[] series = rates.computeIfAbsent(operation.kind(), kind -> new double[buckets.count()]);
            int window = buckets.indexOf(operation.completedNanos());
            series[window] += 1 / buckets.seconds(window);
        }
        return rates;
    }

    private static Scale scale(Map<Kind, double[]> rates) {
        double largest = rates.values().stream()
                .flatMapToDouble(java.util.Arrays::stream)
                .max()
                .orElse(1);
        return Scale.Linear.upTo(largest, VERTICAL_MARKS).endingAtMark();
    }
}

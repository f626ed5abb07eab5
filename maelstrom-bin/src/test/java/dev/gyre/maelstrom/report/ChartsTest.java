package dev.gyre.maelstrom.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gyre.maelstrom.report.OperationView.Kind;
import dev.gyre.maelstrom.report.OperationView.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class ChartsTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;
    private static final Pattern POINT = Pattern.compile("[ML](-?[\\d.]+) (-?[\\d.]+)");

    private final List<OperationView> operations = new ArrayList<>();

    @Test
    void everyKindOfOperationHasAPanelWithItsTally() {
        add("read", 0, MILLI, Kind.OK);
        add("read", SECOND, MILLI, Kind.OK);
        add("write", SECOND, MILLI, Kind.FAILED);
        for (Xml svg : List.of(raw(), rate())) {
            assertThat(svg.ofClass("panel")).extracting(Element::getTextContent).containsExactly("read", "write");
            assertThat(svg.texts("tspan")).contains("2 ok", "1 failed");
        }
    }

    @Test
    void pointStandsAtItsLatencyInTheColourOfItsOutcome() {
        add("read", 0, 10 * MILLI, Kind.OK);
        add("read", SECOND, 100 * MILLI, Kind.FAILED);
        add("read", 2 * SECOND, SECOND, Kind.UNKNOWN);
        Xml svg = raw();
        for (var kind : Kind.values()) {
            Element group = svg.ofClass(kind.label()).getFirst();
            assertThat(group.getAttribute("stroke")).isEqualTo(Palette.of(kind));
            assertThat(group.getElementsByTagName("path").getLength()).isEqualTo(1);
        }
        Element ok = (Element)
                svg.ofClass("ok").getFirst().getElementsByTagName("path").item(0);
        assertThat(points(ok).getFirst()[1]).isEqualTo(tickHeight(svg, "10 ms"), within(0.1));
        assertThat(ok.getTextContent()).contains("process 0, 0.0000 to 0.0100 s, took 10 ms");
    }

    @Test
    void detailsAreKeptForTheSlowestAndPointsOnOnePixelAreDrawnOnce() {
        for (int i = 0; i < 50_000; i++) {
            add("read", i, MILLI, Kind.OK);
        }
        add("read", SECOND, 10 * MILLI, Kind.OK);
        String svg = LatencyRawChart.render(operations, List.of());
        assertThat(svg).hasSizeLessThan(400_000);
        List<Element> detailed = Xml.parse(svg).ofClass("point");
        assertThat(detailed).hasSize(LatencyRawChart.POINTS_WITH_DETAILS_MAX);
        assertThat(detailed).extracting(Element::getTextContent).anyMatch(details -> details.contains("took 10 ms"));
    }

    @Test
    void quantilesAreOfServedOperationsOnly() {
        for (int i = 0; i < 100; i++) {
            add("read", i * 10L * MILLI, i < 60 ? MILLI : 100 * MILLI, Kind.OK);
            add("read", i * 10L * MILLI, 10 * SECOND, Kind.UNKNOWN);
        }
        add("read", 0, 1, Kind.FAILED);
        Xml svg = Xml.parse(LatencyQuantilesChart.render(operations, List.of()));
        assertThat(svg.texts("tspan")).contains("100 ok");
        // All in one window of a second: the median is a millisecond, and from 0.95 on a tenth of a second.
        List<Double> heights = svg.ofClass("line").stream()
                .map(line -> points(line).getFirst()[1])
                .toList();
        double tenth = tickHeight(svg, "100 ms");
        assertThat(heights).containsExactly(tenth, tenth, tenth, tickHeight(svg, "1 ms"));
    }

    @Test
    void rateIsCompletionsASecond() {
        for (int i = 0; i < 200; i++) {
            add("read", i * 50L * MILLI, 0, Kind.OK);
        }
        add("write", 10 * SECOND, 0, Kind.OK);
        Xml svg = rate();
        assertThat(svg.texts("text")).contains("Completions a second, in windows of 1 s.");
        List<double[]> line = points(svg.ofClass("line").getFirst());
        assertThat(line).hasSize(10);
        assertThat(line).allSatisfy(point -> assertThat(point[1]).isEqualTo(tickHeight(svg, "20"), within(0.1)));
    }

    @Test
    void faultIsABandFromItsBeginningToItsEnd() {
        add("read", 0, 10 * SECOND, Kind.OK);
        Xml svg = Xml.parse(LatencyRawChart.render(
                operations,
                List.of(
                        new FaultWindow("partition", 2 * SECOND, 4 * SECOND),
                        new FaultWindow("pause n1", 8 * SECOND, Long.MAX_VALUE))));
        List<Element> bands = svg.named("rect").stream()
                .filter(rect -> rect.getAttribute("fill").equals(Palette.FAULT_FILL))
                .toList();
        double perSecond = (Plot.RIGHT - Plot.LEFT) / 10;
        assertThat(bands).hasSize(2);
        assertThat(Xml.number(bands.get(0), "x")).isEqualTo(Plot.LEFT + 2 * perSecond, within(0.1));
        assertThat(Xml.number(bands.get(0), "width")).isEqualTo(2 * perSecond, within(0.1));
        assertThat(Xml.number(bands.get(1), "width")).isEqualTo(2 * perSecond, within(0.1));
        assertThat(svg.texts("text")).contains("partition", "pause n1");
        assertThat(svg.texts("title"))
                .contains("partition\nfrom 2.000 to 4.000 s", "pause n1\nfrom 8.000 s, never healed");
    }

    @Test
    void kindsOfOperationBeyondTheLimitShareAPanel() {
        for (int i = 0; i < 20; i++) {
            add("f" + i, i * SECOND, MILLI, Kind.OK);
        }
        assertThat(raw().ofClass("panel"))
                .extracting(Element::getTextContent)
                .hasSize(ByFunction.GROUPS_MAX)
                .endsWith("f6", "others");
    }

    @Test
    void runWithoutOperationsSaysSo() {
        Xml quantiles =
                Xml.parse(LatencyQuantilesChart.render(operations, List.of(new FaultWindow("partition", 0, SECOND))));
        for (Xml svg : List.of(raw(), rate(), quantiles)) {
            assertThat(svg.texts("text")).contains("No operations to show.");
        }
    }

    @Test
    void runInWhichNothingTakesTimeIsDrawn() {
        add("read", 0, 0, Kind.OK);
        assertThat(raw().ofClass("point")).hasSize(1);
        assertThat(rate().ofClass("line")).hasSize(1);
    }

    private void add(String f, long invoked, long latency, Kind kind) {
        operations.add(new OperationView(0, f, "", invoked, invoked + latency, new Result(kind, "")));
    }

    private Xml raw() {
        return Xml.parse(LatencyRawChart.render(operations, List.of()));
    }

    private Xml rate() {
        return Xml.parse(RateChart.render(operations, List.of()));
    }

    /** Where the first mark of a vertical axis with that label is. */
    private static double tickHeight(Xml svg, String label) {
        Element text = svg.ofClass("end").stream()
                .filter(element -> element.getTextContent().equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no mark " + label));
        return Xml.number(text, "y") - 4;
    }

    private static List<double[]> points(Element path) {
        return POINT.matcher(path.getAttribute("d"))
                .results()
                .map(point -> new double[] {Double.parseDouble(point.group(1)), Double.parseDouble(point.group(2))})
                .toList();
    }
}

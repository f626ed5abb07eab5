package dev.gyre.maelstrom.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gyre.maelstrom.report.OperationView.Kind;
import dev.gyre.maelstrom.report.OperationView.Result;
import dev.gyre.maelstrom.report.TimelineLayout.Box;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class TimelineTest {
    private static final long SECOND = 1_000_000_000;

    private final List<OperationView> operations = new ArrayList<>();

    @Test
    void operationIsABoxInTheColourOfItsOutcome() {
        add(0, 0, 1, Kind.OK);
        add(1, 0, 1, Kind.FAILED);
        add(2, 0, 1, Kind.UNKNOWN);
        Xml page = page();
        for (Kind kind : Kind.values()) {
            assertThat(page.ofClass("op", kind.label())).hasSize(1);
        }
        String style = page.named("style").getFirst().getTextContent();
        assertThat(style)
                .contains(".ok{background:" + Palette.GREEN_FILL + ";border-color:" + Palette.GREEN)
                .contains(".failed{background:" + Palette.PINK_FILL + ";border-color:" + Palette.PINK)
                .contains(".unknown{background:" + Palette.ORANGE_FILL + ";border-color:" + Palette.ORANGE);
    }

    @Test
    void hoverTellsInputResultAndTimes() {
        operations.add(new OperationView(3, "write", "x = 1", SECOND, 3 * SECOND, new Result(Kind.FAILED, "22 no")));
        assertThat(page().ofClass("op").getFirst().getAttribute("data-tip"))
                .isEqualTo("write x = 1\nfailed: 22 no\nprocess 3, 1.0000 to 3.0000 s, took 2 s");
    }

    @Test
    void operationsStandInTheOrderInWhichTheyHappened() {
        add(0, 0, 10, Kind.OK);
        add(1, 2, 3, Kind.OK);
        add(1, 3, 5, Kind.OK);
        add(0, 10, 11, Kind.OK);
        List<Box> boxes = new TimelineLayout(operations).boxes();
        assertThat(boxes.get(0).top()).isLessThan(boxes.get(1).top());
        assertThat(boxes.get(1).bottom()).isLessThanOrEqualTo(boxes.get(2).top());
        assertThat(boxes.get(2).bottom()).isLessThan(boxes.get(0).bottom());
        assertThat(boxes.get(0).bottom()).isLessThanOrEqualTo(boxes.get(3).top());
    }

    @Test
    void shortOperationHasRoomForItsText() {
        for (int i = 0; i < 100; i++) {
            operations.add(new OperationView(0, "read", "", i, i, new Result(Kind.OK, "")));
        }
        List<Box> boxes = new TimelineLayout(operations).boxes();
        double last = 0;
        for (Box box : boxes) {
            assertThat(box.bottom() - box.top()).isCloseTo(TimelineLayout.BOX_HEIGHT_MIN, within(0.01));
            assertThat(box.top()).isGreaterThanOrEqualTo(last);
            last = box.bottom();
        }
    }

    @Test
    void longLullIsShortened() {
        add(0, 0, 1, Kind.OK);
        add(0, 1_000, 1_001, Kind.OK);
        assertThat(new TimelineLayout(operations).height()).isLessThan(400);
    }

    @Test
    void processTakesTheColumnOfOneThatAnUnknownOutcomeEnded() {
        add(0, 0, 5, Kind.UNKNOWN);
        add(1, 1, 2, Kind.OK);
        add(10, 6, 7, Kind.OK);
        add(1, 8, 9, Kind.OK);
        assertThat(new TimelineLayout(operations).columns()).containsExactly(List.of(0, 10), List.of(1));
        assertThat(page().named("b")).extracting(Element::getTextContent).startsWith("processes 0, 10", "process 1");
    }

    @Test
    void columnsAreInOrderOfTheirProcesses() {
        add(2, 0, 1, Kind.OK);
        add(0, 1, 2, Kind.OK);
        add(1, 2, 3, Kind.OK);
        assertThat(new TimelineLayout(operations).columns()).containsExactly(List.of(0), List.of(1), List.of(2));
        assertThat(new TimelineLayout(operations).boxes())
                .extracting(Box::column)
                .containsExactly(2, 0, 1);
    }

    @Test
    void faultCoversTheOperationsOfItsTime() {
        add(0, 0, 1, Kind.OK);
        add(0, 2, 3, Kind.OK);
        add(0, 4, 5, Kind.OK);
        var layout = new TimelineLayout(operations);
        assertThat(layout.y(2 * SECOND)).isEqualTo(layout.boxes().get(1).top());
        assertThat(layout.y(3 * SECOND)).isEqualTo(layout.boxes().get(1).bottom());
        Xml page = Xml.parse(
                TimelinePage.render(operations, List.of(new FaultWindow("partition", 2 * SECOND, 3 * SECOND))));
        assertThat(page.ofClass("fault").getFirst().getAttribute("style"))
                .contains("top:" + Numbers.coordinate(layout.y(2 * SECOND)) + "px");
        assertThat(page.ofClass("fault").getFirst().getTextContent().strip()).isEqualTo("partition");
    }

    @Test
    void longRunIsCutAndThePageSaysOfHowMany() {
        for (int i = 0; i < TimelinePage.OPERATIONS_MAX + 7; i++) {
            add(0, i, i + 1, Kind.OK);
        }
        Xml page = page();
        assertThat(page.ofClass("op")).hasSize(TimelinePage.OPERATIONS_MAX);
        assertThat(page.ofClass("cut").getFirst().getTextContent())
                .isEqualTo("Cut: shows the first 5,000 of 5,007 operations; 7 are not drawn.");
    }

    @Test
    void pageNeedsNothingElse() {
        add(0, 0, 1, Kind.OK);
        Xml page = page();
        assertThat(page.named("script")).isEmpty();
        assertThat(page.named("link")).isEmpty();
        assertThat(page.named("style").getFirst().getTextContent()).doesNotContain("url(", "@import");
        assertThat(page.all()).noneMatch(element -> element.hasAttribute("src") || element.hasAttribute("href"));
    }

    @Test
    void runWithoutOperationsSaysSo() {
        Xml page = Xml.parse(TimelinePage.render(List.of(), List.of(new FaultWindow("partition", 0, SECOND))));
        assertThat(page.texts("p")).contains("No operations to show.");
    }

    private void add(int process, long fromSeconds, long toSeconds, Kind kind) {
        operations.add(
                new OperationView(process, "read", "", fromSeconds * SECOND, toSeconds * SECOND, new Result(kind, "")));
    }

    private Xml page() {
        return Xml.parse(TimelinePage.render(operations, List.of()));
    }
}

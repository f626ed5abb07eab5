package dev.gyre.maelstrom.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.maelstrom.journal.JournalEntry;
import dev.gyre.maelstrom.journal.JournalEntry.Dropped;
import dev.gyre.maelstrom.journal.JournalEntry.Received;
import dev.gyre.maelstrom.journal.JournalEntry.Sent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class MessageDiagramTest {
    private static final long MILLI = 1_000_000;

    @Test
    void messageOfAClientIsBlueAndOneBetweenNodesIsBlack() {
        Xml svg = draw(message(1, "c1", "n0", body("read")), message(2, "n0", "n1", body("gossip")));
        assertThat(svg.ofClass("message", "client").getLast().getAttribute("color"))
                .isEqualTo(Palette.BLUE);
        assertThat(title(svg.ofClass("message", "client").getLast())).contains("c1 → n0");
        assertThat(svg.ofClass("message", "node").getLast().getAttribute("color"))
                .isEqualTo(Palette.INK);
        assertThat(title(svg.ofClass("message", "node").getLast())).contains("n0 → n1");
    }

    @Test
    void errorIsPinkAndNamesItsCode() {
        Xml svg = draw(message(1, "n0", "c1", body("error").put("code", 11)));
        Element error = svg.ofClass("message", "error").getLast();
        assertThat(error.getAttribute("color")).isEqualTo(Palette.PINK);
        assertThat(label(error)).isEqualTo("error 11");
    }

    @Test
    void droppedMessageIsDashedEndsInACrossAndSaysWhy() {
        JsonNode body = body("gossip");
        Xml svg = draw(List.of(
                new Sent(MILLI, 1, "n0", "n1", body), new Dropped(5 * MILLI, 1, "n0", "n1", body, "partition")));
        Element dropped = svg.ofClass("message", "dropped").getLast();
        assertThat(dropped.getAttribute("color")).isEqualTo(Palette.RED);
        assertThat(children(dropped, "path"))
                .extracting(path -> path.getAttribute("class"))
                .contains("dashed", "cross");
        assertThat(title(dropped)).contains("dropped at 0.005000 s, after 4 ms: partition");
        assertThat(svg.ofClass("reason"))
                .extracting(reason -> reason.getTextContent().strip())
                .containsExactly("partition");
    }

    @Test
    void hoverTellsTheWholeBodyAndTheLatency() {
        JsonNode body = body("echo").put("echo", "hello, \"you\"");
        Xml svg = draw(List.of(
                new Sent(2 * MILLI, 9, "c1", "n0", body), new Received(2 * MILLI + 350_000, 9, "c1", "n0", body)));
        assertThat(title(svg.ofClass("message", "client").getLast()))
                .isEqualTo("echo   c1 → n0\n{\"type\":\"echo\",\"echo\":\"hello, \\\"you\\\"\"}\n"
                        + "sent at 0.002000 s\nreceived at 0.002350 s, after 350 µs");
    }

    @Test
    void eachEventHasARowOfItsOwnInOrder() {
        Xml svg = draw(
                message(1, "n0", "n1", body("a")),
                message(2, "n1", "n0", body("b")),
                message(3, "n0", "n1", body("c")));
        List<Element> messages = svg.ofClass("message", "node");
        List<Double> labels = messages.subList(1, messages.size()).stream()
                .map(message -> Xml.number(children(message, "text").getFirst(), "y"))
                .toList();
        assertThat(labels).hasSize(3);
        assertThat(labels.get(1) - labels.get(0)).isEqualTo(2 * MessageDiagramSvg.ROW_HEIGHT);
        assertThat(labels.get(2) - labels.get(1)).isEqualTo(2 * MessageDiagramSvg.ROW_HEIGHT);
    }

    @Test
    void clientsNodesAndServicesStandInGroupsInOrderOfTheirNumbers() {
        Xml svg = draw(
                message(1, "c10", "n10", body("read")),
                message(2, "n2", "lin-kv", body("read")),
                message(3, "c2", "n2", body("read")));
        assertThat(svg.ofClass("name"))
                .extracting(Element::getTextContent)
                .containsExactly("c2", "c10", "n2", "n10", "lin-kv");
        assertThat(svg.ofClass("name"))
                .extracting(name -> Xml.number(name, "x"))
                .isSorted();
    }

    @Test
    void clientsBeyondTheLimitShareALine() {
        var messages = new ArrayList<List<JournalEntry>>();
        for (int i = 0; i < 100; i++) {
            messages.add(message(i, "c" + i, "n0", body("read")));
        }
        Xml svg = draw(messages.stream()
                .flatMap(List::stream)
                .limit(MessageDiagram.EVENTS_MAX)
                .toList());
        assertThat(svg.ofClass("lifeline")).hasSize(DiagramColumns.CLIENTS_MAX + 1);
        assertThat(svg.ofClass("name"))
                .extracting(Element::getTextContent)
                .contains("+69", "c30")
                .doesNotContain("c31");
    }

    @Test
    void aLongRunIsCutAndThePictureSaysOfHowMany() {
        var diagram = MessageDiagram.ofRun();
        for (int i = 0; i < MessageDiagram.EVENTS_MAX + 234; i++) {
            diagram.add(new Sent(i, i, "n0", "n1", body("gossip")));
        }
        Xml svg = Xml.parse(diagram.render(List.of()));
        assertThat(svg.ofClass("cut"))
                .extracting(Element::getTextContent)
                .hasSize(2)
                .containsOnly("Cut: shows the first 3,000 of 3,234 events; 234 are not drawn.");
        assertThat(svg.ofClass("message", "node")).hasSize(1 + MessageDiagram.EVENTS_MAX);
    }

    @Test
    void aLaterPartOfARunLeavesOutWhatWasBefore() {
        var diagram = MessageDiagram.startingAt(20 * MILLI);
        diagram.add(new Sent(10 * MILLI, 1, "n0", "n1", body("early")));
        diagram.add(new Received(30 * MILLI, 1, "n0", "n1", body("early")));
        Xml svg = Xml.parse(diagram.render(List.of()));
        assertThat(title(svg.ofClass("message", "node").getLast()))
                .contains("sent before this picture", "received at 0.03");
        assertThat(svg.ofClass("cut").getFirst().getTextContent())
                .isEqualTo("Cut: shows 1 of 2 events; 1 are not drawn, 1 earlier and 0 later.");
    }

    @Test
    void duplicateOfTheNetworkHasAnArrowOfItsOwn() {
        var events = new ArrayList<>(message(1, "n0", "n1", body("gossip")));
        events.add(new Received(9 * MILLI, 1, "n0", "n1", body("gossip")));
        List<Element> messages = draw(events).ofClass("message", "node");
        assertThat(messages).hasSize(3);
        assertThat(title(messages.get(1))).contains("\nreceived at");
        assertThat(title(messages.get(2))).contains("another copy received at 0.009000 s");
    }

    @Test
    void lineLongerThanAScreenIsFaintBetweenItsEndsAndEachEndNamesTheOther() {
        var events = new ArrayList<JournalEntry>();
        events.add(new Sent(0, 999, "n0", "n7", body("slow")));
        for (int i = 0; i < ArrowPainter.LONG_ROWS / 2; i++) {
            events.addAll(message(i, "n1", "n2", body("gossip")));
        }
        events.add(new Received(99 * MILLI, 999, "n0", "n7", body("slow")));
        List<Element> messages = draw(events).ofClass("message", "node");
        Element slow = messages.get(1);
        assertThat(children(slow, "path"))
                .extracting(path -> path.getAttribute("class"))
                .containsExactly("faint", "solid");
        assertThat(children(slow, "text"))
                .extracting(Element::getTextContent)
                .containsExactly("slow to n7", "slow from n0");
        assertThat(children(messages.get(2), "path"))
                .extracting(path -> path.getAttribute("class"))
                .doesNotContain("faint");
    }

    @Test
    void messageThatNeverEndsIsDrawnAsOpen() {
        Xml svg = draw(List.of(new Sent(1, 1, "n0", "n1", body("gossip"))));
        Element open = svg.ofClass("message", "node").getLast();
        assertThat(children(open, "path"))
                .extracting(path -> path.getAttribute("class"))
                .contains("open");
        assertThat(title(open)).contains("neither received nor dropped in this picture");
    }

    @Test
    void messageToItselfIsALoop() {
        Element loop = draw(message(1, "n0", "n0", body("tick")))
                .ofClass("message", "node")
                .getLast();
        assertThat(children(loop, "path").getFirst().getAttribute("d")).contains("C");
    }

    @Test
    void faultShadesItsRows() {
        var diagram = MessageDiagram.ofRun();
        message(1, "n0", "n1", body("gossip")).forEach(diagram::add);
        Xml svg = Xml.parse(diagram.render(List.of(
                new FaultWindow("partition", 0, Long.MAX_VALUE),
                new FaultWindow("after the end", 99 * MILLI, 100 * MILLI))));
        assertThat(svg.ofClass("fault")).extracting(Element::getTextContent).containsExactly("partition");
    }

    @Test
    void hugeBodyIsCutInItsDetails() {
        Xml svg = draw(message(1, "n0", "n1", body("gossip").put("blob", "x".repeat(100_000))));
        assertThat(title(svg.ofClass("message", "node").getLast()))
                .hasSizeLessThan(3_000)
                .contains("… (100,027 characters)");
    }

    @Test
    void twentyFiveNodesHaveALineEach() {
        var run = SampleRun.of(new SampleRun.Settings(25, 25, 3, 100, 100 * MILLI, 1));
        var diagram = MessageDiagram.ofRun();
        run.journal.forEach(diagram::add);
        Xml svg = Xml.parse(diagram.render(run.faults));
        assertThat(svg.ofClass("name")).extracting(Element::getTextContent).contains("n0", "n24");
        assertThat(svg.ofClass("lifeline").size()).isGreaterThanOrEqualTo(25);
    }

    @Test
    void runWithoutMessagesSaysSo() {
        Xml svg = Xml.parse(MessageDiagram.ofRun().render(List.of(new FaultWindow("partition", 0, 1))));
        assertThat(svg.texts("text")).contains("No messages were sent.");
    }

    @SafeVarargs
    private static Xml draw(List<JournalEntry>... messages) {
        var diagram = MessageDiagram.ofRun();
        for (List<JournalEntry> message : messages) {
            message.forEach(diagram::add);
        }
        return Xml.parse(diagram.render(List.of()));
    }

    private static List<JournalEntry> message(long id, String src, String dest, JsonNode body) {
        return List.of(new Sent(id * MILLI, id, src, dest, body), new Received(id * MILLI, id, src, dest, body));
    }

    private static ObjectNode body(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    private static String title(Element message) {
        return children(message, "title").getFirst().getTextContent();
    }

    private static String label(Element message) {
        return children(message, "text").getFirst().getTextContent();
    }

    private static List<Element> children(Element parent, String name) {
        var children = new ArrayList<Element>();
        for (int i = 0; i < parent.getChildNodes().getLength(); i++) {
            if (parent.getChildNodes().item(i) instanceof Element element
                    && element.getTagName().equals(name)) {
                children.add(element);
            }
        }
        return children;
    }
}

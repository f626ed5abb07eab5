package dev.gyre.maelstrom.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.checker.Validity;
import dev.gyre.maelstrom.journal.JournalEntry.Dropped;
import dev.gyre.maelstrom.journal.JournalEntry.Received;
import dev.gyre.maelstrom.journal.JournalEntry.Sent;
import dev.gyre.maelstrom.report.OperationView.Kind;
import dev.gyre.maelstrom.report.OperationView.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Whatever nodes say, every report is well-formed and holds no element or attribute that a node made up. */
class HostileTextTest {
    private static final List<String> PIECES = List.of(
            "<script>alert(1)</script>",
            "</title>",
            "</text></svg>",
            "<img src=x onerror=alert(1)>",
            "\" onload=\"alert(1)",
            "' onclick='x",
            "]]>",
            "<![CDATA[",
            "<!--",
            "-->",
            "<?xml?>",
            "&",
            "&lt;",
            "&#0;",
            "&unknown;",
            "%",
            "\\",
            "javascript:alert(1)",
            "\u0000",
            "\u0008",
            "\u001B",
            "\r\n",
            "\t",
            "\u007F",
            "\u0085",
            "\uFFFE",
            "\uFFFF",
            "\uD800",
            "\uDFFF",
            "\uD83D\uDE00",
            "\u202E",
            "\u2028",
            "}",
            "</style>",
            "word",
            "é",
            "漢",
            "");

    private static final List<Kind> KINDS = List.of(Kind.values());

    private final List<String> rendered = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void reportsAreWellFormedAndHarmless(long seed) {
        var random = new SplittableRandom(seed);
        renderPictures(random);
        renderIndex(random);
        for (String document : rendered) {
            Xml xml = Xml.parse(document);
            assertThat(xml.named("script")).isEmpty();
            assertThat(xml.named("img")).isEmpty();
            xml.all().forEach(HostileTextTest::checkAttributes);
            assertThat(document.codePoints().filter(Character::isISOControl).filter(c -> c != '\n'))
                    .isEmpty();
        }
    }

    private static void checkAttributes(Element element) {
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            Node attribute = element.getAttributes().item(i);
            assertThat(attribute.getNodeName().toLowerCase(Locale.ROOT)).doesNotStartWith("on");
            if (attribute.getNodeName().equals("href")) {
                assertThat(attribute.getNodeValue()).matches("\\./[-A-Za-z0-9._~/%]*|[a-z-]+\\.(svg|html|jsonl)");
            }
        }
    }

    private void renderPictures(SplittableRandom random) {
        var diagram = MessageDiagram.ofRun();
        var operations = new ArrayList<OperationView>();
        var faults = new ArrayList<FaultWindow>();
        for (int i = 0; i < 60; i++) {
            ObjectNode body = JsonNodeFactory.instance.objectNode().put("type", text(random));
            body.put(text(random), text(random)).put("code", text(random));
            String src = text(random);
            String dest = random.nextBoolean() ? src : text(random);
            diagram.add(new Sent(i, i, src, dest, body));
            diagram.add(
                    random.nextBoolean()
                            ? new Received(i, i, src, dest, body)
                            : new Dropped(i, i, src, dest, body, text(random)));
            Kind kind = KINDS.get(random.nextInt(KINDS.size()));
            operations.add(new OperationView(i, text(random), text(random), i, i * 3L, new Result(kind, text(random))));
            faults.add(new FaultWindow(text(random), i, i + 10));
        }
        rendered.add(diagram.render(faults));
        rendered.add(TimelinePage.render(operations, faults));
        rendered.add(LatencyRawChart.render(operations, faults));
        rendered.add(LatencyQuantilesChart.render(operations, faults));
        rendered.add(RateChart.render(operations, faults));
    }

    private void renderIndex(SplittableRandom random) {
        var facts = new LinkedHashMap<String, String>();
        var results = new LinkedHashMap<String, Object>();
        var logs = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
            facts.put(text(random), text(random));
            results.put(text(random), List.of(text(random), Map.of(text(random), text(random))));
            logs.add(text(random));
        }
        var run = new RunView(text(random), Validity.INVALID, List.of(text(random)), facts, results, logs);
        rendered.add(IndexPage.render(run, List.of(), List.of()));
    }

    private static String text(SplittableRandom random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}

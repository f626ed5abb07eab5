package dev.gyre.maelstrom.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.checker.Validity;
import dev.gyre.maelstrom.journal.JournalWriter;
import dev.gyre.maelstrom.report.OperationView.Kind;
import dev.gyre.maelstrom.report.OperationView.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class IndexPageTest {
    @TempDir
    Path folder;

    @Test
    void verdictComesFirstThenTheSentences() {
        Xml page = page(run(Validity.INVALID, new LinkedHashMap<>()));
        Element first = page.named("section").getFirst();
        assertThat(first.getAttribute("class")).isEqualTo("verdict invalid");
        assertThat(page.texts("strong")).containsExactly("Invalid. A promise was broken.");
        assertThat(page.texts("p")).startsWith("Element 17 was lost.", "The rest is there.");
    }

    @Test
    void eachVerdictHasItsWords() {
        assertThat(page(run(Validity.VALID, new LinkedHashMap<>())).ofClass("verdict", "valid"))
                .hasSize(1);
        assertThat(page(run(Validity.UNKNOWN, new LinkedHashMap<>()))
                        .texts("strong")
                        .getFirst())
                .startsWith("Unknown");
    }

    @Test
    void operationsAreCounted() {
        var ok = new OperationView(0, "read", "", 0, 1, new Result(Kind.OK, ""));
        var unknown = new OperationView(0, "read", "", 0, 1, new Result(Kind.UNKNOWN, ""));
        Xml page = Xml.parse(IndexPage.render(
                run(Validity.VALID, new LinkedHashMap<>()),
                List.of(ok, unknown, ok),
                List.of(new FaultWindow("kill", 0, 1))));
        assertThat(page.ofClass("tally").getFirst().getTextContent())
                .isEqualTo("3 operations: 2 ok, 1 unknown. 1 fault.");
    }

    @Test
    void resultsAreTablesWithinTables() {
        var results = new LinkedHashMap<String, Object>();
        results.put("valid?", false);
        results.put("workload", Map.of("lost", List.of(17, 18), "stale", List.of(), "msgs-per-op", 23.456789));
        results.put("worst", List.of(Map.of("element", 1_234)));
        Xml page = page(run(Validity.INVALID, results));
        assertThat(page.named("table")).hasSize(4);
        assertThat(page.texts("span")).contains("17, 18", "none", "23.4568", "1,234");
        assertThat(page.ofClass("false").getFirst().getTextContent()).isEqualTo("false");
    }

    @Test
    void longListSaysHowMuchIsLeftOut() {
        var results = new LinkedHashMap<String, Object>();
        results.put("lost", IntStream.range(0, 250).boxed().toList());
        assertThat(page(run(Validity.INVALID, results)).texts("span").getFirst())
                .endsWith(", 99, … and 150 more");
    }

    @Test
    void resultsThatNestWithoutEndAreCut() {
        SequencedMap<String, Object> results = new LinkedHashMap<>();
        for (int i = 0; i < 100_000; i++) {
            var outer = new LinkedHashMap<String, Object>();
            outer.put("deeper", results);
            results = outer;
        }
        assertThat(page(run(Validity.INVALID, results)).named("table").size()).isLessThan(20);
    }

    @Test
    void logsAreLinkedWhateverTheirNames() {
        Xml page = page(run(Validity.VALID, new LinkedHashMap<>()));
        assertThat(page.named("a"))
                .extracting(link -> link.getAttribute("href"))
                .contains("./node-logs/n0.log", "./node-logs/a%20b%3F%22%C3%A9.log", "messages.jsonl");
    }

    @Test
    void everyPictureIsShownAndWritten() throws IOException {
        var run = SampleRun.of(new SampleRun.Settings(5, 5, 10, 20, 20_000_000, 3));
        try (JournalWriter journal = JournalWriter.create(folder.resolve(RunReport.JOURNAL))) {
            for (var entry : run.journal) {
                journal.append(entry);
            }
        }
        RunReport.write(folder, run(Validity.VALID, new LinkedHashMap<>()), run.operations, run.faults);
        Xml index = Xml.parse(Files.readString(folder.resolve(RunReport.INDEX)));
        var shown = index.all().stream()
                .map(element -> element.getAttribute("data") + element.getAttribute("src"))
                .filter(file -> !file.isEmpty())
                .toList();
        assertThat(shown)
                .containsExactlyInAnyOrder(
                        "latency-raw.svg", "latency-quantiles.svg", "rate.svg", "messages.svg", "timeline.html");
        for (String file : shown) {
            assertThat(Xml.parse(Files.readString(folder.resolve(file))).all()).hasSizeGreaterThan(20);
        }
    }

    @Test
    void runWithoutAJournalIsReported() throws IOException {
        RunReport.write(folder, run(Validity.UNKNOWN, new LinkedHashMap<>()), List.of(), List.of());
        assertThat(Files.readString(folder.resolve(RunReport.MESSAGES))).contains("No messages were sent.");
    }

    @Test
    void badJournalIsNamed() throws IOException {
        Files.writeString(folder.resolve(RunReport.JOURNAL), "nonsense\n");
        assertThatThrownBy(() ->
                        RunReport.write(folder, run(Validity.UNKNOWN, new LinkedHashMap<>()), List.of(), List.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("messages.jsonl, line 1");
    }

    private static RunView run(Validity validity, SequencedMap<String, Object> results) {
        var facts = new LinkedHashMap<String, String>();
        facts.put("seed", "7");
        return new RunView(
                "broadcast, 5 nodes",
                validity,
                List.of("Element 17 was lost.", "The rest is there."),
                facts,
                results,
                List.of("node-logs/n0.log", "node-logs/a b?\"é.log"));
    }

    private static Xml page(RunView run) {
        return Xml.parse(IndexPage.render(run, List.of(), List.of()));
    }
}

package dev.gyre.stream.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.Job;
import dev.gyre.stream.io.Sinks;
import dev.gyre.stream.io.Sources;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class OutlineTest {
    private static final Job TOTALS = Job.named("totals", flow -> {
        var orders = flow.source("orders", Sources.range(0, 10)).filter(order -> order > 0);
        orders.keyBy("customer", order -> order % 3)
                .fold("total", 0L, Long::sum)
                .entries()
                .sink("totals", Sinks.stdout());
        orders.union(flow.source("more", Sources.range(0, 5))).sink("log", Sinks.stdout());
    });

    @Test
    void textTellsStagesOperatorsKeysAndState() {
        assertThat(TOTALS.describe()).isEqualTo("""
                        job totals: 4 stages, 1024 key groups

                        stage 1  source orders
                              filter
                            ├   keyBy customer
                            │ → stage 2, by customer
                            ├ → stage 4, union

                        stage 2  exchange by customer, from all workers
                            ◆ total
                              entries
                            ■ totals

                        stage 3  source more
                            → stage 4, union

                        stage 4  union, on each worker
                            ■ log

                        ◆ has a state for each key   ■ leaves the job   → goes to another stage
                        """);
    }

    @Test
    void textKeepsToItsLinesWhateverTheNames() {
        assertThat(odd().describe())
                .doesNotContain("\u001b", "\u0000")
                .contains("source ]]>\uFFFD\uFFFD<!--")
                .hasLineCount(6);
    }

    /** A job with much of everything. */
    private static Job large() {
        return Job.named(
                "a job with a <name> that is \"long\" & has to be shortened somewhere, for it does not fit", flow -> {
                    var all = flow.source(
                            "clicks & views of a web site that is called by a very long name", Sources.range(0, 9));
                    var merged = all;
                    for (int i = 0; i < 6; i++) {
                        var keyed =
                                all.map(x -> x).keyBy("user<" + i + ">", x -> x).fold("sum " + i, 0L, Long::sum);
                        keyed.entries().sink("out " + i, Sinks.stdout());
                        merged = merged.union(keyed.values());
                    }
                    var deep = merged;
                    for (int i = 0; i < 4; i++) {
                        deep = deep.keyBy("step " + i, x -> x)
                                .fold("deep " + i, 0L, Long::sum)
                                .values();
                    }
                    deep.union(all).distribute().sink("end", Sinks.stdout());
                });
    }

    @Test
    void drawingIsWellFormedWhateverTheNames() throws Exception {
        for (var job : new Job[] {TOTALS, large(), odd()}) {
            var factory = DocumentBuilderFactory.newInstance();
            var bytes = job.toSvg().getBytes(StandardCharsets.UTF_8);
            var document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
            assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
            keep(job);
        }
    }

    private static Job odd() {
        return Job.named(
                "odd",
                flow -> flow.source("]]>\u0000\u001b<!--\ud800 漢字 😀", Sources.of(1))
                        .sink("' \"", Sinks.stdout()));
    }

    /** To look at: {@code -Dgyre.drawings=folder}. */
    private static void keep(Job job) throws IOException {
        var folder = System.getProperty("gyre.drawings");
        if (folder != null) {
            Files.writeString(Path.of(folder, job.name().substring(0, 3) + ".svg"), job.toSvg());
        }
    }

    @Test
    void drawingNamesAllStagesAndOperators() {
        assertThat(TOTALS.toSvg())
                .contains(">source orders<", ">exchange by customer<", ">total<", ">by customer<", ">union<", ">log<");
        assertThat(large().toSvg())
                .contains("source clicks &amp; views of a web site that is…", "<title>source clicks &amp; views");
    }

    @Test
    void boxesDoNotOverlap() {
        for (var job : new Job[] {TOTALS, large()}) {
            var outline = new Outline(job.plan());
            var layout = new SvgLayout(outline);
            var nodes = new ArrayList<SvgLayout.Node>();
            outline.boxes().forEach(box -> nodes.add(layout.node(box.index())));
            for (var one : nodes) {
                assertThat(one.x + one.width).isLessThan(layout.width());
                assertThat(one.y + one.height).isLessThan(layout.height());
                for (var other : nodes) {
                    boolean isApart = one.equals(other)
                            || one.x + one.width <= other.x
                            || other.x + other.width <= one.x
                            || one.y + one.height <= other.y
                            || other.y + other.height <= one.y;
                    assertThat(isApart).isTrue();
                }
            }
        }
    }
}

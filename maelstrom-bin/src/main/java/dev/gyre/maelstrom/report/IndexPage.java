package dev.gyre.maelstrom.report;

import dev.gyre.core.checker.Validity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The page of a run: the verdict, what it rests on, the pictures, the figures and the logs. */
public final class IndexPage {
    private static final String STYLE = """
            body{margin:0;font:15px/1.5 FONT;color:INK;background:#f4f6f8}
            main{max-width:1080px;margin:0 auto;padding:24px 20px 60px}
            section{background:#fff;border:1px solid GRID;border-radius:8px;padding:16px 20px;margin:0 0 18px}
            h1{font-size:22px;margin:0 0 4px}
            h2{font-size:16px;margin:0 0 8px}
            .verdict{border-left:8px solid}
            .valid{border-left-color:OK}.invalid{border-left-color:FAILED}.unknown{border-left-color:UNKNOWN}
            .valid strong{color:OK}.invalid strong{color:FAILED}.unknown strong{color:UNKNOWN}
            .verdict strong{font-size:18px}
            .verdict p{margin:4px 0}
            .tally{color:MUTED}
            .muted{color:MUTED}
            a{color:BLUE}
            code{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
            dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;margin:12px 0 0}
            dt{color:MUTED}dd{margin:0;overflow-wrap:anywhere}
            section&gt;object{display:block;width:100%}
            .window{display:block;box-sizing:border-box;width:100%;height:600px;overflow:auto;border:1px solid GRID;border-radius:4px}
            .head{display:flex;justify-content:space-between;align-items:baseline}
            table{border-collapse:collapse;width:100%}
            td table{margin:-3px 0 -4px}
            th,td{text-align:left;vertical-align:top;font-weight:400;padding:3px 12px 3px 0;border-top:1px solid GRID;overflow-wrap:anywhere}
            tr:first-child&gt;th,tr:first-child&gt;td{border-top:0}
            th{color:MUTED;width:1%;white-space:nowrap}
            .false{color:FAILED;font-weight:600}.true{color:OK;font-weight:600}
            ul{margin:0;padding:0;list-style:none;display:flex;flex-wrap:wrap;gap:4px 18px}
            """.replace("&gt;", ">")
            .replace("FONT", Palette.FONT)
            .replace("INK", Palette.INK)
            .replace("MUTED", Palette.MUTED)
            .replace("GRID", Palette.GRID)
            .replace("BLUE", Palette.BLUE)
            .replace("UNKNOWN", Palette.ORANGE)
            .replace("FAILED", Palette.PINK)
            .replace("OK", Palette.GREEN);

    private static final String PLAIN_IN_LINKS = "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private final Markup html;

    private IndexPage(String title) {
        html = Markup.html(title, STYLE);
    }

    /** The page as HTML. It shows the pictures that lie beside it under the names that {@link RunReport} gives them. */
    public static String render(RunView run, List<OperationView> operations, List<FaultWindow> faults) {
        var page = new IndexPage(run.title() + ": " + name(run.validity()));
        page.html.open("main");
        page.drawVerdict(run, operations, faults);
        page.drawResults(run);
        page.drawChart(RunReport.LATENCY_RAW);
        page.drawChart(RunReport.LATENCY_QUANTILES);
        page.drawChart(RunReport.RATE);
        page.drawMessages();
        page.drawTimeline();
        page.drawLogs(run.logs());
        return page.html.finish();
    }

    private static String name(Validity validity) {
        return switch (validity) {
            case VALID -> "valid";
            case UNKNOWN -> "unknown";
            case INVALID -> "invalid";
        };
    }

    private static String verdict(Validity validity) {
        return switch (validity) {
            case VALID -> "Valid. Everything looks good!";
            case UNKNOWN -> "Unknown. Nobody can say whether every promise was kept.";
            case INVALID -> "Invalid. A promise was broken.";
        };
    }

    private void drawVerdict(RunView run, List<OperationView> operations, List<FaultWindow> faults) {
        html.open("section", "class", "verdict " + name(run.validity()));
        html.element("h1", run.title()).element("strong", verdict(run.validity()));
        run.sentences().forEach(sentence -> html.element("p", Text.cut(sentence)));
        String ended = operations.isEmpty() ? "" : ": " + ByFunction.tally(operations);
        String tally = Numbers.count(operations.size(), "operation") + ended + ". "
                + (faults.isEmpty() ? "No faults." : Numbers.count(faults.size(), "fault") + ".");
        html.element("p", tally, "class", "tally");
        if (!run.facts().isEmpty()) {
            html.open("dl");
            run.facts()
                    .forEach((name, value) -> html.element("dt", name)
                            .open("dd")
                            .element("code", Text.cut(value))
                            .close());
            html.close();
        }
        html.close();
    }

    private void drawChart(String file) {
        html.open("section");
        drawObject(file);
        html.close();
    }

    /** A picture larger than the page, in a window of its own. */
    private void drawMessages() {
        openWindow("Messages", RunReport.MESSAGES);
        html.open("div", "class", "window");
        drawObject(RunReport.MESSAGES);
        html.close().close();
    }

    private void drawTimeline() {
        openWindow("Timeline", RunReport.TIMELINE);
        html.element("iframe", "", "src", RunReport.TIMELINE, "title", "Timeline", "class", "window", "sandbox", "");
        html.close();
    }

    /** As an object and not an image, so that what is drawn tells its details when pointed at. */
    private void drawObject(String file) {
        html.open("object", "type", "image/svg+xml", "data", file);
        html.element("a", file, "href", file).close();
    }

    private void openWindow(String title, String file) {
        html.open("section").open("div", "class", "head").element("h2", title);
        html.element("a", "Open in full", "href", file).close();
    }

    private void drawResults(RunView run) {
        html.open("section").element("h2", "Results");
        if (run.results().isEmpty()) {
            html.element("p", "No figures.", "class", "muted");
        } else {
            new ResultTable(html).draw(run.results());
        }
        html.close();
    }

    private void drawLogs(List<String> logs) {
        html.open("section").element("h2", "Logs and journal").open("ul");
        for (String log : logs) {
            html.open("li").element("a", log, "href", link(log)).close();
        }
        html.open("li")
                .element("a", RunReport.JOURNAL, "href", RunReport.JOURNAL)
                .close()
                .close()
                .close();
    }

    /** A link to a file beside the page, whatever characters its name has (RFC 3986, §2.1). */
    private static String link(String file) {
        var link = new StringBuilder("./");
        for (byte b : file.getBytes(StandardCharsets.UTF_8)) {
            if (PLAIN_IN_LINKS.indexOf(b) >= 0) {
                link.append((char) b);
            } else {
                link.append(String.format(Locale.ROOT, "%%%02X", b));
            }
        }
        return link.toString();
    }
}

package dev.gyre.maelstrom.report;

import dev.gyre.maelstrom.report.OperationView.Kind;
import dev.gyre.maelstrom.report.TimelineLayout.Box;
import dev.gyre.maelstrom.report.TimelineLayout.Moment;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The timeline of a run: what each client did, in columns, with time flowing down. */
public final class TimelinePage {
    /** How many operations a page shows: as many as a browser scrolls through with ease. */
    public static final int OPERATIONS_MAX = 5_000;

    private static final int COLUMN_WIDTH = 164;
    private static final int AXIS_WIDTH = 84;
    private static final double TIME_DISTANCE = 48;
    private static final int LABEL_MAX_CHARS = 80;
    private static final String STYLE = """
            body{margin:0;font:13px/1.45 FONT;color:INK;background:#fff}
            header{padding:18px 20px 10px;position:sticky;left:0;width:min(100vw,960px);box-sizing:border-box}
            h1{font-size:17px;margin:0 0 2px}
            p{margin:2px 0}
            .muted{color:MUTED}
            .cut{color:RED;font-weight:600}
            .key{display:inline-block;margin:6px 16px 0 0}
            .key i{display:inline-block;width:22px;height:12px;margin-right:6px;vertical-align:-1px}
            .names{position:sticky;top:0;z-index:3;background:#fff;border-bottom:1px solid AXIS;height:30px}
            .names b{position:absolute;top:5px;width:154px;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
            .time{position:absolute;left:0;width:72px;text-align:right;font-size:11px;color:MUTED}
            .rule{position:absolute;left:78px;right:0;border-top:1px solid RULE}
            .fault{position:absolute;left:0;background:FAULT;box-sizing:border-box}
            .fault span{position:sticky;top:34px;left:6px;display:inline-block;max-width:76px;font-size:10px;line-height:1.2;color:VIOLET}
            .op{position:absolute;width:154px;box-sizing:border-box;border:1px solid;border-left-width:4px;border-radius:3px;padding:0 5px}
            .op span{position:sticky;top:34px;display:block;font-size:12px;line-height:17px;white-space:nowrap;overflow:hidden;text-overflow:ellipsis;color:INK}
            .ok{background:OKFILL;border-color:OKLINE}
            .failed{background:FAILEDFILL;border-color:FAILEDLINE}
            .unknown{background:UNKNOWNFILL;border-color:UNKNOWNLINE;border-bottom-style:dashed}
            .tip:hover{z-index:2;outline:2px solid INK}
            .tip:hover::after{content:attr(data-tip);position:sticky;display:block;z-index:4;top:56px;margin:2px 0 0 4px;width:max-content;max-width:420px;max-height:300px;overflow:hidden;padding:7px 10px;border-radius:4px;background:INK;color:#fff;font-size:12px;white-space:pre-wrap;overflow-wrap:anywhere;pointer-events:none}
            .edge:hover::after{margin-left:-270px}
            """.replace("FONT", Palette.FONT)
            .replace("INK", Palette.INK)
            .replace("MUTED", Palette.MUTED)
            .replace("AXIS", Palette.AXIS)
            .replace("RULE", "rgba(31,41,51,.1)")
            .replace("RED", Palette.RED)
            .replace("FAULT", Palette.FAULT_FILL)
            .replace("VIOLET", Palette.VIOLET)
            .replace("UNKNOWNFILL", Palette.ORANGE_FILL)
            .replace("UNKNOWNLINE", Palette.ORANGE)
            .replace("FAILEDFILL", Palette.PINK_FILL)
            .replace("FAILEDLINE", Palette.PINK)
            .replace("OKFILL", Palette.GREEN_FILL)
            .replace("OKLINE", Palette.GREEN);

    private final Markup html = Markup.html("Timeline", STYLE);
    private final TimelineLayout layout;

    private TimelinePage(TimelineLayout layout) {
        this.layout = layout;
    }

    /** The page as HTML that needs nothing else. */
    public static String render(List<OperationView> operations, List<FaultWindow> faults) {
        List<OperationView> shown = operations.stream()
                .sorted(Comparator.comparingLong(OperationView::invokedNanos))
                .limit(OPERATIONS_MAX)
                .toList();
        var page = new TimelinePage(new TimelineLayout(shown));
        page.drawHeading(shown.size(), operations.size());
        page.drawNames();
        int width = AXIS_WIDTH + page.layout.columns().size() * COLUMN_WIDTH;
        double height = page.layout.height() + 40;
        page.html.open("main", "style", "position:relative;width:" + width + px("px;height:", height));
        page.drawFaults(FaultWindow.drawn(faults), width);
        page.drawTimes();
        page.layout.boxes().forEach(page::drawBox);
        return page.html.finish();
    }

    private void drawHeading(int shown, int all) {
        html.open("header").element("h1", "Timeline of operations");
        html.element("p", "A column for each client; time flows down, long lulls are shortened.", "class", "muted");
        if (shown < all) {
            String cut = "Cut: shows the first " + Numbers.count(shown) + " of " + Numbers.count(all) + " operations; "
                    + Numbers.count(all - shown) + " are not drawn.";
            html.element("p", cut, "class", "cut");
        } else {
            html.element("p", all == 0 ? "No operations to show." : "All " + Numbers.count(all, "operation") + ".");
        }
        for (Kind kind : Kind.values()) {
            String style = "background:" + Palette.fillOf(kind) + ";border:1px solid " + Palette.of(kind)
                    + ";border-left-width:4px";
            html.open("span", "class", "key")
                    .element("i", "", "style", style)
                    .text(kind.label())
                    .close();
        }
        html.open("span", "class", "key").element("i", "", "style", "background:" + Palette.FAULT_FILL);
        html.text("fault in force").close().close();
    }

    private void drawNames() {
        int width = AXIS_WIDTH + layout.columns().size() * COLUMN_WIDTH;
        html.open("div", "class", "names", "style", "width:" + width + "px");
        for (int column = 0; column < layout.columns().size(); column++) {
            List<Integer> processes = layout.columns().get(column);
            String numbers = processes.stream().map(String::valueOf).collect(Collectors.joining(", "));
            String name = (processes.size() == 1 ? "process " : "processes ") + numbers;
            html.element("b", name, "title", name, "style", "left:" + left(column) + "px");
        }
        html.close();
    }

    private void drawFaults(List<FaultWindow> faults, int width) {
        for (FaultWindow fault : faults) {
            double top = layout.y(fault.fromNanos());
            double height = Math.max(2, layout.y(fault.toNanos()) - top);
            String style = "width:" + width + px("px;top:", top) + px("px;height:", height) + "px";
            html.open("div", "class", "fault", "title", fault.details(), "style", style);
            html.element("span", Text.ellipsis(fault.name(), LABEL_MAX_CHARS)).close();
        }
    }

    private void drawTimes() {
        double last = Double.NEGATIVE_INFINITY;
        for (Moment moment : layout.moments()) {
            if (moment.y() - last >= TIME_DISTANCE) {
                last = moment.y();
                html.leaf("hr", "class", "rule", "style", "margin:0;border-bottom:0" + px(";top:", last) + "px");
                String time = Numbers.seconds(moment.nanos(), 3) + " s";
                html.element("div", time, "class", "time", "style", px("top:", last - 8) + "px");
            }
        }
    }

    private void drawBox(Box box) {
        OperationView operation = box.operation();
        String style = "left:" + left(box.column()) + px("px;top:", box.top())
                + px("px;height:", box.bottom() - box.top() - 2) + "px";
        boolean edge = box.column() >= 2 && box.column() >= layout.columns().size() - 2;
        String look = "op tip " + (edge ? "edge " : "") + operation.kind().label();
        html.open("div", "class", look, "data-tip", operation.details(), "style", style);
        html.open("span")
                .element("b", operation.f())
                .text(label(operation))
                .close()
                .close();
    }

    private static String label(OperationView operation) {
        String input = operation.input().isEmpty() ? "" : " " + operation.input();
        String result = operation.result().text().isEmpty()
                ? ""
                : " → " + operation.result().text();
        return Text.ellipsis(input + result, LABEL_MAX_CHARS);
    }

    private static int left(int column) {
        return AXIS_WIDTH + column * COLUMN_WIDTH + 4;
    }

    private static String px(String before, double pixels) {
        return before + Numbers.coordinate(pixels);
    }
}

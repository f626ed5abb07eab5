package dev.gyre.stream.graph;

import java.util.Locale;

/** A plan as a drawing that needs nothing else: stages as boxes with their operators, from left to right. */
final class SvgOutline {
    private static final String INK = "#1f2933";
    private static final String LINE = "#52606d";
    private static final int SMALL = 11;
    private static final int NORMAL = 12;

    private final Outline outline;
    private final SvgLayout layout;
    private final StringBuilder svg = new StringBuilder();

    private SvgOutline(Outline outline) {
        this.outline = outline;
        this.layout = new SvgLayout(outline);
    }

    static String of(String job, Plan plan) {
        return new SvgOutline(new Outline(plan)).draw(job, plan.groups());
    }

    private String draw(String job, int groups) {
        var title = "job " + job;
        var legend = groups + " key groups   ◆ state for each key   ■ leaves the job   → goes to another stage";
        int width = Math.max(
                layout.width(),
                SvgLayout.MARGIN * 2 + Math.max(SvgLayout.textWidth(title) * 5 / 4, legend.length() * 7));
        line(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" role=\"img\">",
                width, layout.height(), width, layout.height());
        line("<title>%s</title>", escaped(title));
        line("<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>");
        text(SvgLayout.MARGIN, 24, 15, "font-weight=\"bold\"", title);
        line(
                "<text x=\"%d\" y=\"42\" font-size=\"%d\" fill=\"%s\" xml:space=\"preserve\">%s</text>",
                SvgLayout.MARGIN, SMALL, LINE, escaped(legend));
        layout.links().forEach(this::arrow);
        outline.boxes().forEach(this::box);
        return svg.append("</svg>\n").toString();
    }

    @SuppressWarnings("AnnotateFormatMethod") // it is private, and its annotation another dependency
    private void line(String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    private void text(int x, int y, int size, String style, String text) {
        var shown = SvgLayout.shown(text);
        var whole = shown.equals(text) ? "" : "<title>" + escaped(text) + "</title>";
        line(
                "<text x=\"%d\" y=\"%d\" font-size=\"%d\" fill=\"%s\" %s>%s%s</text>",
                x, y, size, INK, style, whole, escaped(shown));
    }

    private void box(Outline.Box box) {
        var node = layout.node(box.index());
        var color = box.isSource() ? "#d8efdc" : box.isLocal() ? "#f5e8d0" : "#d9e8f7";
        line(
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\" fill=\"#fbfcfd\" stroke=\"%s\"/>",
                node.x, node.y, node.width, node.height, LINE);
        line(
                "<path d=\"M%d %d v%d h%d v%d a6 6 0 0 0 -6 -6 h%d a6 6 0 0 0 -6 6 z\" fill=\"%s\" stroke=\"%s\"/>",
                node.x,
                node.y + 6,
                SvgLayout.HEADER - 8,
                node.width,
                8 - SvgLayout.HEADER,
                12 - node.width,
                color,
                LINE);
        text(node.x + 10, node.y + 18, NORMAL, "font-weight=\"bold\"", box.title());
        line(
                "<text x=\"%d\" y=\"%d\" font-size=\"%d\" fill=\"%s\" text-anchor=\"end\">%d</text>",
                node.x + node.width - 10, node.y + 18, SMALL, LINE, box.index() + 1);
        for (int i = 0; i < box.rows().size(); i++) {
            row(node, i, box.rows().get(i));
        }
    }

    private static int rowY(SvgLayout.Node node, int row) {
        return node.y + SvgLayout.HEADER + SvgLayout.ROW * row + 15;
    }

    private void row(SvgLayout.Node node, int index, Outline.Row row) {
        int y = rowY(node, index);
        for (int depth = 0; depth < row.depth(); depth++) {
            line(
                    "<path d=\"M%d %d v%d\" stroke=\"#cbd2d9\"/>",
                    node.x + 14 + depth * SvgLayout.ROW, y - 14, SvgLayout.ROW);
        }
        if (row.isBranch()) {
            line("<path d=\"M%d %d h8\" stroke=\"#cbd2d9\"/>", node.x + 14 + (row.depth() - 1) * SvgLayout.ROW, y - 4);
        }
        int x = node.x + 10 + row.depth() * SvgLayout.ROW;
        text(x, y, NORMAL, "", row.kind().mark().strip());
        text(x + SvgLayout.ROW, y, NORMAL, row.kind() == Outline.Kind.STATE ? "font-weight=\"bold\"" : "", row.text());
    }

    private void arrow(SvgLayout.Link link) {
        var from = link.path().getFirst();
        var to = link.path().getLast();
        int x = from.x + from.width;
        int y = rowY(from, link.arrow().row()) - 4;
        var path = new StringBuilder("M" + x + " " + y);
        if (layout.right(from) > x) {
            path.append(" H").append(layout.right(from));
            x = layout.right(from);
        }
        for (int i = 1; i < link.path().size() - 1; i++) {
            var lane = link.path().get(i);
            curve(path, x, y, lane.x, lane.y + lane.height / 2);
            y = lane.y + lane.height / 2;
            x = Math.max(layout.right(lane), lane.x);
            path.append(" H").append(x);
        }
        int labelWidth = SvgLayout.textWidth(link.arrow().label());
        int end = to.x - 7;
        int entry = to.y + SvgLayout.HEADER / 2 + SvgLayout.ROW * entrance(link);
        curve(path, x, y, end - labelWidth - 6, entry);
        path.append(" H").append(end);
        line("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.4\"/>", path, LINE);
        line("<path d=\"M%d %d l-8 -4 v8 z\" fill=\"%s\"/>", to.x - 1, entry, LINE);
        text(
                end - labelWidth - 2,
                entry - 4,
                SMALL,
                "font-style=\"italic\"",
                link.arrow().label());
    }

    /** Which of the arrows to the same box it is, from above. */
    private int entrance(SvgLayout.Link link) {
        var to = link.path().getLast();
        var before = link.path().get(link.path().size() - 2);
        return (int) layout.links().stream()
                .filter(other -> !other.equals(link) && other.path().getLast().equals(to))
                .filter(other -> {
                    var otherBefore = other.path().get(other.path().size() - 2);
                    return otherBefore.equals(before)
                            ? other.arrow().row() < link.arrow().row()
                            : otherBefore.y < before.y;
                })
                .count();
    }

    private static void curve(StringBuilder path, int fromX, int fromY, int toX, int toY) {
        int middle = (fromX + toX) / 2;
        path.append(" C" + middle + " " + fromY + " " + middle + " " + toY + " " + toX + " " + toY);
    }

    /** Text as it may stand in a document; what may not stand there at all is replaced. */
    static String escaped(String text) {
        var out = new StringBuilder();
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                default -> {
                    boolean isSurrogate = point >= 0xD800 && point < 0xE000;
                    boolean isAllowed = point >= ' ' && !isSurrogate && point != 0xFFFE && point != 0xFFFF;
                    out.appendCodePoint(isAllowed ? point : '\uFFFD');
                }
            }
        });
        return out.toString();
    }
}

package dev.gyre.stream.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Where the boxes of a drawing are. Stages stand in columns, each to the right of all that lead to it; an arrow over several columns has a lane of its own in
 * those between, so that it passes no box.
 */
final class SvgLayout {
    static final int MARGIN = 24;
    static final int ROW = 19;
    static final int HEADER = 28;
    static final int TOP = 56;
    private static final int PAD = 8;
    private static final int SPACE = 26;
    private static final int LANE = 16;
    private static final int ARROW_ROOM = 64;
    private static final double CHARACTER = 7.3;
    private static final int MAX_CHARACTERS = 44;

    private final Outline outline;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final List<List<Node>> columns = new ArrayList<>();
    private int width;
    private int height;

    /** A box, or a lane through a column. */
    static final class Node {
        final int box;
        final int column;
        final int height;
        final int width;
        int x;
        int y;
        double wish;

        Node(int box, int column, int width, int height) {
            this.box = box;
            this.column = column;
            this.width = width;
            this.height = height;
        }
    }

    /**
     * An arrow.
     *
     * @param path the box where it begins, lanes, the box where it ends
     */
    record Link(Outline.Arrow arrow, List<Node> path) {}

    SvgLayout(Outline outline) {
        this.outline = outline;
        int[] column = columnsOf(outline);
        for (int i = 0; i <= Arrays.stream(column).max().orElse(0); i++) {
            columns.add(new ArrayList<>());
        }
        for (var box : outline.boxes()) {
            place(new Node(box.index(), column[box.index()], width(box), height(box)));
        }
        for (var arrow : outline.arrows()) {
            link(arrow);
        }
        columns.forEach(this::order);
        arrange();
    }

    private static int[] columnsOf(Outline outline) {
        int[] column = new int[outline.boxes().size()];
        for (var box : outline.boxes()) { // each behind those that lead to it
            for (var arrow : outline.arrows()) {
                if (arrow.to() == box.index()) {
                    column[box.index()] = Math.max(column[box.index()], column[arrow.from()] + 1);
                }
            }
        }
        return column;
    }

    static String shown(String text) {
        return text.codePointCount(0, text.length()) <= MAX_CHARACTERS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MAX_CHARACTERS - 1)) + "…";
    }

    static int textWidth(String text) {
        return (int) Math.ceil(
                shown(text).codePoints().map(point -> point < 0x2E80 ? 1 : 2).sum() * CHARACTER);
    }

    private static int width(Outline.Box box) {
        int widest = textWidth(box.title()) + 4 * ROW;
        for (var row : box.rows()) {
            widest = Math.max(widest, textWidth(row.text()) + (row.depth() + 3) * ROW);
        }
        return widest;
    }

    private int height(Outline.Box box) {
        long into = outline.arrows().stream()
                .filter(arrow -> arrow.to() == box.index())
                .count();
        return HEADER + PAD + Math.max(box.rows().size(), (int) into - 1) * ROW;
    }

    private Node place(Node node) {
        nodes.add(node);
        columns.get(node.column).add(node);
        return node;
    }

    private void link(Outline.Arrow arrow) {
        var path = new ArrayList<Node>();
        path.add(nodes.get(arrow.from()));
        for (int column = nodes.get(arrow.from()).column + 1; column < nodes.get(arrow.to()).column; column++) {
            path.add(place(new Node(-1, column, 0, LANE)));
        }
        path.add(nodes.get(arrow.to()));
        links.add(new Link(arrow, path));
    }

    /** Puts each node of a column near those that lead to it. */
    private void order(List<Node> column) {
        for (int i = 0; i < column.size(); i++) {
            var node = column.get(i);
            node.wish = links.stream()
                    .filter(link -> link.path.indexOf(node) > 0)
                    .mapToDouble(link -> {
                        var before = link.path.get(link.path.indexOf(node) - 1);
                        return columns.get(before.column).indexOf(before) + 0.01 * link.arrow.row();
                    })
                    .average()
                    .orElse(i);
        }
        column.sort(Comparator.comparingDouble(node -> node.wish));
    }

    private void arrange() {
        int x = MARGIN;
        for (int i = 0; i < columns.size(); i++) {
            int columnX = x;
            int y = TOP;
            int widest = 0;
            for (var node : columns.get(i)) {
                node.x = columnX;
                node.y = y;
                y += node.height + SPACE;
                widest = Math.max(widest, node.width);
            }
            height = Math.max(height, y - SPACE);
            width = columnX + widest;
            x = width + ARROW_ROOM + labelWidth(i + 1);
        }
        for (var column : columns) {
            int used = column.getLast().y + column.getLast().height;
            column.forEach(node -> node.y += (height - used) / 2);
        }
    }

    private int labelWidth(int column) {
        return links.stream()
                .filter(link -> link.path.getLast().column == column)
                .mapToInt(link -> textWidth(link.arrow.label()))
                .max()
                .orElse(0);
    }

    /** The right side of a node's column. */
    int right(Node node) {
        return columns.get(node.column).stream()
                .mapToInt(other -> other.x + other.width)
                .max()
                .orElse(node.x);
    }

    List<Link> links() {
        return links;
    }

    /** The node of a box. */
    Node node(int box) {
        return nodes.get(box);
    }

    int width() {
        return width + MARGIN;
    }

    int height() {
        return height + MARGIN;
    }
}

package dev.gyre.maelstrom.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;

/** A map of results as tables within tables. */
final class ResultTable {
    /** Elements of a list that are shown: a checker may list thousands of lost ones. */
    static final int ELEMENTS_MAX = 100;
    /** Maps within maps: those of checkers are four deep. */
    private static final int DEPTH_MAX = 12;

    private final Markup html;

    ResultTable(Markup html) {
        this.html = html;
    }

    void draw(Map<?, ?> results) {
        draw(results, 0);
    }

    private void draw(Map<?, ?> map, int depth) {
        html.open("table");
        int shown = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (shown++ == ELEMENTS_MAX) {
                drawRest(map.size());
                break;
            }
            html.open("tr").element("th", Text.cut(String.valueOf(entry.getKey())), "scope", "row");
            html.open("td");
            drawValue(entry.getValue(), depth);
            html.close().close();
        }
        html.close();
    }

    private void drawRest(int all) {
        html.open("tr");
        html.element("td", "… and " + Numbers.count(all - ELEMENTS_MAX) + " more", "colspan", 2, "class", "muted");
        html.close();
    }

    private void drawValue(Object value, int depth) {
        if (depth >= DEPTH_MAX) {
            html.text("…");
        } else if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            draw(map, depth + 1);
        } else if (value instanceof Collection<?> list && list.stream().anyMatch(ResultTable::isNested)) {
            drawElements(list, depth);
        } else {
            html.open("span", "class", look(value)).text(Text.cut(words(value))).close();
        }
    }

    /** A list of which some element is a map or a list: an element a row. */
    private void drawElements(Collection<?> list, int depth) {
        html.open("table");
        int number = 0;
        for (Object element : list.stream().limit(ELEMENTS_MAX).toList()) {
            html.open("tr")
                    .element("th", Numbers.count(++number), "scope", "row")
                    .open("td");
            drawValue(element, depth + 1);
            html.close().close();
        }
        if (list.size() > ELEMENTS_MAX) {
            drawRest(list.size());
        }
        html.close();
    }

    private static boolean isNested(Object value) {
        return value instanceof Map<?, ?> || value instanceof Collection<?>;
    }

    /** False is what a reader looks for. */
    private static String look(Object value) {
        if (Boolean.FALSE.equals(value)) {
            return "false";
        }
        return Boolean.TRUE.equals(value) ? "true" : "value";
    }

    private static String words(Object value) {
        return switch (value) {
            case Collection<?> list when list.isEmpty() -> "none";
            case Collection<?> list -> {
                var shown = new ArrayList<String>();
                list.stream().limit(ELEMENTS_MAX).forEach(element -> shown.add(words(element)));
                String rest = list.size() > ELEMENTS_MAX
                        ? ", … and " + Numbers.count(list.size() - ELEMENTS_MAX) + " more"
                        : "";
                yield String.join(", ", shown) + rest;
            }
            case Map<?, ?> map -> map.isEmpty() ? "none" : map.toString();
            case Double number -> Double.isFinite(number) ? Numbers.plain(Numbers.rounded(number)) : number.toString();
            case Integer number -> Numbers.count(number);
            case Long number -> Numbers.count(number);
            default -> String.valueOf(value);
        };
    }
}

package dev.gyre.maelstrom.report;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Writes XML and HTML elements; whatever is put in as text or as the value of an attribute is escaped. HTML is written so that
 * it is well-formed XML as well.
 */
final class Markup {
    private final StringBuilder out = new StringBuilder(1 << 12);
    private final Deque<String> open = new ArrayDeque<>();

    /** The beginning of an SVG document that fills the width it is given. */
    static Markup scalableSvg(double width, double height, String style, String title) {
        return new Markup().svg(width, height, style, title);
    }

    /** The beginning of an SVG document that is shown at its size, however large. */
    static Markup fixedSvg(double width, double height, String style, String title) {
        return new Markup().svg(width, height, style, title, "width", width, "height", height);
    }

    /** The root with a white ground, a style sheet and what a screen reader says. */
    private Markup svg(double width, double height, String style, String title, Object... size) {
        String viewBox = "0 0 " + Numbers.coordinate(width) + " " + Numbers.coordinate(height);
        var attributes = new ArrayList<Object>(List.of("xmlns", "http://www.w3.org/2000/svg", "viewBox", viewBox));
        attributes.addAll(List.of("role", "img", "font-family", Palette.FONT));
        attributes.addAll(List.of(size));
        open("svg", attributes.toArray());
        element("title", title).style(style);
        return leaf("rect", "width", width, "height", height, "fill", "#fff");
    }

    /** The beginning of an HTML document, up to and including its open body. It forbids every script. */
    static Markup html(String title, String style) {
        var html = new Markup();
        html.out.append("<!DOCTYPE html>\n");
        html.open("html", "lang", "en", "xmlns", "http://www.w3.org/1999/xhtml").open("head");
        html.leaf("meta", "charset", "utf-8");
        html.leaf("meta", "http-equiv", "Content-Security-Policy", "content", "script-src 'none'; connect-src 'none'");
        html.leaf("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.element("title", title).style(style).close();
        return html.open("body");
    }

    /**
     * Opens an element.
     *
     * @param attributes names and values in turn; fractions are written as coordinates
     */
    Markup open(String name, Object... attributes) {
        tag(name, attributes);
        out.append('>');
        open.push(name);
        return this;
    }

    /** Closes the element that was opened last. */
    Markup close() {
        out.append("</").append(open.pop()).append(">\n");
        return this;
    }

    /** An element without content. In HTML, only for elements that never have any. */
    Markup leaf(String name, Object... attributes) {
        tag(name, attributes);
        out.append("/>\n");
        return this;
    }

    /** An element that holds text only. */
    Markup element(String name, String text, Object... attributes) {
        return open(name, attributes).text(text).close();
    }

    /** Text in the element that is open. */
    Markup text(String text) {
        out.append(Text.escape(text));
        return this;
    }

    /** A style sheet, which is ours and holds no character that XML would need escaped. */
    private Markup style(String css) {
        open("style");
        out.append(css);
        return close();
    }

    /** Closes what is open; the whole document. */
    String finish() {
        while (!open.isEmpty()) {
            close();
        }
        return out.toString();
    }

    private void tag(String name, Object... attributes) {
        out.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            Object value = attributes[i + 1];
            String text = value instanceof Double number ? Numbers.coordinate(number) : value.toString();
            out.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(Text.escape(text))
                    .append('"');
        }
    }
}

package dev.gyre.maelstrom.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes values as Clojure data, laid out as people know it from Maelstrom: what fits in a line stands in one, a longer map has
 * an entry a line, aligned. Values are maps, lists, strings, numbers and booleans.
 */
public final class Edn {
    private static final int WIDTH = 80;
    private static final Pattern WORD = Pattern.compile("[A-Za-z*!?_<>=+-][A-Za-z0-9*!?_<>=+./#-]*");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

    private final int elementsMax;

    private Edn(int elementsMax) {
        this.elementsMax = elementsMax;
    }

    /** A value in full. */
    public static String write(Object value) {
        return String.join("\n", new Edn(Integer.MAX_VALUE).layout(value, 0));
    }

    /** A value for the eye: of a long list or map, the first {@code elementsMax} elements and how many more there are. */
    public static String abridge(Object value, int elementsMax) {
        return String.join("\n", new Edn(elementsMax).layout(value, 0));
    }

    /** Lines; the first goes on where its line has come to, the others stand at column {@code indent}. */
    private List<String> layout(Object value, int indent) {
        String flat = flat(value);
        boolean collection = value instanceof Map<?, ?> || value instanceof List<?>;
        if (!collection || indent + flat.length() <= WIDTH) {
            return List.of(flat);
        }
        return value instanceof Map<?, ?> map ? layoutMap(map, indent) : layoutList((List<?>) value, indent);
    }

    private List<String> layoutMap(Map<?, ?> map, int indent) {
        var lines = new ArrayList<String>();
        int shown = 0;
        for (var entry : map.entrySet()) {
            String start = (lines.isEmpty() ? "{" : " ".repeat(indent + 1));
            if (shown == elementsMax) {
                lines.add(start + more(map.size() - shown));
                break;
            }
            String key = key(entry.getKey());
            var value = layout(value(entry), indent + 1 + key.length() + 1);
            lines.add(start + key + " " + value.getFirst());
            lines.addAll(value.subList(1, value.size()));
            shown++;
            if (shown < map.size()) {
                lines.set(lines.size() - 1, lines.getLast() + ",");
            }
        }
        return close(lines, "}");
    }

    /** Short elements fill lines; longer ones have a line each. */
    private List<String> layoutList(List<?> list, int indent) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder("(");
        for (int i = 0; i < list.size(); i++) {
            if (i == elementsMax) {
                line.append(' ').append(more(list.size() - i));
                break;
            }
            var element = layout(list.get(i), indent + 1);
            boolean first = line.length() == 1 && lines.isEmpty();
            int room = WIDTH - (lines.isEmpty() ? indent : 0);
            if (!first
                    && (element.size() > 1
                            || line.length() + 1 + element.getFirst().length() > room)) {
                lines.add(line.toString());
                line = new StringBuilder(" ".repeat(indent + 1));
            } else if (!first) {
                line.append(' ');
            }
            line.append(element.getFirst());
            if (element.size() > 1) {
                lines.add(line.toString());
                lines.addAll(element.subList(1, element.size() - 1));
                line = new StringBuilder(element.getLast());
            }
        }
        lines.add(line.toString());
        return close(lines, ")");
    }

    private static List<String> close(List<String> lines, String bracket) {
        lines.set(lines.size() - 1, lines.getLast() + bracket);
        return lines;
    }

    private String flat(Object value) {
        return switch (value) {
            case Map<?, ?> map -> flatMap(map);
            case List<?> list -> flatList(list);
            case String text -> quote(text);
            case Number number -> number.toString();
            case Boolean bool -> bool.toString();
            case Word word -> ":" + word.name;
            default -> throw new IllegalArgumentException("no EDN for " + value.getClass());
        };
    }

    private String flatMap(Map<?, ?> map) {
        var parts = new ArrayList<String>();
        for (var entry : map.entrySet()) {
            if (parts.size() == elementsMax) {
                parts.add(more(map.size() - elementsMax));
                break;
            }
            parts.add(key(entry.getKey()) + " " + flat(value(entry)));
        }
        return "{" + String.join(", ", parts) + "}";
    }

    private String flatList(List<?> list) {
        var parts = new ArrayList<String>();
        for (var element : list) {
            if (parts.size() == elementsMax) {
                parts.add(more(list.size() - elementsMax));
                break;
            }
            parts.add(flat(element));
        }
        return "(" + String.join(" ", parts) + ")";
    }

    /** A verdict that is neither true nor false is a word, not a text. */
    private static Object value(Map.Entry<?, ?> entry) {
        return entry.getKey().equals("valid?") && entry.getValue() instanceof String name
                ? new Word(name)
                : entry.getValue();
    }

    private record Word(String name) {}

    private static String more(int count) {
        return "#_\"and " + count + " more\"";
    }

    private String key(Object key) {
        if (key instanceof String text) {
            if (WORD.matcher(text).matches()) {
                return ":" + text;
            }
            if (NUMBER.matcher(text).matches()) {
                return text;
            }
        }
        return flat(key);
    }

    private static String quote(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '\r' -> quoted.append("\\r");
                default -> quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}

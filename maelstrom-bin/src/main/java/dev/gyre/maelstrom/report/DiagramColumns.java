package dev.gyre.maelstrom.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The vertical lines of a diagram: clients, nodes and services from left to right, n2 before n10. */
final class DiagramColumns {
    /**
     * Clients beyond this many share one line. Every timeout makes a new client, so a run may have hundreds, while all of them do
     * little more than ask one node and hear from it.
     */
    static final int CLIENTS_MAX = 32;

    private static final double LEFT = 92;
    private static final double GROUP_GAP = 34;
    /** Clients are many and do little: their lines stand closer. */
    private static final double CLIENTS_WIDTH = 360;

    private static final double CLIENT_SPACING_MIN = 30;
    private static final double CLIENT_SPACING_MAX = 64;
    /** Room for nodes to share; each has at least, and at most, so much. */
    private static final double NODES_WIDTH = 760;

    private static final double NODE_SPACING_MIN = 78;
    private static final double NODE_SPACING_MAX = 152;
    private static final Pattern NUMBERED = Pattern.compile("(\\D*)(\\d{1,18})");

    /** A vertical line and what stands over it. */
    record Column(String name, Role role, double x) {}

    private final List<Column> columns = new ArrayList<>();
    private final Map<String, Double> places = new LinkedHashMap<>();
    private double end = LEFT;

    DiagramColumns(List<DiagramEvent> events) {
        var ids = new TreeSet<>(Comparator.comparing(DiagramColumns::letters)
                .thenComparingLong(DiagramColumns::number)
                .thenComparing(id -> id));
        for (DiagramEvent event : events) {
            ids.add(event.route().src());
            ids.add(event.route().dest());
        }
        for (Role role : Role.values()) {
            place(role, ids.stream().filter(id -> Role.of(id) == role).toList());
        }
    }

    private void place(Role role, List<String> ids) {
        double spacing = role == Role.CLIENT
                ? Math.clamp(CLIENTS_WIDTH / Math.max(1, ids.size()), CLIENT_SPACING_MIN, CLIENT_SPACING_MAX)
                : Math.clamp(NODES_WIDTH / Math.max(1, ids.size()), NODE_SPACING_MIN, NODE_SPACING_MAX);
        int own = role == Role.CLIENT && ids.size() > CLIENTS_MAX ? CLIENTS_MAX - 1 : ids.size();
        for (int i = 0; i < ids.size(); i++) {
            double x = end + spacing / 2 + Math.min(i, own) * spacing;
            places.put(ids.get(i), x);
            if (i < own) {
                columns.add(new Column(ids.get(i), role, x));
            } else if (i == own) {
                columns.add(new Column("+" + (ids.size() - own), role, x));
            }
        }
        if (!ids.isEmpty()) {
            end += (own < ids.size() ? own + 1 : own) * spacing + GROUP_GAP;
        }
    }

    List<Column> all() {
        return columns;
    }

    /** Where the line of that client, node or service is. */
    double x(String id) {
        return places.getOrDefault(id, LEFT);
    }

    /** Where the last group ends. */
    double end() {
        return end;
    }

    private static String letters(String id) {
        Matcher matcher = NUMBERED.matcher(id);
        return matcher.matches() ? matcher.group(1) : id;
    }

    private static long number(String id) {
        Matcher matcher = NUMBERED.matcher(id);
        return matcher.matches() ? Long.parseLong(matcher.group(2)) : 0;
    }
}

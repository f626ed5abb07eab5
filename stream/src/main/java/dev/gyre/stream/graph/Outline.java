package dev.gyre.stream.graph;

import dev.gyre.stream.operator.GroupedOperator;
import dev.gyre.stream.operator.Operator;
import dev.gyre.stream.operator.Stateless;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A plan for people: each stage with its operators, and what leads where. */
final class Outline {
    private static final String EXCHANGE = "exchange ";

    private final Plan plan;
    private final TreeMap<Integer, Integer> stageByRoot = new TreeMap<>();
    private final List<Box> boxes = new ArrayList<>();
    private final List<Arrow> arrows = new ArrayList<>();

    /** What a line of a stage is about. */
    enum Kind {
        /** An operator that keeps nothing. */
        STATELESS("  "),
        /** An operator with a state for each key. */
        STATE("◆ "),
        /** Records leave the job. */
        SINK("■ "),
        /** Records leave for another stage. */
        EXIT("→ ");

        private final String mark;

        Kind(String mark) {
            this.mark = mark;
        }

        String mark() {
            return mark;
        }
    }

    /**
     * A line of a stage.
     *
     * @param depth how many branches it lies in
     * @param isBranch whether it is the first of its branch
     */
    record Row(int depth, boolean isBranch, Kind kind, String text) {}

    /**
     * A stage.
     *
     * @param title what its root is
     * @param isSource whether it reads partitions
     * @param isLocal whether what it takes in comes from its own worker alone
     */
    record Box(int index, String title, boolean isSource, boolean isLocal, List<Row> rows) {}

    /**
     * Records go from one stage to another.
     *
     * @param row of the stage that they leave
     */
    record Arrow(int from, int row, int to, String label) {}

    Outline(Plan plan) {
        this.plan = plan;
        plan.stages().forEach(stage -> stageByRoot.put(stage.root().id(), stage.index()));
        plan.stages().forEach(this::add);
    }

    List<Box> boxes() {
        return boxes;
    }

    List<Arrow> arrows() {
        return arrows;
    }

    private void add(Plan.StagePlan stage) {
        var root = stage.root();
        var rows = new ArrayList<Row>();
        if (root.part() instanceof Vertex.Part.Exchanges(var factory)
                && root.inputs().size() > 1) {
            boolean hasState = factory.create(site(), nothing()).stream().anyMatch(GroupedOperator.class::isInstance);
            rows.add(new Row(0, false, hasState ? Kind.STATE : Kind.STATELESS, root.name()));
        }
        follow(root, 0, stage.index(), rows);
        boxes.add(new Box(
                stage.index(),
                title(root),
                root.part() instanceof Vertex.Part.Reads,
                isLocal(root),
                List.copyOf(rows)));
    }

    private static String title(Vertex root) {
        return switch (root.part()) {
            case Vertex.Part.Reads reads -> "source " + root.name();
            case Vertex.Part.Exchanges exchange when root.inputs().size() > 1 -> "join " + root.name();
            default -> root.name();
        };
    }

    private static boolean isLocal(Vertex root) {
        return root.part() instanceof Vertex.Part.Unites;
    }

    private Vertex.Site site() {
        return new Vertex.Site(0, plan.groups());
    }

    private static Operator nothing() {
        return new Stateless.Fork();
    }

    /** Where in a stage a line is. */
    private record Place(int depth, boolean isBranch) {
        Row row(Kind kind, String text) {
            return new Row(depth, isBranch, kind, text);
        }
    }

    private void follow(Vertex vertex, int depth, int stage, List<Row> rows) {
        boolean isFork = vertex.consumers().size() > 1;
        for (var consumer : vertex.consumers()) {
            take(consumer, new Place(isFork ? depth + 1 : depth, isFork), stage, rows);
        }
    }

    private void take(Vertex.Consumer consumer, Place place, int stage, List<Row> rows) {
        var next = consumer.vertex();
        switch (next.part()) {
            case Vertex.Part.Applies(var factory) -> {
                boolean hasState = factory.create(site(), nothing()) instanceof GroupedOperator<?>;
                rows.add(place.row(hasState ? Kind.STATE : Kind.STATELESS, next.name()));
                follow(next, place.depth(), stage, rows);
            }
            case Vertex.Part.Writes sink -> rows.add(place.row(Kind.SINK, next.name()));
            case Vertex.Part.WritesNumbers sink -> rows.add(place.row(Kind.SINK, next.name()));
            default -> {
                int to = stageByRoot.getOrDefault(next.id(), -1);
                rows.add(place.row(Kind.EXIT, "stage " + (to + 1)));
                arrows.add(new Arrow(stage, rows.size() - 1, to, label(consumer)));
            }
        }
    }

    private static String label(Vertex.Consumer consumer) {
        var root = consumer.vertex();
        var name = root.name().startsWith(EXCHANGE) ? root.name().substring(EXCHANGE.length()) : root.name();
        return root.inputs().size() > 1 && !isLocal(root) ? name + ", input " + (consumer.input() + 1) : name;
    }
}

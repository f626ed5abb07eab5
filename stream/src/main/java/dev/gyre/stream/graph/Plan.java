package dev.gyre.stream.graph;

import dev.gyre.stream.exchange.IntakeKind;
import dev.gyre.stream.operator.Feeder;
import dev.gyre.stream.operator.SourceOutput;
import dev.gyre.stream.operator.Specialised;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A graph as stages and edges, the same for all workers. Edges lead to the inputs of exchanges and unions, and are numbered; stages are in an order in which
 * what is before comes first.
 */
public final class Plan {
    private final int groups;
    private final List<StagePlan> stages = new ArrayList<>();
    private final TreeMap<Integer, StagePlan> byRoot = new TreeMap<>();
    private final List<Vertex> vertices;
    private int edges;

    /**
     * A stage.
     *
     * @param index among the stages
     * @param root where it begins
     * @param kind who sends to it; of no meaning for a source
     * @param firstEdge the number of the edge to its first input; the others follow
     * @param loops what gives records to the chain: of a source one, else one an input
     */
    public record StagePlan(int index, Vertex root, IntakeKind kind, int firstEdge, List<Specialised> loops) {}

    /**
     * The plan of a graph.
     *
     * @param vertices each behind its inputs
     * @param groups how many key groups there are
     */
    public Plan(List<Vertex> vertices, int groups) {
        this.groups = groups;
        this.vertices = List.copyOf(vertices);
        for (var vertex : vertices) {
            if (vertex.part().isRoot()) {
                var stage = new StagePlan(stages.size(), vertex, kind(vertex), edges, loops(vertex));
                edges += vertex.inputs().size();
                stages.add(stage);
                byRoot.put(vertex.id(), stage);
            }
        }
    }

    private static List<Specialised> loops(Vertex root) {
        return root.part() instanceof Vertex.Part.Reads
                ? List.of(Specialised.of(SourceOutput.class))
                : root.inputs().stream()
                        .map(input -> Specialised.of(Feeder.Loop.class))
                        .toList();
    }

    private static IntakeKind kind(Vertex root) {
        if (!(root.part() instanceof Vertex.Part.Exchanges)) {
            return IntakeKind.LOCAL;
        }
        return root.inputs().stream().anyMatch(Plan::isBehindExchange)
                ? IntakeKind.FROM_KEYED
                : IntakeKind.FROM_SOURCES;
    }

    private static boolean isBehindExchange(Vertex vertex) {
        return vertex.part() instanceof Vertex.Part.Exchanges
                || vertex.inputs().stream().anyMatch(Plan::isBehindExchange);
    }

    /** Whether all that comes to a vertex has passed an exchange: then what it tells of time is the same at all workers in the end. */
    public static boolean isBehindExchanges(Vertex vertex) {
        return vertex.part() instanceof Vertex.Part.Exchanges
                || (!vertex.inputs().isEmpty() && vertex.inputs().stream().allMatch(Plan::isBehindExchanges));
    }

    /** How many key groups there are. */
    public int groups() {
        return groups;
    }

    /** All vertices, each behind its inputs. */
    public List<Vertex> vertices() {
        return vertices;
    }

    /** The stages, each behind those that send to it. */
    public List<StagePlan> stages() {
        return List.copyOf(stages);
    }

    /** How many edges there are. */
    public int edges() {
        return edges;
    }

    /** The number of the edge to an input of a root. */
    public int edge(Vertex.Consumer consumer) {
        var stage = byRoot.get(consumer.vertex().id());
        if (stage == null) {
            throw new IllegalArgumentException(consumer.vertex() + " begins no stage");
        }
        return stage.firstEdge + consumer.input();
    }

    /** The plan as text. */
    public String describe(String job) {
        return TextOutline.of(job, this);
    }

    /** The plan as a drawing. */
    public String toSvg(String job) {
        return SvgOutline.of(job, this);
    }
}

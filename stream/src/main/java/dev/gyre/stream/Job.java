package dev.gyre.stream;

import dev.gyre.stream.api.Source;
import dev.gyre.stream.codec.Types;
import dev.gyre.stream.exchange.Assignment;
import dev.gyre.stream.graph.Graph;
import dev.gyre.stream.graph.Plan;
import java.util.function.Consumer;

/**
 * A dataflow: what is read, what becomes of it, where it goes. The same job runs on one thread, on several, on several processes, and in the simulator.
 *
 * <pre>{@code
 * Job totals = Job.named("totals", flow -> flow
 *         .source("orders", orders)
 *         .keyBy("customer", Order::customer)
 *         .fold("total", 0L, (total, order) -> total + order.cents())
 *         .entries()
 *         .sink("totals", out));
 * }</pre>
 *
 * <p>Immutable.
 */
public final class Job {
    private final String name;
    private final Plan plan;
    private final Types types;

    private Job(String name, Plan plan, Types types) {
        this.name = name;
        this.plan = plan;
        this.types = types;
    }

    /**
     * A job.
     *
     * @param definition builds its graph; it may be called again, and must build the same
     * @throws IllegalArgumentException when the graph cannot run: names the operator and what to do
     */
    public static Job named(String name, Consumer<Flow> definition) {
        return named(name, Assignment.DEFAULT_GROUPS, definition);
    }

    /**
     * A job with another number of key groups: it runs on so many workers at most, and keeps that number for life.
     *
     * @param keyGroups a power of two from 2 to 65,536
     */
    public static Job named(String name, int keyGroups, Consumer<Flow> definition) {
        var graph = new Graph(name);
        var flow = new Flow(graph);
        definition.accept(flow);
        var types = flow.types.with(graph.types().toArray(Class<?>[]::new));
        return new Job(name, graph.finish(keyGroups), types);
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** The graph as stages. */
    public Plan plan() {
        return plan;
    }

    /** What its keys, states and positions may be. */
    public Types types() {
        return types;
    }

    /** The graph for a person: each stage with its operators, which of them have state, by which keys records go where. */
    public String describe() {
        return plan.describe(name);
    }

    /** The same as a drawing, from left to right: an SVG document that needs nothing else. */
    public String toSvg() {
        return plan.toSvg(name);
    }

    /** Where a graph begins. */
    public static final class Flow {
        private final Graph graph;
        private Types types = Types.builtIn();

        private Flow(Graph graph) {
            this.graph = graph;
        }

        /** The records of a source. */
        public <T> Stream<T> source(String name, Source<T> source) {
            return new Stream<>(graph, graph.source(name, source));
        }

        /**
         * Adds types of keys, states and positions, beside those that are known anyway (numbers, strings, collections): records, enums, sealed
         * interfaces of records. What is not among them cannot be kept in a snapshot.
         */
        public Flow types(Class<?>... added) {
            types = types.with(added);
            return this;
        }
    }
}

package dev.gyre.stream.graph;

import dev.gyre.stream.api.NumberSink;
import dev.gyre.stream.api.Sink;
import dev.gyre.stream.api.Source;
import dev.gyre.stream.operator.Operator;
import dev.gyre.stream.operator.Withholding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A place in a graph. Immutable but for its consumers, which are added as the graph is built.
 *
 * <p>A vertex with a {@link Part} that is a root begins a stage: a source, an exchange, a union. All others are fused to what is before them.
 */
public final class Vertex {
    private final int id;
    private final String name;
    private final Part part;
    private final List<Vertex> inputs;
    private final List<Consumer> consumers = new ArrayList<>();

    /**
     * Who takes what a vertex emits.
     *
     * @param input the number of this input among those of the consumer
     */
    public record Consumer(Vertex vertex, int input) {}

    /** What a worker makes of a vertex. */
    public sealed interface Part {
        /** Partitions that are read. */
        record Reads(Source<?> source) implements Part {}

        /** Records of all workers, by key; an operator an input. */
        record Exchanges(PortsFactory factory) implements Part {}

        /** Records of several streams. */
        record Unites() implements Part {}

        /** An operator on the records of the vertex before. */
        record Applies(OperatorFactory factory) implements Part {}

        /** Records leave the job. */
        record Writes(Sink<?> sink) implements Part {}

        /** Numbers leave the job. */
        record WritesNumbers(NumberSink sink) implements Part {}

        /** Whether records leave the job here. */
        default boolean isSink() {
            return this instanceof Writes || this instanceof WritesNumbers;
        }

        /** Whether a stage begins here. */
        default boolean isRoot() {
            return switch (this) {
                case Reads reads -> true;
                case Exchanges exchanges -> true;
                case Unites unites -> true;
                case Applies applies -> false;
                case Writes writes -> false;
                case WritesNumbers writes -> false;
            };
        }
    }

    /** Makes the operator of one worker. */
    @FunctionalInterface
    public interface OperatorFactory {
        /** An operator that is followed by another. */
        Operator create(Site site, Operator next);
    }

    /** Makes an operator behind an exchange that has a part to do before it. */
    public interface Combining extends OperatorFactory {
        /** What sums up records before they are sent; empty when they must be sent as they are. */
        Optional<Withholding> before(Operator exchange);
    }

    /** Makes the operators of one worker that take the inputs of an exchange, one each. */
    @FunctionalInterface
    public interface PortsFactory {
        /** Operators that are followed by another. */
        List<Operator> create(Site site, Operator next);
    }

    /**
     * Where an operator is made.
     *
     * @param worker whose it is
     * @param groups how many key groups the job has
     */
    public record Site(int worker, int groups) {}

    /** A vertex behind others. */
    Vertex(int id, String name, Part part, List<Vertex> inputs) {
        this.id = id;
        this.name = name;
        this.part = part;
        this.inputs = List.copyOf(inputs);
        for (int i = 0; i < inputs.size(); i++) {
            inputs.get(i).consumers.add(new Consumer(this, i));
        }
    }

    /** Its number in the graph: behind those of its inputs. */
    public int id() {
        return id;
    }

    /** How people call it; that of a stateful one is unique. */
    public String name() {
        return name;
    }

    /** What it does. */
    public Part part() {
        return part;
    }

    /** Where its records come from. */
    public List<Vertex> inputs() {
        return inputs;
    }

    /** Where its records go. */
    public List<Consumer> consumers() {
        return consumers;
    }

    /** What is done before this exchange by whoever sends to it: something if all its records go to one operator that has a part to do there. */
    public Optional<Withholding> before(Operator exchange) {
        return consumers.size() == 1
                        && inputs.size() == 1
                        && consumers.getFirst().vertex().part() instanceof Part.Applies(Combining factory)
                ? factory.before(exchange)
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "\"" + name + "\"";
    }
}

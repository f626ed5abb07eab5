package dev.gyre.stream.graph;

import dev.gyre.stream.api.NumberSink;
import dev.gyre.stream.api.Sink;
import dev.gyre.stream.api.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A graph in the making. What cannot run is refused where it is said, or by {@link #finish}; a message names the job, the place and what to do. */
public final class Graph {
    private final String job;
    private final List<Vertex> vertices = new ArrayList<>();
    private final TreeSet<String> names = new TreeSet<>();
    private final LinkedHashSet<Class<?>> types = new LinkedHashSet<>();
    private boolean isFinished;

    /**
     * An empty graph.
     *
     * @param job the name of the job, for messages
     */
    public Graph(String job) {
        if (job.isBlank()) {
            throw new IllegalArgumentException("a job needs a name that is not empty");
        }
        this.job = job;
    }

    /** Adds a type of keys that an operator makes. */
    public void type(Class<?> made) {
        types.add(made);
    }

    /** The types of keys that operators make. */
    public List<Class<?>> types() {
        return List.copyOf(types);
    }

    /** Partitions that are read. */
    public Vertex source(String name, Source<?> source) {
        return add(unique(name), new Vertex.Part.Reads(source));
    }

    /** An operator that is found by its name: its state is. */
    public Vertex stateful(String name, Vertex.OperatorFactory factory, Vertex input) {
        return add(unique(name), new Vertex.Part.Applies(factory), input);
    }

    /** An operator that keeps nothing; it is named after what it does. */
    public Vertex stateless(String what, Vertex.OperatorFactory factory, Vertex input) {
        return add(what, new Vertex.Part.Applies(factory), input);
    }

    /** Records of all workers, by key. */
    public Vertex exchange(String name, Vertex input) {
        return add(name, new Vertex.Part.Exchanges((site, next) -> List.of(next)), input);
    }

    /** Records of all workers and of several inputs, by key. */
    public Vertex join(String name, Vertex.PortsFactory factory, Vertex... inputs) {
        return add(unique(name), new Vertex.Part.Exchanges(factory), inputs);
    }

    /** Records of several streams. */
    public Vertex union(Vertex... inputs) {
        return add("union", new Vertex.Part.Unites(), inputs);
    }

    /** Records leave the job. */
    public Vertex sink(String name, Sink<?> sink, Vertex input) {
        return add(unique(name), new Vertex.Part.Writes(sink), input);
    }

    /** Numbers leave the job. */
    public Vertex sink(String name, NumberSink sink, Vertex input) {
        return add(unique(name), new Vertex.Part.WritesNumbers(sink), input);
    }

    private Vertex add(String name, Vertex.Part part, Vertex... inputs) {
        if (isFinished) {
            throw new IllegalStateException("job \"" + job + "\" is built: \"" + name
                    + "\" comes too late; add it in the function that defines the job");
        }
        for (var input : inputs) {
            if (input.id() >= vertices.size() || !vertices.get(input.id()).equals(input)) {
                throw new IllegalArgumentException("\"" + name + "\" of job \"" + job + "\" takes " + input
                        + " of another job: build both in one");
            }
        }
        var vertex = new Vertex(vertices.size(), name, part, Arrays.asList(inputs));
        vertices.add(vertex);
        return vertex;
    }

    private String unique(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException(
                    "job \"" + job + "\": a source, a sink or an operator with state needs a name that is not empty");
        }
        if (!names.add(name)) {
            throw new IllegalArgumentException("job \"" + job + "\" has two operators named \"" + name
                    + "\": state and progress are found by name, so rename one");
        }
        return name;
    }

    /**
     * The plan of the graph, to which nothing is added any more.
     *
     * @param groups how many key groups there are
     * @throws IllegalArgumentException when a stream has no end, or there is none at all
     */
    public Plan finish(int groups) {
        isFinished = true;
        if (Integer.bitCount(groups) != 1 || groups < 2 || groups > 1 << 16) {
            throw new IllegalArgumentException(
                    "job \"" + job + "\": the number of key groups is a power of two from 2 to 65536, not " + groups);
        }
        if (vertices.isEmpty()) {
            throw new IllegalArgumentException("job \"" + job + "\" is empty: begin with source(…)");
        }
        var open = vertices.stream()
                .filter(vertex -> vertex.consumers().isEmpty() && !vertex.part().isSink())
                .map(Vertex::toString)
                .collect(Collectors.joining(", "));
        if (!open.isEmpty()) {
            throw new IllegalArgumentException("job \"" + job + "\": nothing takes the records of " + open
                    + ": end the stream with sink(…) or discard()");
        }
        vertices.forEach(TimeOperators::checkHeld);
        return new Plan(vertices, groups);
    }
}

package dev.gyre.maelstrom.workload;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The workloads that the command line knows, by name. */
public final class Workloads {
    private static final SequencedMap<String, Function<Settings, Workload<?, ?>>> BY_NAME = new TreeMap<>();

    static {
        BY_NAME.put("broadcast", settings -> SetWorkload.broadcast(settings.nodes, settings.topology));
        BY_NAME.put("echo", settings -> new EchoWorkload());
        BY_NAME.put("g-counter", settings -> CounterWorkload.gCounter());
        BY_NAME.put("g-set", settings -> SetWorkload.gSet());
        BY_NAME.put("pn-counter", settings -> CounterWorkload.pnCounter());
        BY_NAME.put("unique-ids", settings -> new UniqueIdsWorkload());
    }

    private Workloads() {}

    /**
     * What workloads are made from.
     *
     * @param nodes the names of the nodes, in order
     * @param topology which neighbours broadcast suggests
     */
    public record Settings(List<String> nodes, Topology topology) {}

    /** All names, in order. */
    public static SequencedSet<String> names() {
        return new TreeSet<>(BY_NAME.keySet());
    }

    /** A workload by its name, for one run; nothing when there is none of that name. */
    public static Optional<Workload<?, ?>> create(String name, Settings settings) {
        return Optional.ofNullable(BY_NAME.get(name)).map(factory -> factory.apply(settings));
    }
}

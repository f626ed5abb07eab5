package dev.gyre.maelstrom.nemesis;

import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The faults that the command line knows, by name. */
public final class Faults {
    private static final SequencedMap<String, Supplier<Fault>> BY_NAME = new TreeMap<>();

    static {
        BY_NAME.put("partition", PartitionFault::new);
    }

    private Faults() {}

    /** All names, in order. */
    public static SequencedSet<String> names() {
        return new TreeSet<>(BY_NAME.keySet());
    }

    /** A fault by its name; nothing when there is none of that name. */
    public static Optional<Fault> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name)).map(Supplier::get);
    }
}

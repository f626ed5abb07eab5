package dev.gyre.examples.broadcast;

import dev.gyre.core.Topology;
import dev.gyre.examples.Flags;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a {@link BroadcastNode} goes about it.
 *
 * @param batch the shortest time between two batches of a node, at least zero
 * @param topology who is whose neighbour; empty for what the {@code topology} message says
 */
public record Options(Duration batch, Optional<Topology> topology) {
    private static final int DEFAULT_BATCH_MS = 50;
    private static final int MAX_BATCH_MS = 60_000;

    /** Reads {@code --batch-ms N} and {@code --topology star|tree4|sqrt|given}. */
    public static Options read(Flags flags) {
        Map<String, Optional<Topology>> topologies = new LinkedHashMap<>();
        topologies.put("star", Optional.of(Topology.star()));
        topologies.put("tree4", Optional.of(Topology.tree(4)));
        topologies.put("sqrt", Optional.of(Topology.sqrt()));
        topologies.put("given", Optional.empty());
        return new Options(
                Duration.ofMillis(flags.integer("--batch-ms", DEFAULT_BATCH_MS, 0, MAX_BATCH_MS)),
                flags.oneOf("--topology", "star", topologies));
    }
}

package dev.gyre.maelstrom.cli;

import dev.gyre.core.simulation.RandomStreams;
import dev.gyre.maelstrom.engine.RunPlan;
import dev.gyre.maelstrom.nemesis.Faults;
import dev.gyre.maelstrom.nemesis.Rescaler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import picocli.CommandLine.Option;

/** The flags that say what breaks. */
final class FaultFlags {
    private static final String ALL = "all";

    @Option(
            names = "--nemesis",
            paramLabel = "FAULTS",
            defaultValue = "",
            description = "Faults to bring about, separated by commas: partition, one-way, slow, clog (links that hold"
                    + " messages up), loss, duplicate, services (holds up what nodes and lin-kv and its like tell each other), kill (and start"
                    + " again, with what the disk has kept), pause; in simulate also clock, slow-disk, full-disk,"
                    + " failed-sync; or all of these, of which simulate takes about half in each run, drawn from its seed;"
                    + " and, beside any of them, rescale (asks nodes to change how many workers their dataflow has; for"
                    + " nodes that can). Default: none.")
    private String nemesis = "";

    @Option(
            names = "--nemesis-interval",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "Time between two steps of a fault, on average; the first comes at once. Default:"
                    + " ${DEFAULT-VALUE}.")
    private double nemesisInterval;

    /** The faults of a run with processes. */
    RunPlan.FaultPlan forProcesses() {
        return plan(names(Faults.names()));
    }

    /** The faults of a simulated run. */
    RunPlan.FaultPlan forSimulation(long seed) {
        var known = new ArrayList<>(Faults.names());
        known.addAll(Faults.simulatedNames());
        var chosen = new ArrayList<>(names(known));
        if (parts().contains(ALL)) {
            // So that no fault hides behind another that strikes harder.
            var random = new RandomStreams(seed).fork("swarm");
            chosen.removeIf(name -> random.nextBoolean() && !parts().contains(name));
        }
        return plan(chosen);
    }

    private List<String> names(List<String> known) {
        if (nemesis.isBlank()) {
            return List.of();
        }
        var names = new LinkedHashSet<String>();
        for (var name : parts()) {
            if (name.equals(ALL)) {
                names.addAll(known);
            } else if (known.contains(name)) {
                names.add(name);
            } else if (!name.equals(Rescaler.NAME)) {
                throw unknown(name, known);
            }
        }
        return List.copyOf(names);
    }

    private List<String> parts() {
        return Arrays.stream(nemesis.split(",", -1)).map(String::strip).toList();
    }

    private static UsageError unknown(String name, List<String> known) {
        if (Faults.simulatedNames().contains(name)) {
            return new UsageError("--nemesis " + name
                    + " breaks clocks and disks, which are ours in maelstrom simulate only; leave it out, or simulate");
        }
        var all = new ArrayList<>(known);
        all.addAll(List.of(Rescaler.NAME, ALL));
        return FlagValues.unknown("fault in --nemesis", name, all);
    }

    private RunPlan.FaultPlan plan(List<String> names) {
        long interval = FlagValues.nanos("--nemesis-interval", nemesisInterval);
        if (interval == 0) {
            throw new UsageError("--nemesis-interval is a number of seconds above 0, not " + nemesisInterval);
        }
        return new RunPlan.FaultPlan(
                names.stream().map(name -> Faults.named(name).orElseThrow()).toList(),
                parts().contains(Rescaler.NAME),
                interval);
    }
}

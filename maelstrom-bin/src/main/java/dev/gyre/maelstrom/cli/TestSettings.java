package dev.gyre.maelstrom.cli;

import dev.gyre.maelstrom.engine.RunPlan;
import dev.gyre.maelstrom.result.Availability;
import dev.gyre.maelstrom.workload.Workloads;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A run as the command line asks for it.
 *
 * @param command the node's executable, absolute, and its arguments
 * @param workload the workload's name, which exists
 * @param options what the workload is made from
 * @param plan what the run does
 * @param availability how many operations must be served; nothing when none must
 * @param logging what is shown on stderr meanwhile
 */
record TestSettings(
        List<String> command,
        String workload,
        Workloads.Settings options,
        RunPlan plan,
        Optional<Availability> availability,
        Logging logging) {
    /** What is shown on stderr: the nodes' logs, messages as they are sent, messages as they are received. */
    record Logging(boolean nodeLogs, boolean sent, boolean received) {}

    /** The same run, with something else shown meanwhile. */
    TestSettings with(Logging other) {
        return new TestSettings(command, workload, options, plan, availability, other);
    }

    /** Where nodes run: in a folder that is not theirs, as under Maelstrom. */
    static Path nodeDirectory() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }
}

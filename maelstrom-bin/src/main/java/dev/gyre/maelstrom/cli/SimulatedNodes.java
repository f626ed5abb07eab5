package dev.gyre.maelstrom.cli;

import dev.gyre.maelstrom.simulate.Program;
import dev.gyre.maelstrom.simulate.Programs;
import java.util.List;

/**
 * What a simulation runs: a node of this project, or a service of the user's own.
 *
 * @param name what people call it
 * @param program what nodes run
 */
record SimulatedNodes(String name, Program<?, ?> program) {
    /**
     * What the flags name.
     *
     * @param arguments what follows {@code --}
     * @throws UsageError when they name nothing, too much, or what cannot be run
     */
    static SimulatedNodes of(TestFlags flags, ServiceFlags service, List<String> arguments) {
        if (service.isGiven()) {
            if (flags.namesBinary()) {
                throw new UsageError("--bin and --service both say what nodes run; leave one of them out");
            }
            return new SimulatedNodes(service.name(), service.program(arguments));
        }
        service.rejectClassPathAlone();
        try {
            String name = flags.program();
            var program = Programs.named(name, arguments)
                    .orElseThrow(() -> FlagValues.unknown("node", name, Programs.names()));
            return new SimulatedNodes(name, program);
        } catch (IllegalArgumentException e) {
            throw new UsageError(String.valueOf(e.getMessage()));
        }
    }
}

package dev.gyre.maelstrom.mutants;

import dev.gyre.maelstrom.simulate.Program;
import java.util.regex.Pattern;

/**
 * A node that is broken in one way.
 *
 * @param workload what it is run with; the faults are those that the right node of this workload is made for
 * @param name what is wrong with it, in a few words
 * @param program runs it
 * @param isRare whether it takes so much luck to show that no search has to find it: that is a limit of the simulation, told
 *     as such
 * @param anomaly what the verdict must speak of: caught for any other reason, it is not caught
 */
record Mutant(String workload, String name, Program<?, ?> program, boolean isRare, Pattern anomaly) {
    static Mutant of(String workload, String name, String anomaly, Program<?, ?> program) {
        return new Mutant(workload, name, program, false, Pattern.compile(anomaly));
    }

    /** The same, that nobody has to find. */
    Mutant rare() {
        return new Mutant(workload, name, program, true, anomaly);
    }

    @Override
    public String toString() {
        return workload + ": " + name;
    }
}

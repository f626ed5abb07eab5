package dev.gyre.maelstrom.nemesis;

import java.util.random.RandomGenerator;

/** One kind of fault. It is begun, ended, and begun again; it acts on a target and keeps no state but its own. */
public interface Fault {
    /** Its name on the command line, such as {@code partition}. */
    String name();

    /**
     * Brings the fault about, with whatever choices there are.
     *
     * @return what was chosen, for people, such as {@code majority [n0 n2] | [n1]}
     */
    String begin(FaultTarget target, RandomGenerator random);

    /** Repairs what was broken. Does nothing when nothing is. */
    void end(FaultTarget target);
}

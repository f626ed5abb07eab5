package dev.gyre.bench.stream;

import java.util.Optional;

/** An engine that can be measured. */
public interface StreamContender {
    /** What the table calls it: short, lower case, no blanks. What is before a hyphen names all variants of an engine. */
    String name();

    /** Its version and the settings that matter, in one line. */
    String settings();

    /** Why it is not measured on a workload; absent if it is. */
    Optional<String> gap(Workload workload);

    /**
     * Runs a workload on two threads: all that {@link Feed} gives, until it ends, with results to {@link Tally}. Returns when all that was emitted has come
     * out.
     */
    void run(Workload workload) throws Exception;
}

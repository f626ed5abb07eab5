package dev.gyre.bench.raft;

import java.nio.file.Path;

/** A Raft that can be measured. */
public interface RaftContender {
    /** What the table and {@code --only} call it: short, lower case, no blanks. */
    String name();

    /** Its version and the settings that matter, in one line. */
    String settings();

    /**
     * Starts the three replicas of a new group in this JVM. There need not be a leader yet.
     *
     * @param dir an empty folder for whatever it keeps; deleted by the caller
     */
    Group start(Mode mode, Timing timing, Path dir) throws Exception;
}

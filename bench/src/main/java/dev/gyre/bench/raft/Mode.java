package dev.gyre.bench.raft;

import java.util.Locale;

/** What is vouched for before an operation counts as committed. */
public enum Mode {
    /** The log is in memory alone. */
    MEMORY,
    /** A majority has forced the operation to its disk (fsync). */
    DURABLE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

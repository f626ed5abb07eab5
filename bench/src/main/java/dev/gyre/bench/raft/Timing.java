package dev.gyre.bench.raft;

import java.util.Locale;

/** The time-outs of a group. */
public enum Timing {
    /** What the contender does if it is told nothing. */
    DEFAULT,
    /** As short as is sane on one machine; each contender says which in its design note. */
    TIGHT;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

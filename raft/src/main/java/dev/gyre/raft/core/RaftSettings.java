package dev.gyre.raft.core;

import java.util.OptionalDouble;

/**
 * The settings of a node; the same at all nodes, but for the priority in {@code timing}.
 *
 * @param leaseDrift if present, a leader serves reads within its lease without asking a quorum (thesis §6.4.1). Its clock may run slower than
 *     that of any other node by up to this share, from 0 to below 1: what is beyond breaks linearizability. All nodes or none.
 */
public record RaftSettings(Timing timing, Limits limits, Compaction compaction, OptionalDouble leaseDrift) {
    /** Settings that can work. */
    public RaftSettings {
        if (leaseDrift.isPresent() && !(leaseDrift.getAsDouble() >= 0 && leaseDrift.getAsDouble() < 1)) {
            throw new IllegalArgumentException(
                    "leaseDrift is " + leaseDrift.getAsDouble() + ": must be from 0 to below 1");
        }
    }

    /** The defaults of each part, and no leases. */
    public static RaftSettings defaults() {
        return new RaftSettings(Timing.defaults(), Limits.defaults(), Compaction.defaults(), OptionalDouble.empty());
    }
}

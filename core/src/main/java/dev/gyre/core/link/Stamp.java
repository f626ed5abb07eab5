package dev.gyre.core.link;

/**
 * What the owner's world was when something was sent.
 *
 * @param epoch a run of the job between two recoveries, at least 0; what an epoch has lost is lost for good
 * @param version of the assignment, at least 0
 */
public record Stamp(long epoch, long version) {
    /** Before everything. */
    public static final Stamp ZERO = new Stamp(0, 0);

    /** Checks the ranges. */
    public Stamp {
        if (epoch < 0 || version < 0) {
            throw new IllegalArgumentException(
                    "a stamp of epoch " + epoch + " and version " + version + ": both must be at least 0");
        }
    }

    /** Whether this is too old for a receiver with that fence: either part is lower, unless the epoch is a later one. */
    public boolean isBehind(Stamp fence) {
        return epoch < fence.epoch || (epoch == fence.epoch && version < fence.version);
    }
}

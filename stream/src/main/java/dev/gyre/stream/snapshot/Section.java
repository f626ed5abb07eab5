package dev.gyre.stream.snapshot;

/**
 * What a piece of state belongs to, at any scale of the job.
 *
 * @param operator its name in the job
 * @param group the key group, or {@link #NO_GROUP} for state that belongs to no key
 */
public record Section(String operator, int group) {
    /** The group of state that belongs to no key. */
    public static final int NO_GROUP = -1;

    /** The highest number that a group may have. */
    public static final int MAX_GROUP = (1 << 16) - 1;

    /** Refuses numbers that no group has. */
    public Section {
        if (group < NO_GROUP || group > MAX_GROUP) {
            throw new IllegalArgumentException("a key group is from -1 to " + MAX_GROUP + ", not " + group);
        }
    }
}

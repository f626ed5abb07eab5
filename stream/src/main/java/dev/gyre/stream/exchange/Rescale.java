package dev.gyre.stream.exchange;

/**
 * A decision to change the workers: travels with every marker, so that whoever meets one knows all that it means.
 *
 * @param from in force before, F
 * @param to in force after, F′
 */
public record Rescale(Assignment from, Assignment to) {
    /** Which decision it is: the version of the new assignment. */
    public long version() {
        return to.version();
    }

    /** Whether a group goes from one worker to another. */
    public boolean moves(int group) {
        return from.owner(group) != to.owner(group);
    }
}

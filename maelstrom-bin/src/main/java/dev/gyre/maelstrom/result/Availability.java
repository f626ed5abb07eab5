package dev.gyre.maelstrom.result;

/**
 * How many operations must be served.
 *
 * @param okFractionMin the least fraction of operations, from 0 to 1; 1 is total availability
 */
public record Availability(double okFractionMin) {
    /** Rejects what is not a fraction. */
    public Availability {
        if (!(okFractionMin >= 0 && okFractionMin <= 1)) {
            throw new IllegalArgumentException("availability is a fraction from 0 to 1, not " + okFractionMin);
        }
    }
}

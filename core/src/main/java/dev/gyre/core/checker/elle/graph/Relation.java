package dev.gyre.core.checker.elle.graph;

/** Why one transaction comes before another (Adya, "Weak Consistency", §3; the last two are Elle's). */
public enum Relation {
    /** The later one overwrote what the earlier one wrote. */
    WW(1),
    /** The later one read what the earlier one wrote. */
    WR(2),
    /** The earlier one read what the later one overwrote. */
    RW(4),
    /** The same process finished the earlier one, then invoked the later one. */
    PROCESS(8),
    /** The earlier one had finished before the later one was invoked. */
    REALTIME(16);

    private final int bit;

    Relation(int bit) {
        this.bit = bit;
    }

    /** This relation as a set of one: a power of two. */
    int bit() {
        return bit;
    }

    /** A number for this relation, from 0 without gaps. */
    int index() {
        return Integer.numberOfTrailingZeros(bit);
    }

    /** Whether it says when transactions were, not what they did. */
    boolean isOrder() {
        return this == PROCESS || this == REALTIME;
    }

    /** The relation of a bit. */
    static Relation of(int bit) {
        return switch (bit) {
            case 1 -> WW;
            case 2 -> WR;
            case 4 -> RW;
            case 8 -> PROCESS;
            case 16 -> REALTIME;
            default -> throw new IllegalArgumentException("no relation has the bit " + bit);
        };
    }
}

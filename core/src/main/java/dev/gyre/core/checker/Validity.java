package dev.gyre.core.checker;

/** A verdict. The order is that of severity: of several verdicts, the worst is the largest. */
public enum Validity {
    /** Everything that was promised was kept. */
    VALID,
    /** The budget ran out, or too little was seen, before anything could be said. */
    UNKNOWN,
    /** A promise was broken, and there is a counterexample. */
    INVALID;

    /** The worse of two verdicts. */
    public Validity and(Validity other) {
        return compareTo(other) >= 0 ? this : other;
    }
}

package dev.gyre.stream.operator;

/**
 * A record that came too late, on its way from the operator that found it so to where late ones go.
 *
 * @param side the number of the input that it came by
 */
record Late(Object value, int side) {
    /** A late record of the only input. */
    Late(Object value) {
        this(value, 0);
    }
}

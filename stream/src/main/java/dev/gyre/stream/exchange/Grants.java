package dev.gyre.stream.exchange;

/** Is told when records of an input have been consumed, so that their sender may send as many more. */
@FunctionalInterface
public interface Grants {
    /** Gives credit back. */
    void consumed(int edge, int sender, int records);
}

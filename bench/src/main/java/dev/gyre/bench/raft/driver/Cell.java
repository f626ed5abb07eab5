package dev.gyre.bench.raft.driver;

import dev.gyre.bench.raft.Mode;

/**
 * What one row of the table measures.
 *
 * @param payload bytes of an operation, at least 8
 * @param outstanding operations that one client keeps under way
 */
record Cell(Mode mode, int payload, int outstanding) {
    @Override
    public String toString() {
        return mode + ", " + payload + " B, " + outstanding + " outstanding";
    }
}

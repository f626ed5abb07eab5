package dev.gyre.stream.operator;

import dev.gyre.stream.exchange.Item;
import dev.gyre.stream.exchange.Numbers;

/** Carries items from an outlet to the intakes of its edge, in order for each worker. */
@FunctionalInterface
public interface Transport {
    /** Sends an item to the edge's intake at a worker. */
    void send(int edge, int worker, Item item);

    /** See {@link Operator#reached}. */
    default long reached(int edge) {
        return Long.MAX_VALUE;
    }

    /** Columns to fill and send: empty, and nobody else's. */
    default Numbers numbers() {
        return new Numbers();
    }
}

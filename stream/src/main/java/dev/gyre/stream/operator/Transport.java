package dev.gyre.stream.operator;

import dev.gyre.stream.exchange.Item;

/** Carries items from an outlet to the intakes of its edge, in order for each worker. */
@FunctionalInterface
public interface Transport {
    /** Sends an item to the edge's intake at a worker. */
    void send(int edge, int worker, Item item);
}

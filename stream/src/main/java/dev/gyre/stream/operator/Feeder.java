package dev.gyre.stream.operator;

import dev.gyre.stream.exchange.Batch;

/** Gives the records of batches to a chain: the loop that a worker spends its life in. */
public interface Feeder {
    /** Gives each record to the first operator. */
    void feed(Batch batch);

    /** The loop. */
    final class Loop implements Feeder {
        private final Operator head;

        /** Feeds a chain. */
        public Loop(Operator head) {
            this.head = head;
        }

        @Override
        public void feed(Batch batch) {
            int size = batch.size();
            for (int i = 0; i < size; i++) {
                head.record(batch.keys[i], batch.hashes[i], batch.values[i], batch.times[i]);
            }
        }
    }
}

package dev.gyre.stream.operator;

import dev.gyre.stream.exchange.Batch;
import dev.gyre.stream.exchange.Numbers;
import dev.gyre.stream.exchange.Records;

/** Gives the records of batches to a chain: the loop that a worker spends its life in. */
public interface Feeder {
    /** Gives each record to the first operator. */
    void feed(Records records);

    /** The loop. */
    final class Loop implements Feeder {
        private final Operator head;

        /** Feeds a chain. */
        public Loop(Operator head) {
            this.head = head;
        }

        @Override
        public void feed(Records records) {
            switch (records) {
                case Batch batch -> feed(batch);
                case Numbers numbers -> head.numbers(numbers);
            }
        }

        private void feed(Batch batch) {
            int size = batch.size();
            for (int i = 0; i < size; i++) {
                head.record(batch.keys[i], batch.hashes[i], batch.values[i], batch.times[i]);
            }
        }
    }
}

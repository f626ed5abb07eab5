package dev.gyre.maelstrom.workload;

import java.util.BitSet;
import java.util.Optional;

/** Each worker does the same operation, once. */
final class OnceEach<I> implements Generator<I> {
    private final I input;
    private final BitSet done = new BitSet();

    OnceEach(I input) {
        this.input = input;
    }

    @Override
    public Optional<I> next(int worker) {
        if (done.get(worker)) {
            return Optional.empty();
        }
        done.set(worker);
        return Optional.of(input);
    }
}

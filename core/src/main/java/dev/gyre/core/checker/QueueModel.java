package dev.gyre.core.checker;

import dev.gyre.core.Outcome;
import dev.gyre.core.checker.QueueModel.Input;
import dev.gyre.core.checker.QueueModel.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A queue: first in, first out. At first it is empty.
 *
 * @param <V> what is queued; compared by {@code equals}
 */
public final class QueueModel<V> implements Model<List<V>, Input<V>, Output<V>> {
    /** What is asked of a queue. */
    public sealed interface Input<V> {}

    /** Put a value at the end. */
    public record Enqueue<V>(V value) implements Input<V> {}

    /** Take the value at the front. */
    public record Dequeue<V>() implements Input<V> {}

    /** What a queue answers. */
    public sealed interface Output<V> {}

    /** The value was put at the end. */
    public record Enqueued<V>() implements Output<V> {}

    /** This value was at the front, and was taken. */
    public record Dequeued<V>(V value) implements Output<V> {}

    /** There was nothing to take. */
    public record Empty<V>() implements Output<V> {}

    @Override
    public List<V> initial() {
        return List.of();
    }

    @Override
    public Optional<List<V>> step(List<V> state, Input<V> input, Outcome<Output<V>> outcome) {
        return switch (input) {
            case Enqueue<V>(V value) -> {
                var longer = new ArrayList<V>(state.size() + 1);
                longer.addAll(state);
                longer.add(value);
                yield Optional.of(List.copyOf(longer));
            }
            case Dequeue<V> dequeue -> dequeue(state, outcome);
        };
    }

    private static <V> Optional<List<V>> dequeue(List<V> state, Outcome<Output<V>> outcome) {
        if (state.isEmpty()) {
            return outcome instanceof Outcome.Unknown<Output<V>>
                            || outcome.equals(new Outcome.Ok<Output<V>>(new Empty<>()))
                    ? Optional.of(state)
                    : Optional.empty();
        }
        boolean fits = !(outcome instanceof Outcome.Ok<Output<V>>(Output<V> answer))
                || answer.equals(new Dequeued<>(state.getFirst()));
        return fits ? Optional.of(List.copyOf(state.subList(1, state.size()))) : Optional.empty();
    }

    @Override
    public String describe(Input<V> input, Outcome<Output<V>> outcome) {
        return switch (input) {
            case Enqueue<V>(V value) -> "enqueue " + value;
            case Dequeue<V> dequeue ->
                switch (outcome) {
                    case Outcome.Ok<Output<V>>(Dequeued<V>(V value)) -> "dequeue answered " + value;
                    case Outcome.Ok<Output<V>>(Empty<V> empty) -> "dequeue answered that the queue is empty";
                    default -> "dequeue";
                };
        };
    }

    @Override
    public int sizeBytes(List<V> state) {
        return 64 + Integer.BYTES * state.size();
    }
}

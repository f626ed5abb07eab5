package dev.gyre.core.checker;

import dev.gyre.core.Outcome;
import dev.gyre.core.checker.LogModel.Input;
import dev.gyre.core.checker.LogModel.Output;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A log that only grows at its end and is read by offset. Offsets count from 0 without gaps.
 *
 * @param <V> what is logged; compared by {@code equals}
 */
public final class LogModel<V> implements Model<LogModel.State<V>, Input<V>, Output<V>> {
    /** What is asked of a log. */
    public sealed interface Input<V> {}

    /** Put a value at the end. */
    public record Append<V>(V value) implements Input<V> {}

    /** What is at an offset? */
    public record Read<V>(long offset) implements Input<V> {}

    /** What a log answers. */
    public sealed interface Output<V> {}

    /** The value was put at this offset. */
    public record Appended<V>(long offset) implements Output<V> {}

    /** This value is at the offset. */
    public record Entry<V>(V value) implements Output<V> {}

    /** The log ends before the offset. */
    public record End<V>() implements Output<V> {}

    /**
     * A log, as its last value and the log before that: a search holds thousands of logs that differ only at their ends.
     */
    public static final class State<V> {
        private final @Nullable State<V> before;
        private final @Nullable V last;
        private final long size;
        private final int hash;

        private State() {
            before = null;
            last = null;
            size = 0;
            hash = 0;
        }

        private State(State<V> before, V last) {
            this.before = before;
            this.last = last;
            this.size = before.size + 1;
            this.hash = 31 * before.hash + last.hashCode();
        }

        private boolean holds(long offset, V value) {
            State<V> log = this;
            while (log != null && log.size > offset + 1) {
                log = log.before;
            }
            return log != null && log.size == offset + 1 && value.equals(log.last);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof State<?> log && size == log.size && hash == log.hash && sameValues(log);
        }

        /** Logs that share a part are the same there: no need to look. */
        @SuppressWarnings("ReferenceEquality")
        private boolean sameValues(State<?> other) {
            State<?> a = this;
            State<?> b = other;
            while (a != null && b != null && a != b) {
                if (a.last == null ? b.last != null : !a.last.equals(b.last)) {
                    return false;
                }
                a = a.before;
                b = b.before;
            }
            return true;
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public String toString() {
            return size == 0 ? "an empty log" : "a log of " + size + " that ends in " + last;
        }
    }

    @Override
    public State<V> initial() {
        return new State<>();
    }

    @Override
    public Optional<State<V>> step(State<V> state, Input<V> input, Outcome<Output<V>> outcome) {
        boolean fits = switch (outcome) {
            case Outcome.Ok<Output<V>>(Output<V> answer) -> fits(state, input, answer);
            case Outcome.Unknown<Output<V>> unknown -> true;
            case Outcome.Failed<Output<V>> failed -> false;
        };
        if (!fits) {
            return Optional.empty();
        }
        return Optional.of(input instanceof Append<V>(V value) ? new State<>(state, value) : state);
    }

    private static <V> boolean fits(State<V> state, Input<V> input, Output<V> answer) {
        return switch (input) {
            case Append<V> append -> answer.equals(new Appended<V>(state.size));
            case Read<V>(long offset) ->
                switch (answer) {
                    case Entry<V>(V value) -> state.holds(offset, value);
                    case End<V> end -> state.size <= offset;
                    case Appended<V> appended -> false;
                };
        };
    }

    @Override
    public boolean isReadOnly(Input<V> input) {
        return input instanceof Read<V>;
    }

    @Override
    public String describe(Input<V> input, Outcome<Output<V>> outcome) {
        String asked = switch (input) {
            case Append<V>(V value) -> "append " + value;
            case Read<V>(long offset) -> "read at " + offset;
        };
        return switch (outcome) {
            case Outcome.Ok<Output<V>>(Appended<V>(long offset)) -> asked + " answered offset " + offset;
            case Outcome.Ok<Output<V>>(Entry<V>(V value)) -> asked + " answered " + value;
            case Outcome.Ok<Output<V>>(End<V> end) -> asked + " answered that the log ends before";
            default -> asked;
        };
    }
}

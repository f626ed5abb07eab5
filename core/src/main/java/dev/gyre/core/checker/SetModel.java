package dev.gyre.core.checker;

import dev.gyre.core.Outcome;
import java.util.Arrays;
import java.util.Optional;

/**
 * A set that only grows and is read as a whole. Stricter than {@link SetFullChecker}: each read must show exactly what was
 * added before it. A state takes memory for each element, so this is for up to some thousand elements.
 */
public final class SetModel implements Model<SetModel.State, SetInput, SetOutput> {
    /** The elements, ascending and without repetitions. */
    public static final class State {
        private final long[] ascending;

        private State(long[] ascending) {
            this.ascending = ascending;
        }

        private State with(long element) {
            int place = Arrays.binarySearch(ascending, element);
            if (place >= 0) {
                return this;
            }
            int at = -place - 1;
            long[] more = Arrays.copyOf(ascending, ascending.length + 1);
            System.arraycopy(ascending, at, more, at + 1, ascending.length - at);
            more[at] = element;
            return new State(more);
        }

        private boolean holdsExactly(SetOutput.Elements elements) {
            if (elements.size() != ascending.length) {
                return false;
            }
            long[] answer = new long[elements.size()];
            Arrays.setAll(answer, elements::get);
            Arrays.sort(answer);
            return Arrays.equals(answer, ascending);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof State state && Arrays.equals(ascending, state.ascending);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(ascending);
        }

        @Override
        public String toString() {
            return Arrays.toString(ascending);
        }
    }

    @Override
    public State initial() {
        return new State(new long[0]);
    }

    @Override
    public Optional<State> step(State state, SetInput input, Outcome<SetOutput> outcome) {
        return switch (input) {
            case SetInput.Add(long element) -> Optional.of(state.with(element));
            case SetInput.Read read ->
                outcome instanceof Outcome.Ok<SetOutput>(SetOutput.Elements elements) && state.holdsExactly(elements)
                        ? Optional.of(state)
                        : Optional.empty();
        };
    }

    @Override
    public boolean isReadOnly(SetInput input) {
        return input instanceof SetInput.Read;
    }

    @Override
    public String describe(SetInput input, Outcome<SetOutput> outcome) {
        return switch (input) {
            case SetInput.Add(long element) -> "add " + element;
            case SetInput.Read read ->
                outcome instanceof Outcome.Ok<SetOutput>(SetOutput answer) ? "read answered " + answer : "read";
        };
    }

    @Override
    public int sizeBytes(State state) {
        return 64 + Long.BYTES * state.ascending.length;
    }
}

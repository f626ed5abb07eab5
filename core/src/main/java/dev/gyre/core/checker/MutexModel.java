package dev.gyre.core.checker;

import dev.gyre.core.Outcome;
import dev.gyre.core.checker.MutexModel.Input;
import dev.gyre.core.checker.MutexModel.State;
import java.util.Optional;

/** A lock that at most one holder has at a time, and that only its holder gives back. At first it is free. */
public final class MutexModel implements Model<State, Input, MutexModel.Done> {
    /** What is asked of a lock. */
    public sealed interface Input {}

    /** Give me the lock. Ok when it was given; a lock that is taken fails, or leaves it open. */
    public record Acquire(long holder) implements Input {}

    /** Take the lock back. */
    public record Release(long holder) implements Input {}

    /** It was done. */
    public record Done() {}

    /** What a lock can be. */
    public sealed interface State {}

    /** Nobody has the lock. */
    public record Free() implements State {}

    /** Somebody has the lock. */
    public record Held(long holder) implements State {}

    @Override
    public State initial() {
        return new Free();
    }

    @Override
    public Optional<State> step(State state, Input input, Outcome<Done> outcome) {
        return switch (input) {
            case Acquire(long holder) -> state instanceof Free ? Optional.of(new Held(holder)) : Optional.empty();
            case Release(long holder) -> state.equals(new Held(holder)) ? Optional.of(new Free()) : Optional.empty();
        };
    }

    @Override
    public String describe(State state) {
        return switch (state) {
            case Free free -> "free";
            case Held(long holder) -> "held by " + holder;
        };
    }

    @Override
    public String describe(Input input, Outcome<Done> outcome) {
        return switch (input) {
            case Acquire(long holder) -> "acquire by " + holder;
            case Release(long holder) -> "release by " + holder;
        };
    }
}

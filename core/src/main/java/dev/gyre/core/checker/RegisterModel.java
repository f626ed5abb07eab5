package dev.gyre.core.checker;

import dev.gyre.core.Outcome;
import dev.gyre.core.checker.RegisterModel.Input;
import dev.gyre.core.checker.RegisterModel.Output;
import dev.gyre.core.checker.RegisterModel.State;
import java.util.Optional;

/**
 * A cell that is read, written, and compared and set (Maelstrom's lin-kv, for one key). A history without {@link Cas} is
 * one of a plain register. Before the first write the cell is absent.
 *
 * @param <V> what it holds; compared by {@code equals}
 */
public final class RegisterModel<V> implements Model<State<V>, Input<V>, Output<V>> {
    /** What is asked of a register. */
    public sealed interface Input<V> {}

    /** What is the value? */
    public record Read<V>() implements Input<V> {}

    /** Replace the value, whatever it is. */
    public record Write<V>(V value) implements Input<V> {}

    /** Replace the value if it is {@code from}; otherwise fail. */
    public record Cas<V>(V from, V to) implements Input<V> {}

    /** What a register answers. */
    public sealed interface Output<V> {}

    /** The value was replaced. */
    public record Done<V>() implements Output<V> {}

    /** What a register can be: the answer of a read, too. */
    public sealed interface State<V> extends Output<V> {}

    /** The register holds a value. */
    public record Value<V>(V value) implements State<V> {}

    /** The register was never written. Maelstrom answers such a read with an error, which makes it a failed one. */
    public record Absent<V>() implements State<V> {}

    @Override
    public State<V> initial() {
        return new Absent<>();
    }

    @Override
    public Optional<State<V>> step(State<V> state, Input<V> input, Outcome<Output<V>> outcome) {
        return switch (input) {
            case Read<V> read ->
                outcome instanceof Outcome.Ok<Output<V>>(Output<V> answer) && answer.equals(state)
                        ? Optional.of(state)
                        : Optional.empty();
            case Write<V>(V value) -> Optional.of(new Value<>(value));
            case Cas<V>(V from, V to) ->
                state.equals(new Value<>(from)) ? Optional.of(new Value<>(to)) : Optional.empty();
        };
    }

    @Override
    public boolean isReadOnly(Input<V> input) {
        return input instanceof Read<V>;
    }

    @Override
    public String describe(State<V> state) {
        return switch (state) {
            case Value<V>(V value) -> String.valueOf(value);
            case Absent<V> absent -> "absent";
        };
    }

    @Override
    public String describe(Input<V> input, Outcome<Output<V>> outcome) {
        return switch (input) {
            case Read<V> read ->
                outcome instanceof Outcome.Ok<Output<V>>(State<V> answer)
                        ? "read answered " + describe(answer)
                        : "read";
            case Write<V>(V value) -> "write " + value;
            case Cas<V>(V from, V to) -> "cas " + from + " to " + to;
        };
    }
}

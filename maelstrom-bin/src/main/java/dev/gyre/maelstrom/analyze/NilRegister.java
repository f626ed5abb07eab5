package dev.gyre.maelstrom.analyze;

import dev.gyre.core.Outcome;
import dev.gyre.core.checker.Model;
import dev.gyre.core.checker.RegisterModel;
import dev.gyre.core.checker.RegisterModel.Absent;
import dev.gyre.core.checker.RegisterModel.Cas;
import dev.gyre.core.checker.RegisterModel.Input;
import dev.gyre.core.checker.RegisterModel.Output;
import dev.gyre.core.checker.RegisterModel.State;
import dev.gyre.core.checker.RegisterModel.Value;
import dev.gyre.core.checker.RegisterModel.Write;
import java.util.Optional;

/** Jepsen's register: as core's, but absent is {@code nil}, a value that can be written and compared with. Values are EDN. */
final class NilRegister implements Model<State<String>, Input<String>, Output<String>> {
    private static final String NIL = "nil";

    private final RegisterModel<String> register = new RegisterModel<>();

    /** The state of a register that holds a value. */
    static State<String> holding(String value) {
        return value.equals(NIL) ? new Absent<>() : new Value<>(value);
    }

    @Override
    public State<String> initial() {
        return register.initial();
    }

    @Override
    public Optional<State<String>> step(State<String> state, Input<String> input, Outcome<Output<String>> outcome) {
        return switch (input) {
            case Write<String>(String value) -> Optional.of(holding(value));
            case Cas<String>(String from, String to) ->
                state.equals(holding(from)) ? Optional.of(holding(to)) : Optional.empty();
            default -> register.step(state, input, outcome);
        };
    }

    @Override
    public boolean isReadOnly(Input<String> input) {
        return register.isReadOnly(input);
    }

    @Override
    public String describe(State<String> state) {
        return state instanceof Absent ? NIL : register.describe(state);
    }

    @Override
    public String describe(Input<String> input, Outcome<Output<String>> outcome) {
        return outcome instanceof Outcome.Ok<Output<String>>(State<String> answer)
                ? "read answered " + describe(answer)
                : register.describe(input, outcome);
    }
}

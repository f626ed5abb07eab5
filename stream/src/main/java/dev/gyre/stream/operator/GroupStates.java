package dev.gyre.stream.operator;

import dev.gyre.stream.codec.BytesIn;
import dev.gyre.stream.codec.BytesOut;
import dev.gyre.stream.codec.Types;
import dev.gyre.stream.codec.ValueReader;
import dev.gyre.stream.codec.ValueWriter;
import java.util.Objects;
import java.util.Optional;

/** The state of one key group of one operator as bytes, and back. */
public final class GroupStates {
    private GroupStates() {}

    /**
     * The bytes of a group that is here; absent when there is nothing to keep.
     *
     * @throws IllegalArgumentException when something in it is not among the types: names its class, and says what to do
     */
    @SuppressWarnings("unchecked") // it was released by the same operator
    public static <G> Optional<byte[]> write(GroupedOperator<G> operator, int group, Types types) {
        var state = operator.release(group);
        if (state.isEmpty()) {
            operator.open(group);
            return Optional.empty();
        }
        operator.adopt(group, state.get());
        var out = new BytesOut();
        operator.write((G) state.get(), new ValueWriter(types, out, "\"" + operator.name() + "\""));
        return Optional.of(out.toBytes());
    }

    /** Makes a group, which is not here, what it was when it was written. */
    public static <G> void read(GroupedOperator<G> operator, int group, Optional<byte[]> bytes, Types types) {
        if (bytes.isEmpty()) {
            operator.open(group);
            return;
        }
        var in = new BytesIn(bytes.get(), "group " + group + " of \"" + operator.name() + "\"");
        operator.adopt(group, operator.read(new ValueReader(types, in)));
        in.end();
    }

    /**
     * Writes a state that an operator has {@linkplain GroupedOperator#release released}, as a snapshot has it.
     *
     * @param operator the same one, in any worker
     * @throws IllegalArgumentException when something in it is not among the types: names its class, and says what to do
     */
    @SuppressWarnings("unchecked") // it was released by the same operator
    public static <G> void write(GroupedOperator<G> operator, Object state, ValueWriter out) {
        operator.write((G) state, out);
    }

    /**
     * Reads a state for an operator to {@linkplain GroupedOperator#adopt adopt}.
     *
     * @param operator the same one, in any worker
     * @throws RuntimeException of any kind when it is none: it may come from anywhere
     */
    public static <G> Object read(GroupedOperator<G> operator, ValueReader in) {
        return Objects.requireNonNull(operator.read(in));
    }
}

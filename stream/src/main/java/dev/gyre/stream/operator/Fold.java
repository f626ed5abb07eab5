package dev.gyre.stream.operator;

import dev.gyre.stream.codec.ValueReader;
import dev.gyre.stream.codec.ValueWriter;
import java.util.Optional;
import java.util.function.BiFunction;

/** One value a key, which each record changes, and which goes on. */
public final class Fold extends GroupedOperator<GroupTable> {
    private final Object initial;
    private final BiFunction<Object, Object, Object> function;

    /**
     * A fold.
     *
     * @param initial the value of a key of which there was no record
     * @param function makes the new value of the old one and a record's
     */
    public Fold(String name, int groups, Object initial, BiFunction<Object, Object, Object> function, Operator next) {
        super(name, groups, next);
        this.initial = initial;
        this.function = function;
    }

    @Override
    public void record(Object key, int hash, Object value, long time) {
        var table = own(hash);
        int place = table.find(key, hash);
        Object folded;
        if (place >= 0) {
            folded = function.apply(table.value(place), value);
            table.set(place, folded);
        } else {
            folded = function.apply(initial, value);
            table.add(place, key, hash, folded);
        }
        next.record(key, hash, folded, time);
    }

    @Override
    protected GroupTable create() {
        return new GroupTable();
    }

    @Override
    protected boolean isEmpty(GroupTable state) {
        return state.size() == 0;
    }

    @Override
    protected void write(GroupTable state, ValueWriter out) {
        state.write(out);
    }

    @Override
    protected Optional<GroupTable> freeze(GroupTable state) {
        return state.freeze();
    }

    @Override
    protected GroupTable read(ValueReader in) {
        return GroupTable.read(in);
    }
}

package dev.gyre.stream.operator;

import dev.gyre.stream.codec.ValueReader;
import dev.gyre.stream.codec.ValueWriter;
import java.util.Optional;
import java.util.function.LongBinaryOperator;

/** {@link Fold} of numbers by keys that are numbers. */
public final class NumberFold extends GroupedOperator<NumberTable> {
    private final long initial;
    private final LongBinaryOperator function;

    /**
     * A fold.
     *
     * @param initial the value of a key of which there was no record
     * @param function makes the new value of the old one and a record's
     */
    public NumberFold(String name, int groups, long initial, LongBinaryOperator function, Operator next) {
        super(name, groups, next);
        this.initial = initial;
        this.function = function;
    }

    @Override
    public void number(long key, int hash, long value, long time) {
        var table = own(hash);
        int cell = table.cell(key, hash);
        long folded = function.applyAsLong(table.get(cell), value);
        table.set(cell, folded);
        next.number(key, hash, folded, time);
    }

    /** Records that waited for a hand-over come as objects. */
    @Override
    public void record(Object key, int hash, Object value, long time) {
        number((Long) key, hash, (Long) value, time);
    }

    @Override
    protected NumberTable create() {
        return new NumberTable(initial);
    }

    @Override
    protected boolean isEmpty(NumberTable state) {
        return state.size() == 0;
    }

    @Override
    protected void write(NumberTable state, ValueWriter out) {
        state.write(out);
    }

    @Override
    protected Optional<NumberTable> freeze(NumberTable state) {
        return Optional.of(new NumberTable(state));
    }

    @Override
    protected NumberTable read(ValueReader in) {
        return NumberTable.read(initial, in);
    }
}

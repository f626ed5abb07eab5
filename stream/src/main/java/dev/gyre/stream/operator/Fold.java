package dev.gyre.stream.operator;

import dev.gyre.stream.codec.ValueReader;
import dev.gyre.stream.codec.ValueWriter;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * One value a key, which each record changes, and which goes on.
 *
 * <p>Where keys and values are of {@link Long}, a group has a {@link NumberTable}: the last value as an object would have to be fetched from where it was made, which takes longer
 * than all else that is done for a record. What is none of these has its group kept as objects from then on.
 */
public final class Fold extends GroupedOperator<Table> {
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
        if (awake(hash) instanceof NumberTable numbers && key instanceof Long number) {
            int cell = numbers.find(number, hash);
            if (cell != NumberTable.NONE) {
                var folded = function.apply(numbers.get(cell), value);
                if (folded instanceof Long sum) {
                    numbers.set(cell, sum);
                    // Its own way to the end: where ways meet a number has to be an object.
                    next.record(key, hash, folded, time);
                    return;
                }
                keep(numbers, key, hash, folded);
                next.record(key, hash, folded, time);
                return;
            }
        }
        next.record(key, hash, fold(own(hash), key, hash, value), time);
    }

    private Object fold(Table table, Object key, int hash, Object value) {
        if (table instanceof GroupTable objects) {
            int place = objects.find(key, hash);
            if (place >= 0) {
                var folded = function.apply(objects.value(place), value);
                objects.set(place, folded);
                return folded;
            }
        }
        var known = table.get(key, hash);
        var folded = function.apply(known == null ? initial : known, value);
        keep(table, key, hash, folded);
        return folded;
    }

    @SuppressWarnings("ReferenceEquality") // it is this table or another
    private void keep(Table table, Object key, int hash, Object folded) {
        var kept = table.put(key, hash, folded);
        if (kept != table) {
            replace(hash, kept);
        }
    }

    @Override
    protected Table create() {
        return initial instanceof Long number ? new NumberTable(number) : new GroupTable();
    }

    @Override
    protected boolean isEmpty(Table state) {
        return state.size() == 0;
    }

    @Override
    protected void write(Table state, ValueWriter out) {
        state.write(out);
    }

    @Override
    protected Optional<? extends Table> freeze(Table state) {
        return state.freeze();
    }

    @Override
    protected Table read(ValueReader in) {
        return Table.read(create(), in);
    }
}

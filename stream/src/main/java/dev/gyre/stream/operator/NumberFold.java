package dev.gyre.stream.operator;

import dev.gyre.stream.codec.ValueReader;
import dev.gyre.stream.codec.ValueWriter;
import dev.gyre.stream.exchange.KeyHash;
import dev.gyre.stream.exchange.Numbers;
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

    /** The sums take the place of the numbers, and are given on with them. */
    @Override
    public void numbers(Numbers numbers) {
        long[] cells = numbers.cells;
        int end = numbers.end();
        int i = foldKnown(cells, 0, end);
        while (i < end) {
            cells[i + Numbers.VALUE] = fold(cells[i], KeyHash.of(cells[i]), cells[i + Numbers.VALUE]);
            i = foldKnown(cells, i + Numbers.WIDTH, end);
        }
        next.numbers(numbers);
    }

    /**
     * Goes on to the first record whose group rests or whose key is not known. A loop that calls nothing: around a call, even one that is hardly ever made, a compiler keeps
     * what the loop needs in memory.
     *
     * @return where that record is, or the end
     */
    private int foldKnown(long[] cells, int from, int end) {
        for (int i = from; i < end; i += Numbers.WIDTH) {
            long key = cells[i];
            int hash = KeyHash.of(key);
            var table = awake(hash);
            if (table == null) {
                return i;
            }
            int cell = table.find(key, hash);
            if (cell == NumberTable.NONE) {
                return i;
            }
            long folded = function.applyAsLong(table.get(cell), cells[i + Numbers.VALUE]);
            table.set(cell, folded);
            cells[i + Numbers.VALUE] = folded;
        }
        return end;
    }

    private long fold(long key, int hash, long value) {
        var table = own(hash);
        int cell = table.cell(key, hash);
        long folded = function.applyAsLong(table.get(cell), value);
        table.set(cell, folded);
        return folded;
    }

    /** Records that waited for a hand-over come as objects. */
    @Override
    public void record(Object key, int hash, Object value, long time) {
        next.record(key, hash, fold((Long) key, hash, (Long) value), time);
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
        return state.freeze();
    }

    @Override
    protected NumberTable read(ValueReader in) {
        if (Table.read(create(), in) instanceof NumberTable numbers) {
            return numbers;
        }
        throw new IllegalArgumentException(
                "\"" + name()
                        + "\" cannot go on from this snapshot: there its keys or values are no numbers. Give the state another name, or use keyBy instead of numbersBy");
    }
}

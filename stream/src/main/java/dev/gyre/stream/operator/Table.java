package dev.gyre.stream.operator;

import dev.gyre.stream.codec.ValueReader;
import dev.gyre.stream.codec.ValueWriter;
import dev.gyre.stream.exchange.KeyHash;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The values of one key group's keys, kept in the way that suits them. However they are kept, they are written alike. */
sealed interface Table permits GroupTable, NumberTable {
    /** How many keys there are. */
    int size();

    /** The value of a key; null if there is none. */
    @Nullable Object get(Object key, int hash);

    /**
     * Sets the value of a key.
     *
     * @return the table that has it: this one, or one of all that was here if this one cannot take it
     */
    Table put(Object key, int hash, Object value);

    /** Writes how many keys there are, and each with its value. */
    void write(ValueWriter out);

    /** A copy to be written, and for nothing else; absent where that cannot be had for much less than writing it. */
    Optional<? extends Table> freeze();

    /**
     * Puts what was {@linkplain #write written} into a table.
     *
     * @return the table that has it, as of {@link #put}
     */
    static Table read(Table empty, ValueReader in) {
        var table = empty;
        long count = (Long) Objects.requireNonNull(in.read());
        for (long i = 0; i < count; i++) {
            var key = Objects.requireNonNull(in.read());
            table = table.put(key, KeyHash.of(key), Objects.requireNonNull(in.read()));
        }
        return table;
    }
}

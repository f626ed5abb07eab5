package dev.gyre.stream.operator;

import dev.gyre.stream.codec.Unchanging;
import dev.gyre.stream.codec.ValueReader;
import dev.gyre.stream.codec.ValueWriter;
import dev.gyre.stream.exchange.KeyHash;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The states of one key group's keys: a hash table with linear probing. It is given the hash that routed the record, whose upper bits chose the group; the
 * lower ones choose the place, so a record is hashed once in its life.
 *
 * <p>A table of our own, as this is where the time of a keyed job goes: one place for key, hash and value, no entry objects, and a found place can be
 * written again without a second search.
 */
final class GroupTable {
    /** Most groups have few keys: 1,024 groups and ten thousand keys make ten a group. */
    private static final int FIRST_CAPACITY = 8;

    private static final Object[] NOTHING = new Object[1];
    private static final int[] NO_HASH = new int[1];

    private Object[] keys = NOTHING;
    private Object[] values = NOTHING;
    private int[] hashes = NO_HASH;
    private int size;
    /** Of the value that was put here last: most are of one. */
    private Class<?> lastClass = Void.class;
    /** Whether a value was put here that is not {@link Unchanging}. */
    private boolean mayChange;

    int size() {
        return size;
    }

    /** The place of a key; if it is not here, {@code -1 - place} where it would be. */
    @SuppressWarnings("ReferenceEquality") // the same object is equal, and often it is the same
    int find(Object key, int hash) {
        int mask = keys.length - 1;
        int place = hash & mask;
        while (true) {
            var there = keys[place];
            if (there == null) {
                return -1 - place;
            }
            if (hashes[place] == hash && (there == key || there.equals(key))) {
                return place;
            }
            place = (place + 1) & mask;
        }
    }

    /** How many places there are; most are free. */
    int capacity() {
        return keys.length;
    }

    /** The key at a place; null when it is free. */
    @Nullable Object keyAt(int place) {
        return keys[place];
    }

    /** The hash of the key at a place. */
    int hashAt(int place) {
        return hashes[place];
    }

    /** The value at a place where {@link #find} has found a key. */
    Object value(int place) {
        return values[place];
    }

    /** Replaces the value at a place where {@link #find} has found a key. */
    void set(int place, Object value) {
        values[place] = value;
        look(value);
    }

    /** Looks at a value while it is at hand: later it would have to be fetched from memory for that alone. */
    private void look(Object value) {
        if (value.getClass() != lastClass) {
            lastClass = value.getClass();
            mayChange |= !Unchanging.is(lastClass);
        }
    }

    /** Adds a key that {@link #find} has not found. Returns its place. */
    int add(int missing, Object key, int hash, Object value) {
        int place = -1 - missing;
        if ((size + 1) * 2 > keys.length) {
            grow();
            place = -1 - find(key, hash);
        }
        keys[place] = key;
        hashes[place] = hash;
        values[place] = value;
        look(value);
        size++;
        return place;
    }

    private void grow() {
        var oldKeys = keys;
        var oldValues = values;
        var oldHashes = hashes;
        int capacity = Math.max(FIRST_CAPACITY, oldKeys.length * 2);
        keys = new Object[capacity];
        values = new Object[capacity];
        hashes = new int[capacity];
        int mask = keys.length - 1;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != null) {
                int place = oldHashes[i] & mask;
                while (keys[place] != null) {
                    place = (place + 1) & mask;
                }
                keys[place] = oldKeys[i];
                values[place] = oldValues[i];
                hashes[place] = oldHashes[i];
            }
        }
    }

    /** Removes the key at a place; others move up, so that no search ends too early. */
    @SuppressWarnings("NullAway") // a free place is null
    void remove(int place) {
        int mask = keys.length - 1;
        int free = place;
        int at = place;
        while (true) {
            at = (at + 1) & mask;
            if (keys[at] == null) {
                break;
            }
            int home = hashes[at] & mask;
            if (((at - home) & mask) >= ((at - free) & mask)) {
                keys[free] = keys[at];
                values[free] = values[at];
                hashes[free] = hashes[at];
                free = at;
            }
        }
        keys[free] = null;
        values[free] = null;
        size--;
    }

    /** Shows all keys and values, in an order that depends on their history alone. */
    void forEach(BiConsumer<Object, Object> action) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != null) {
                action.accept(keys[i], values[i]);
            }
        }
    }

    /** Is shown a key with its hash, and its value. */
    @FunctionalInterface
    interface Hashed {
        void accept(Object key, int hash, Object value);
    }

    /** Shows all keys with their hashes and values, in an order that depends on their history alone. */
    void forEachHashed(Hashed action) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != null) {
                action.accept(keys[i], hashes[i], values[i]);
            }
        }
    }

    /** A copy to be written, and for nothing else, that shares keys and values; absent if one of the values may be of those that change. */
    Optional<GroupTable> freeze() {
        if (mayChange) {
            return Optional.empty();
        }
        var copy = new GroupTable();
        copy.keys = keys.clone();
        copy.values = values.clone();
        copy.size = size;
        return Optional.of(copy);
    }

    /** Writes all keys and values. */
    void write(ValueWriter out) {
        write(out, UnaryOperator.identity());
    }

    /** Writes all keys, and of each value what is made of it. */
    void write(ValueWriter out, UnaryOperator<Object> shown) {
        out.write((long) size);
        forEach((key, value) -> {
            out.write(key);
            out.write(shown.apply(value));
        });
    }

    /** Reads what was written. */
    static GroupTable read(ValueReader in) {
        return read(in, UnaryOperator.identity());
    }

    /** Reads what was written, and makes the values of that. */
    static GroupTable read(ValueReader in, UnaryOperator<Object> made) {
        var table = new GroupTable();
        long count = (Long) Objects.requireNonNull(in.read());
        for (long i = 0; i < count; i++) {
            var key = Objects.requireNonNull(in.read());
            int hash = KeyHash.of(key);
            table.add(table.find(key, hash), key, hash, made.apply(Objects.requireNonNull(in.read())));
        }
        return table;
    }
}

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
 * written again without a second search. Keys that are of {@link Long} are kept as numbers, as long as all are: then no key is fetched from elsewhere in memory to be compared,
 * none is kept alive, and a garbage collector has half as many references to look at.
 */
final class GroupTable implements Table {
    /** Most groups have few keys: 1,024 groups and ten thousand keys make ten a group. */
    private static final int FIRST_CAPACITY = 8;

    private static final Object[] NOTHING = new Object[1];
    private static final int[] NO_HASH = new int[1];
    private static final long[] NO_NUMBER = new long[1];

    /** Keys, if all are numbers. Where a place is free is told by its value alone. */
    private long[] numbers = NO_NUMBER;
    /** Keys, if there are others. */
    private Object[] keys = NOTHING;
    /** Of these. */
    private int[] hashes = NO_HASH;
    /** Null where a place is free. */
    private Object[] values = NOTHING;

    private boolean hasObjects;
    private int size;
    /** Steps of a search, for the place of a new key, that are to be told of. */
    private int tellAt = Collisions.FIRST;
    /** Of the value that was put here last: most are of one. */
    private Class<?> lastClass = Void.class;
    /** Whether a value was put here that is not {@link Unchanging}. */
    private boolean mayChange;

    @Override
    public int size() {
        return size;
    }

    /** The place of a key; if it is not here, a negative number that {@link #add} knows what to do with. */
    int find(Object key, int hash) {
        if (hasObjects) {
            return findObject(key, hash);
        }
        return key instanceof Long number ? findNumber(number, hash) : -1;
    }

    private int findNumber(long key, int hash) {
        int mask = numbers.length - 1;
        int place = hash & mask;
        while (true) {
            long there = numbers[place];
            if (there == key && (key != 0 || values[place] != null)) {
                return place;
            }
            if (there == 0 && values[place] == null) {
                return -1 - place;
            }
            place = (place + 1) & mask;
        }
    }

    @SuppressWarnings("ReferenceEquality") // the same object is equal, and often it is the same
    private int findObject(Object key, int hash) {
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
        return values.length;
    }

    /** Whether there is a key at a place. */
    boolean isTaken(int place) {
        return values[place] != null;
    }

    /** The key at a place that is taken. */
    Object keyAt(int place) {
        return hasObjects ? keys[place] : (Object) numbers[place];
    }

    /** The hash of the key at a place that is taken. */
    int hashAt(int place) {
        return hasObjects ? hashes[place] : KeyHash.of(numbers[place]);
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

    @Override
    public @Nullable Object get(Object key, int hash) {
        int place = find(key, hash);
        return place >= 0 ? values[place] : null;
    }

    @Override
    public Table put(Object key, int hash, Object value) {
        int place = find(key, hash);
        if (place >= 0) {
            set(place, value);
        } else {
            add(place, key, hash, value);
        }
        return this;
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
        boolean isOther = !hasObjects && !(key instanceof Long);
        boolean isFull = (size + 1) * 2 > values.length;
        if (isOther || isFull) {
            resize(isFull ? Math.max(FIRST_CAPACITY, values.length * 2) : values.length, hasObjects || isOther);
            place = free(hash);
        }
        put(place, key, hash, value);
        look(value);
        size++;
        int steps = (place - hash) & (values.length - 1);
        if (steps >= tellAt) {
            tellAt = Collisions.tell(steps, size, key);
        }
        return place;
    }

    private int free(int hash) {
        int mask = values.length - 1;
        int place = hash & mask;
        while (values[place] != null) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void put(int place, Object key, int hash, Object value) {
        if (hasObjects) {
            keys[place] = key;
            hashes[place] = hash;
        } else {
            numbers[place] = (Long) key;
        }
        values[place] = value;
    }

    private void resize(int capacity, boolean toObjects) {
        var old = new GroupTable();
        old.take(this);
        numbers = toObjects ? NO_NUMBER : new long[capacity];
        keys = toObjects ? new Object[capacity] : NOTHING;
        hashes = toObjects ? new int[capacity] : NO_HASH;
        values = new Object[capacity];
        hasObjects = toObjects;
        old.forEachHashed((key, hash, value) -> put(free(hash), key, hash, value));
    }

    private void take(GroupTable other) {
        numbers = other.numbers;
        keys = other.keys;
        hashes = other.hashes;
        values = other.values;
        hasObjects = other.hasObjects;
        size = other.size;
    }

    /** Removes the key at a place; others move up, so that no search ends too early. */
    @SuppressWarnings("NullAway") // a free place is null
    void remove(int place) {
        int mask = values.length - 1;
        int free = place;
        int at = place;
        while (true) {
            at = (at + 1) & mask;
            if (values[at] == null) {
                break;
            }
            int home = hashAt(at) & mask;
            if (((at - home) & mask) >= ((at - free) & mask)) {
                put(free, keyAt(at), hashAt(at), values[at]);
                free = at;
            }
        }
        if (hasObjects) {
            keys[free] = null;
        } else {
            numbers[free] = 0;
        }
        values[free] = null;
        size--;
    }

    /** Shows all keys and values, in an order that depends on their history alone. */
    void forEach(BiConsumer<Object, Object> action) {
        forEachHashed((key, hash, value) -> action.accept(key, value));
    }

    /** Is shown a key with its hash, and its value. */
    @FunctionalInterface
    interface Hashed {
        void accept(Object key, int hash, Object value);
    }

    /** Shows all keys with their hashes and values, in an order that depends on their history alone. */
    void forEachHashed(Hashed action) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) {
                action.accept(keyAt(i), hashAt(i), values[i]);
            }
        }
    }

    @Override
    public Optional<GroupTable> freeze() {
        if (mayChange) {
            return Optional.empty();
        }
        var copy = new GroupTable();
        copy.take(this);
        copy.numbers = numbers.clone();
        copy.keys = keys.clone();
        copy.values = values.clone();
        return Optional.of(copy);
    }

    @Override
    public void write(ValueWriter out) {
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

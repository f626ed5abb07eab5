package dev.gyre.stream.codec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The types that the keys, values and states of a job may have: a closed set, the same in all processes of the job. Immutable, for any thread.
 *
 * <p>Known to all jobs are null, {@code Boolean}, {@code Byte}, {@code Short}, {@code Integer}, {@code Long}, {@code Float}, {@code Double}, {@code
 * Character}, {@code String}, {@code byte[]}, {@code long[]}, {@code BigInteger}, {@code BigDecimal}, {@code UUID}, {@code Instant}, {@code
 * Duration}, {@code LocalDate}, {@code Optional}, and the usual lists, maps, sets and entries of maps of the JDK. A list comes back as an {@code
 * ArrayList}, a map as a {@code LinkedHashMap} or, if it is sorted by the keys' own order, as a {@code TreeMap}, a set likewise: what is read may
 * be changed, as a state must be.
 *
 * <p>All others are added: {@linkplain #with(Class...) records, enums and sealed interfaces of these}, and {@linkplain #with(Class, Codec) classes
 * with a codec}. Each has a name on the wire, and nothing is ever looked for by that name but among the registered ones.
 *
 * <p><b>Change.</b> Snapshots outlive versions of a job. Constants of an enum may be added and reordered. A record may get more components at its
 * end if they are {@code Optional} or marked {@code Nullable}; older ones are then read without them. All else is refused with both forms named.
 */
public final class Types {
    private static final Types BUILT_IN = new Types(new LinkedHashMap<>(), new TreeMap<>());

    private final Map<Class<?>, Form> byClass;
    private final Map<String, Form> byName;

    Types(Map<Class<?>, Form> byClass, Map<String, Form> byName) {
        this.byClass = byClass;
        this.byName = byName;
    }

    /** The types that every job knows, and no others. */
    public static Types builtIn() {
        return BUILT_IN;
    }

    /**
     * These types and more: records, enums, and sealed interfaces, which stand for all that they permit. What the components of a record are declared
     * to be is added too. The name of each is the simple name of its class.
     *
     * @throws IllegalArgumentException when one is of another kind, a record holds what cannot be written, or two have one name: says what to do
     */
    public Types with(Class<?>... types) {
        var registry = new Registry(byClass, byName);
        for (var type : types) {
            registry.add(type, null);
        }
        return registry.types();
    }

    /**
     * These types and a record or an enum under a name that stays, wherever the class goes.
     *
     * @param name 1 to 200 characters that no other type has
     * @throws IllegalArgumentException as {@link #with(Class...)}
     */
    public Types with(String name, Class<?> type) {
        var registry = new Registry(byClass, byName);
        registry.add(type, name);
        return registry.types();
    }

    /**
     * These types and a class with a codec of its own, under its simple name. Values of its subclasses are not meant.
     *
     * @throws IllegalArgumentException when the class is abstract or registered, or its name is taken
     */
    public <T> Types with(Class<T> type, Codec<T> codec) {
        return with(type.getSimpleName(), type, codec);
    }

    /**
     * These types and a class with a codec of its own, under a name.
     *
     * @param name 1 to 200 characters that no other type has
     * @throws IllegalArgumentException when the class is abstract or registered, or the name is taken
     */
    @SuppressWarnings("unchecked") // it is used for values of this class alone
    public <T> Types with(String name, Class<T> type, Codec<T> codec) {
        var registry = new Registry(byClass, byName);
        registry.add(type, name, (Codec<Object>) codec);
        return registry.types();
    }

    /** How many types are registered. */
    public int registered() {
        return byName.size();
    }

    @Nullable Form form(Class<?> type) {
        return byClass.get(type);
    }

    Optional<Form> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    String names() {
        return byName.isEmpty() ? "none is" : String.join(", ", byName.keySet()) + " are";
    }

    /** Whether values of exactly this class can be written. What a collection holds is not looked at. */
    public boolean has(Class<?> type) {
        return byClass.containsKey(type) || BuiltIns.has(type);
    }

    /** What is wrong with a value whose class is not among the types. */
    static IllegalArgumentException unknown(Class<?> type, String where) {
        boolean isPlain = type.isRecord() || type.isEnum();
        var fix = isPlain
                ? "add it to the job: .types(" + type.getSimpleName() + ".class)"
                : "use a record, or add it to the job with a codec: .types(" + type.getSimpleName() + ".class, codec)";
        return new IllegalArgumentException(where + ": " + type.getName()
                + " is not among the types of keys, values and states of this job; " + fix);
    }

    /**
     * A check for one place, with a memory of the class that it saw last: on the way of every record. For one thread.
     *
     * @param where names the place in messages: an operator
     */
    public Checker checker(String where) {
        return new Checker(this, where);
    }

    /** Whether values may pass a place: for one thread. */
    public static final class Checker {
        private final Types types;
        private final String where;
        private @Nullable Class<?> last;

        private Checker(Types types, String where) {
            this.types = types;
            this.where = where;
        }

        /**
         * Looks at a value's class alone; what a collection or a record holds is looked at when it is written.
         *
         * @throws IllegalArgumentException when it is not among the types: names the class and the place, and says what to do
         */
        public void check(@Nullable Object value) {
            if (value != null && value.getClass() != last) {
                checkNew(value.getClass());
            }
        }

        private void checkNew(Class<?> type) {
            if (!types.has(type)) {
                throw unknown(type, where);
            }
            last = type;
        }
    }

    /**
     * One value as bytes by itself.
     *
     * @param where names the place in messages: an operator
     * @throws IllegalArgumentException when it, or what it holds, is not among the types
     */
    public byte[] toBytes(@Nullable Object value, String where) {
        var out = new BytesOut();
        new ValueWriter(this, out, where).write(value);
        return out.toBytes();
    }

    /**
     * The value of such bytes.
     *
     * @param what names the bytes in messages
     * @throws CodecException when they are not those of one value
     */
    public @Nullable Object fromBytes(byte[] bytes, String what) {
        var in = new BytesIn(bytes, what);
        var value = new ValueReader(this, in).read();
        in.end();
        return value;
    }
}

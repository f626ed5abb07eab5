package dev.gyre.core.checker.elle;

import dev.gyre.core.checker.elle.RegisterOp.Read;
import dev.gyre.core.checker.elle.RegisterOp.Write;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The versions of registers: the initial one of each, one for each write, and one for each value out of nowhere. */
final class RegisterVersions {
    /** Says that there is no such version or transaction. */
    static final int NONE = -1;

    /**
     * What a transaction did to a key, as seen from outside.
     *
     * @param key the key
     * @param read the version that it read before it wrote any, or {@link #NONE}
     * @param write the version that it wrote last, or {@link #NONE}
     */
    record Access(int key, int read, int write) {
        int first() {
            return read == NONE ? write : read;
        }

        int last() {
            return write == NONE ? read : write;
        }
    }

    private record Value(int key, OptionalLong value) {}

    private final Transactions<RegisterOp> transactions;
    private final KeyIds keys = new KeyIds();
    private final Map<Value, Integer> ids = new LinkedHashMap<>();
    private final List<Value> values = new ArrayList<>();
    private int[] writer = new int[64];
    private boolean[] last = new boolean[64];
    private final List<List<Integer>> readers = new ArrayList<>();
    private final List<List<Access>> accesses = new ArrayList<>();
    private Optional<String> repeated = Optional.empty();

    /** Reads the writes of all transactions, then what was read. */
    RegisterVersions(Transactions<RegisterOp> transactions) {
        this.transactions = transactions;
        for (int t = 0; t < transactions.size(); t++) {
            addWrites(transactions.request(t), t);
        }
        for (int f = 0; f < transactions.failed().size(); f++) {
            addWrites(transactions.failed().get(f).input(), NONE - 1 - f);
        }
        for (int t = 0; t < transactions.size(); t++) {
            accesses.add(accessesOf(t));
        }
    }

    private void addWrites(List<RegisterOp> request, int transaction) {
        Map<Integer, Integer> lastOfKey = new LinkedHashMap<>();
        for (var op : request) {
            if (op instanceof Write(var name, var value)) {
                int k = keys.of(name);
                id(k, OptionalLong.empty());
                int version = id(k, OptionalLong.of(value));
                if (writer[version] != NONE) {
                    repeated = Optional.of("value " + value + " is written to key " + name + " more than once");
                }
                writer[version] = transaction;
                last[version] = true;
                Integer earlier = lastOfKey.put(k, version);
                if (earlier != null) {
                    last[earlier] = false;
                }
            }
        }
    }

    private List<Access> accessesOf(int t) {
        Map<Integer, Access> byKey = new LinkedHashMap<>();
        boolean answered = !transactions.answer(t).isEmpty();
        for (var op : answered ? transactions.answer(t) : transactions.request(t)) {
            int k = keys.of(op.key());
            var before = byKey.getOrDefault(k, new Access(k, NONE, NONE));
            switch (op) {
                case Write(var name, var value) ->
                    byKey.put(k, new Access(k, before.read(), id(k, OptionalLong.of(value))));
                case Read(var name, var value) -> {
                    if (answered && before.write() == NONE) {
                        int version = id(k, value);
                        byKey.put(k, new Access(k, before.read() == NONE ? version : before.read(), NONE));
                        addReader(version, t);
                    }
                }
            }
        }
        return List.copyOf(byKey.values());
    }

    private void addReader(int version, int t) {
        var list = readers.get(version);
        if (list.isEmpty() || list.getLast() != t) {
            list.add(t);
        }
    }

    /** The version that a value of a key stands for, new if nobody is known to have written it. */
    int id(int k, OptionalLong value) {
        var known = ids.putIfAbsent(new Value(k, value), values.size());
        if (known != null) {
            return known;
        }
        int version = values.size();
        values.add(new Value(k, value));
        readers.add(new ArrayList<>());
        if (version == writer.length) {
            writer = Arrays.copyOf(writer, 2 * version);
            last = Arrays.copyOf(last, 2 * version);
        }
        writer[version] = NONE;
        return version;
    }

    /** Says which value was written twice, which leaves unknown who wrote what was read. */
    Optional<String> repeated() {
        return repeated;
    }

    /** The number of a key. */
    int keyId(String name) {
        return keys.of(name);
    }

    /** The name of a key. */
    String keyName(int k) {
        return keys.name(k);
    }

    /** How many keys there are. */
    int keyCount() {
        return keys.size();
    }

    /** How many versions there are. */
    int size() {
        return values.size();
    }

    /** The key of a version. */
    int key(int version) {
        return values.get(version).key();
    }

    /** The value of a version; none for the initial one. */
    OptionalLong value(int version) {
        return values.get(version).value();
    }

    /** Whether a version is the one before all writes. */
    boolean isInitial(int version) {
        return value(version).isEmpty();
    }

    /** The transaction that wrote a version; {@link #NONE} if none did, less if it failed. */
    int writer(int version) {
        return writer[version];
    }

    /** Whether its transaction wrote no more to the key. */
    boolean isLast(int version) {
        return last[version];
    }

    /** The transactions that read a version of another, in their order. */
    List<Integer> readers(int version) {
        return readers.get(version);
    }

    /** What a transaction did to each key; of an unknown one, what it wrote. */
    List<Access> accesses(int t) {
        return accesses.get(t);
    }

    /** What to call the transaction that wrote a version. */
    String writerName(int version) {
        return writer[version] >= 0
                ? transactions.name(writer[version])
                : "T" + transactions.failed().get(NONE - 1 - writer[version]).index();
    }
}

package dev.gyre.core.checker.elle;

import dev.gyre.core.checker.elle.ListOp.Append;
import dev.gyre.core.checker.elle.ListOp.Read;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The versions of lists: each append makes one, and the longest read of a list shows their order. What no read shows
 * came after what the longest one shows, if it came at all.
 */
final class ListVersions {
    /** Says that there is no such version, transaction or place. */
    static final int NONE = -1;

    private record Element(int key, long value) {}

    private final Transactions<ListOp> transactions;
    private final KeyIds keys = new KeyIds();
    private final Map<Element, Integer> ids = new HashMap<>();
    private final int[] key;
    private final long[] value;
    private final int[] writer;
    private final boolean[] last;
    private final int[] position;
    private final List<List<Long>> longest = new ArrayList<>();
    private final List<Integer> longestReader = new ArrayList<>();
    private final List<int[]> order = new ArrayList<>();
    private Optional<String> repeated = Optional.empty();
    private int size;

    /** Reads the appends of all transactions, and the longest reads. */
    ListVersions(Transactions<ListOp> transactions) {
        this.transactions = transactions;
        int appends = 0;
        for (int t = 0; t < transactions.size(); t++) {
            appends += transactions.request(t).size();
        }
        for (var operation : transactions.failed()) {
            appends += operation.input().size();
        }
        key = new int[appends];
        value = new long[appends];
        writer = new int[appends];
        last = new boolean[appends];
        position = new int[appends];
        Arrays.fill(position, NONE);
        for (int t = 0; t < transactions.size(); t++) {
            addAppends(transactions.request(t), t);
        }
        for (int f = 0; f < transactions.failed().size(); f++) {
            addAppends(transactions.failed().get(f).input(), NONE - 1 - f);
        }
        findLongest();
        for (int k = 0; k < keys.size(); k++) {
            order.add(orderOf(k));
        }
    }

    private void addAppends(List<ListOp> request, int transaction) {
        Map<Integer, Integer> lastOfKey = new HashMap<>();
        for (var op : request) {
            if (op instanceof Append(var name, var element)) {
                int version = size++;
                key[version] = keys.of(name);
                value[version] = element;
                writer[version] = transaction;
                last[version] = true;
                if (ids.putIfAbsent(new Element(key[version], element), version) != null) {
                    repeated = Optional.of("element " + element + " is appended to key " + name + " more than once");
                }
                Integer earlier = lastOfKey.put(key[version], version);
                if (earlier != null) {
                    last[earlier] = false;
                }
            }
        }
    }

    private void findLongest() {
        for (int t = 0; t < transactions.size(); t++) {
            for (var op : transactions.answer(t)) {
                if (op instanceof Read(var name, var elements)) {
                    int k = keys.of(name);
                    while (longest.size() <= k) {
                        longest.add(List.of());
                        longestReader.add(NONE);
                    }
                    if (elements.size() > longest.get(k).size()) {
                        longest.set(k, elements);
                        longestReader.set(k, t);
                    }
                }
            }
        }
        while (longest.size() < keys.size()) {
            longest.add(List.of());
            longestReader.add(NONE);
        }
    }

    private int[] orderOf(int k) {
        int[] versions = new int[longest.get(k).size()];
        for (int i = 0; i < versions.length; i++) {
            int version = id(k, longest.get(k).get(i));
            boolean first = version != NONE && position[version] == NONE;
            versions[i] = first ? version : NONE;
            if (first) {
                position[version] = i;
            }
        }
        return versions;
    }

    /** Says which element was appended twice, which leaves unknown who wrote what was read. */
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

    /** How many versions there are. Those of one transaction follow each other in its order. */
    int size() {
        return size;
    }

    /** The version that an element of a key stands for, or {@link #NONE} if nobody appended it. */
    int id(int k, long element) {
        return ids.getOrDefault(new Element(k, element), NONE);
    }

    /** The key of a version. */
    int key(int version) {
        return key[version];
    }

    /** The element of a version. */
    long value(int version) {
        return value[version];
    }

    /** The transaction that appended it; negative if that failed. */
    int writer(int version) {
        return writer[version];
    }

    /** Whether its transaction appended no more to the key. */
    boolean isLast(int version) {
        return last[version];
    }

    /** Its place in the longest read of its key, or {@link #NONE}. */
    int position(int version) {
        return position[version];
    }

    /** The longest read of a key. */
    List<Long> longest(int k) {
        return longest.get(k);
    }

    /** A transaction that read the longest. */
    int longestReader(int k) {
        return longestReader.get(k);
    }

    /** The versions in the longest read of a key; {@link #NONE} for an element that nobody appended or that was there. */
    int[] order(int k) {
        return order.get(k);
    }

    /** What to call the transaction that appended a version. */
    String writerName(int version) {
        return writer[version] >= 0
                ? transactions.name(writer[version])
                : "T" + transactions.failed().get(NONE - 1 - writer[version]).index();
    }
}

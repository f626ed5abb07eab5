package dev.gyre.core.checker.elle;

import dev.gyre.core.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Says whether read-committed (PL-2) or repeatable-read (PL-2.99) hold by Adya's definitions: whether, with some choice
 * of the unknown transactions that happened, there is an order of each key's versions in which no read is of an aborted
 * or intermediate version, and the dependencies have no cycle. It tries every such choice and order.
 */
final class AdyaJudge {
    /** A write of a transaction, or with a negative transaction the initial state. */
    private record Version(String key, long value, int transaction, boolean last) {}

    /** A transaction saw the versions of a key as such a list; of a register, its last element alone counts. */
    private record Seen(int transaction, String key, List<Long> values, List<Long> ownLater) {}

    private final int size;
    private final boolean whole;
    private final List<Integer> sure = new ArrayList<>();
    private final List<Integer> unknown = new ArrayList<>();
    private final List<Version> versions = new ArrayList<>();
    private final List<Seen> reads = new ArrayList<>();

    private AdyaJudge(int size, boolean whole) {
        this.size = size;
        this.whole = whole;
    }

    static AdyaJudge ofLists(List<Operation<List<ListOp>, List<ListOp>>> history) {
        var judge = new AdyaJudge(history.size(), true);
        for (int t = 0; t < history.size(); t++) {
            judge.sort(t, history.get(t));
            Map<String, Integer> lastWrite = new HashMap<>();
            var input = history.get(t).input();
            var later = new HashMap<String, List<Long>>();
            for (int i = input.size() - 1; i >= 0; i--) {
                if (input.get(i) instanceof ListOp.Append(var key, var value)) {
                    judge.versions.addFirst(new Version(key, value, t, lastWrite.putIfAbsent(key, i) == null));
                    later.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
                } else if (history.get(t).isOk()) {
                    var read = (ListOp.Read) Tiny.answer(history.get(t)).get(i);
                    var own = List.copyOf(later.getOrDefault(read.key(), List.of()));
                    judge.reads.add(new Seen(t, read.key(), read.elements(), own));
                }
            }
        }
        return judge;
    }

    static AdyaJudge ofRegisters(List<Operation<List<RegisterOp>, List<RegisterOp>>> history) {
        var judge = new AdyaJudge(history.size(), false);
        for (int t = 0; t < history.size(); t++) {
            judge.sort(t, history.get(t));
            Map<String, Integer> lastWrite = new HashMap<>();
            var input = history.get(t).input();
            var later = new HashMap<String, List<Long>>();
            for (int i = input.size() - 1; i >= 0; i--) {
                if (input.get(i) instanceof RegisterOp.Write(var key, var value)) {
                    judge.versions.addFirst(new Version(key, value, t, lastWrite.putIfAbsent(key, i) == null));
                    later.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
                } else if (history.get(t).isOk()) {
                    var read = (RegisterOp.Read) Tiny.answer(history.get(t)).get(i);
                    var own = List.copyOf(later.getOrDefault(read.key(), List.of()));
                    judge.reads.add(new Seen(t, read.key(), values(read.value()), own));
                }
            }
        }
        return judge;
    }

    private static List<Long> values(OptionalLong value) {
        return value.isPresent() ? List.of(value.getAsLong()) : List.of();
    }

    private void sort(int t, Operation<?, ?> operation) {
        if (operation.isOk()) {
            sure.add(t);
        } else if (operation.isUnknown()) {
            unknown.add(t);
        }
    }

    /** Whether read-committed holds, or with anti-dependencies repeatable-read. */
    boolean holds(boolean antiDependencies) {
        for (int choice = 0; choice < 1 << unknown.size(); choice++) {
            var committed = new ArrayList<>(sure);
            for (int i = 0; i < unknown.size(); i++) {
                if ((choice & 1 << i) != 0) {
                    committed.add(unknown.get(i));
                }
            }
            var x = installed(committed, "x");
            var y = installed(committed, "y");
            if (readsAreCommitted(x, y) && ordersX(x, y, antiDependencies)) {
                return true;
            }
        }
        return false;
    }

    private List<Version> installed(List<Integer> committed, String key) {
        return versions.stream()
                .filter(version -> version.key().equals(key) && committed.contains(version.transaction()))
                .filter(version -> whole || version.last())
                .toList();
    }

    /** Every read is of an installed version, or of one of the reader's own, and of no write yet to come. */
    private boolean readsAreCommitted(List<Version> x, List<Version> y) {
        for (var read : reads) {
            var of = read.key().equals("x") ? x : y;
            for (long value : read.values()) {
                boolean own = versions.stream()
                        .anyMatch(version -> version.key().equals(read.key())
                                && version.value() == value
                                && version.transaction() == read.transaction());
                boolean installed = of.stream().anyMatch(version -> version.value() == value);
                if (read.ownLater().contains(value) || (!own && !installed)) {
                    return false;
                }
            }
            if (!read.values().isEmpty()) {
                long last = read.values().getLast();
                if (of.stream()
                        .anyMatch(version -> version.value() == last
                                && !version.last()
                                && version.transaction() != read.transaction())) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean ordersX(List<Version> x, List<Version> y, boolean antiDependencies) {
        var ordersOfY = orders(y, "y");
        return orders(x, "x").stream()
                .filter(order -> acyclic(order, List.of(), antiDependencies))
                .anyMatch(orderOfX ->
                        ordersOfY.stream().anyMatch(orderOfY -> acyclic(orderOfX, orderOfY, antiDependencies)));
    }

    /** Of lists, the longest read fixes how the order begins; if it is not made of these versions, there is none. */
    private List<List<Version>> orders(List<Version> of, String key) {
        var begin = new ArrayList<Version>();
        for (long value : whole ? longest(key) : List.<Long>of()) {
            for (var version : of) {
                if (version.value() == value && !begin.contains(version)) {
                    begin.add(version);
                }
            }
        }
        var rest = new ArrayList<>(of);
        rest.removeAll(begin);
        var all = new ArrayList<List<Version>>();
        for (var end : permutations(rest)) {
            var order = new ArrayList<>(begin);
            order.addAll(end);
            if (agrees(order, key)) {
                all.add(order);
            }
        }
        return all;
    }

    private List<Long> longest(String key) {
        List<Long> longest = List.of();
        for (var read : reads) {
            if (read.key().equals(key) && read.values().size() > longest.size()) {
                longest = read.values();
            }
        }
        return longest;
    }

    private static List<List<Version>> permutations(List<Version> of) {
        if (of.isEmpty()) {
            return List.of(List.of());
        }
        var all = new ArrayList<List<Version>>();
        for (var first : of) {
            var rest = new ArrayList<>(of);
            rest.remove(first);
            for (var tail : permutations(rest)) {
                var one = new ArrayList<Version>();
                one.add(first);
                one.addAll(tail);
                all.add(one);
            }
        }
        return all;
    }

    /** Of lists, reads are beginnings of the order, and a transaction's own writes keep theirs. */
    private boolean agrees(List<Version> order, String key) {
        if (!whole) {
            return true;
        }
        var values = order.stream().map(Version::value).toList();
        for (var read : reads) {
            if (read.key().equals(key)
                    && (read.values().size() > values.size()
                            || !read.values()
                                    .equals(values.subList(0, read.values().size())))) {
                return false;
            }
        }
        for (int i = 0; i < order.size(); i++) {
            for (int j = i + 1; j < order.size(); j++) {
                if (order.get(i).transaction() == order.get(j).transaction()
                        && versions.indexOf(order.get(i)) > versions.indexOf(order.get(j))) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean acyclic(List<Version> x, List<Version> y, boolean antiDependencies) {
        boolean[][] before = new boolean[size][size];
        for (var order : List.of(x, y)) {
            for (int i = 0; i < order.size(); i++) {
                for (int j = i + 1; j < order.size(); j++) {
                    before[order.get(i).transaction()][order.get(j).transaction()] = true;
                }
            }
        }
        for (var read : reads) {
            addRead(before, read, read.key().equals("x") ? x : y, antiDependencies);
        }
        for (int t = 0; t < size; t++) {
            before[t][t] = false;
        }
        for (int via = 0; via < size; via++) {
            for (int from = 0; from < size; from++) {
                for (int to = 0; to < size; to++) {
                    before[from][to] |= before[from][via] && before[via][to];
                }
            }
        }
        for (int t = 0; t < size; t++) {
            if (before[t][t]) {
                return false;
            }
        }
        return true;
    }

    private void addRead(boolean[][] before, Seen read, List<Version> order, boolean antiDependencies) {
        int place = -1;
        boolean own = false;
        for (int i = 0; i < order.size(); i++) {
            if (!read.values().isEmpty()
                    && order.get(i).value() == read.values().getLast()) {
                place = i;
            }
        }
        if (!read.values().isEmpty()) {
            long last = read.values().getLast();
            own = versions.stream()
                    .anyMatch(version -> version.key().equals(read.key())
                            && version.value() == last
                            && version.transaction() == read.transaction());
        }
        if (own) {
            return;
        }
        if (place >= 0) {
            before[order.get(place).transaction()][read.transaction()] = true;
        }
        for (int i = place + 1; antiDependencies && i < order.size(); i++) {
            before[read.transaction()][order.get(i).transaction()] = true;
        }
    }
}

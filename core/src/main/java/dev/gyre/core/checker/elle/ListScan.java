package dev.gyre.core.checker.elle;

import dev.gyre.core.checker.elle.ListOp.Read;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks for the anomalies of list-append histories that are no cycles: one pass over the transactions, one over keys. */
final class ListScan {
    /** Stands for the version of a list before anything was appended. */
    private static final int EMPTY = -2;

    private record Seen(int key, int version) {}

    private final Transactions<ListOp> transactions;
    private final ListVersions versions;
    private final Findings findings;
    private final Map<Seen, Integer> updaters = new HashMap<>();
    private final int[] soundLength;

    ListScan(Transactions<ListOp> transactions, ListVersions versions, Findings findings) {
        this.transactions = transactions;
        this.versions = versions;
        this.findings = findings;
        soundLength = new int[versions.keyCount()];
        for (int k = 0; k < soundLength.length; k++) {
            int[] order = versions.order(k);
            while (soundLength[k] < order.length
                    && order[soundLength[k]] >= 0
                    && versions.writer(order[soundLength[k]]) >= 0) {
                soundLength[k]++;
            }
        }
    }

    /** Adds what it finds to the findings. */
    void run() {
        for (int t = 0; t < transactions.size(); t++) {
            for (var op : transactions.answer(t)) {
                if (op instanceof Read read) {
                    checkRead(t, read);
                }
            }
            new ListTransaction(t, transactions, findings).run();
            findLostUpdates(t);
        }
        for (int k = 0; k < versions.keyCount(); k++) {
            findDirtyUpdates(k);
        }
        findAppendsOutOfOrder();
    }

    /** A read that is a beginning of the longest one needs a closer look only past the point where that goes wrong. */
    private void checkRead(int t, Read read) {
        int k = versions.keyId(read.key());
        var elements = read.elements();
        var longest = versions.longest(k);
        boolean prefix = elements.equals(longest.subList(0, elements.size()));
        if (!prefix) {
            int reader = versions.longestReader(k);
            findings.add(
                    AnomalyType.INCOMPATIBLE_ORDER,
                    Finding.of(
                            transactions.name(t) + " read key " + read.key() + " as " + Texts.list(elements) + " and "
                                    + transactions.name(reader) + " as " + Texts.list(longest)
                                    + ", and neither is the beginning of the other",
                            t,
                            reader));
        }
        if (!prefix || elements.size() > soundLength[k]) {
            checkElements(t, k, elements);
        }
        if (!elements.isEmpty()) {
            checkIntermediate(t, k, elements.getLast());
        }
    }

    private void checkElements(int t, int k, List<Long> elements) {
        Set<Long> seen = new HashSet<>();
        for (long element : elements) {
            int version = versions.id(k, element);
            String readBy = transactions.name(t) + " read " + element + " in key " + versions.keyName(k);
            if (!seen.add(element)) {
                findings.add(AnomalyType.DUPLICATE_ELEMENTS, Finding.of(readBy + " more than once", t));
            } else if (version < 0) {
                findings.add(AnomalyType.UNWRITTEN_READ, Finding.of(readBy + ", which nobody appended", t));
            } else if (versions.writer(version) < 0) {
                findings.add(
                        AnomalyType.G1A,
                        Finding.of(
                                readBy + ", which " + versions.writerName(version) + " had appended, but "
                                        + versions.writerName(version) + " failed",
                                t));
            }
        }
    }

    private void checkIntermediate(int t, int k, long element) {
        int version = versions.id(k, element);
        if (version >= 0 && !versions.isLast(version) && versions.writer(version) != t) {
            findings.add(
                    AnomalyType.G1B,
                    Finding.of(
                            transactions.name(t) + " read key " + versions.keyName(k) + " up to " + element
                                    + ", after which its writer " + versions.writerName(version)
                                    + " appended more in the same transaction",
                            t));
        }
    }

    /** Two transactions that read the same version of a key, and then both appended to it. */
    private void findLostUpdates(int t) {
        Map<Integer, Integer> firstSeen = new HashMap<>();
        for (var op : transactions.answer(t)) {
            int k = versions.keyId(op.key());
            if (op instanceof Read read) {
                var elements = read.elements();
                firstSeen.putIfAbsent(k, elements.isEmpty() ? EMPTY : versions.id(k, elements.getLast()));
                continue;
            }
            int version = firstSeen.getOrDefault(k, ListVersions.NONE);
            if (version == EMPTY || (version >= 0 && versions.writer(version) != t)) {
                Integer other = updaters.putIfAbsent(new Seen(k, version), t);
                if (other != null) {
                    addLostUpdate(other, t, k, version);
                }
            }
            firstSeen.put(k, ListVersions.NONE);
        }
    }

    private void addLostUpdate(int one, int other, int k, int version) {
        String state = version >= 0 ? "up to " + versions.value(version) : "as empty";
        findings.add(
                AnomalyType.LOST_UPDATE,
                Finding.of(
                        transactions.name(one) + " and " + transactions.name(other) + " both read key "
                                + versions.keyName(k) + " " + state
                                + " and then appended to it, neither having seen the other's append",
                        one,
                        other));
    }

    private void findDirtyUpdates(int k) {
        int aborted = ListVersions.NONE;
        for (int version : versions.order(k)) {
            if (version >= 0 && versions.writer(version) < 0) {
                aborted = version;
            } else if (version >= 0 && aborted >= 0 && transactions.happened(versions.writer(version))) {
                findings.add(
                        AnomalyType.DIRTY_UPDATE,
                        Finding.of(
                                versions.writerName(version) + " appended " + versions.value(version) + " to key "
                                        + versions.keyName(k) + " after " + versions.value(aborted) + ", which "
                                        + versions.writerName(aborted) + " had appended, but "
                                        + versions.writerName(aborted) + " failed",
                                versions.writer(version)));
                aborted = ListVersions.NONE;
            }
        }
    }

    /** A transaction's own appends to a key must show in its order, and none without those before it. Ours. */
    private void findAppendsOutOfOrder() {
        Map<Integer, Integer> previous = new HashMap<>();
        int transaction = ListVersions.NONE;
        for (int version = 0; version < versions.size(); version++) {
            if (versions.writer(version) != transaction) {
                transaction = versions.writer(version);
                previous = new HashMap<>();
            }
            Integer earlier = previous.put(versions.key(version), version);
            if (transaction >= 0 && earlier != null && versions.position(version) >= 0) {
                int place = versions.position(earlier);
                if (place < 0 || place > versions.position(version)) {
                    addOutOfOrder(earlier, version, place < 0 ? "does not show the first" : "shows the second first");
                }
            }
        }
    }

    private void addOutOfOrder(int earlier, int later, String how) {
        int reader = versions.longestReader(versions.key(later));
        var involved = new ArrayList<>(List.of(versions.writer(later)));
        if (reader != versions.writer(later)) {
            involved.add(reader);
        }
        findings.add(
                AnomalyType.INCOMPATIBLE_ORDER,
                new Finding(
                        involved,
                        versions.writerName(later) + " appended " + versions.value(earlier) + " and then "
                                + versions.value(later) + " to key " + versions.keyName(versions.key(later))
                                + ", but what " + transactions.name(reader) + " read " + how,
                        List.of()));
    }
}

package dev.gyre.core.checker.elle;

import dev.gyre.core.checker.elle.ListOp.Append;
import dev.gyre.core.checker.elle.ListOp.Read;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether one list-append transaction agrees with itself: what it reads must end with what it appended since it last
 * read, and start with what it then saw; and must not hold what it appends only later.
 */
final class ListTransaction {
    /** What is known of a list: all of it, or how it ends. */
    private record Expected(boolean whole, List<Long> elements) {
        boolean allows(List<Long> read) {
            if (whole) {
                return read.equals(elements);
            }
            int start = read.size() - elements.size();
            return start >= 0 && read.subList(start, read.size()).equals(elements);
        }

        Expected append(long element) {
            var more = new ArrayList<>(elements);
            more.add(element);
            return new Expected(whole, more);
        }
    }

    private final int transaction;
    private final Transactions<ListOp> transactions;
    private final Findings findings;

    ListTransaction(int transaction, Transactions<ListOp> transactions, Findings findings) {
        this.transaction = transaction;
        this.transactions = transactions;
        this.findings = findings;
    }

    /** Adds what it finds, at most one anomaly of each type. */
    void run() {
        var answer = transactions.answer(transaction);
        if (answer.size() > 1) {
            checkInternal(answer);
            checkFuture(answer);
        }
    }

    private void checkInternal(List<ListOp> answer) {
        Map<String, Expected> expected = new HashMap<>();
        for (var op : answer) {
            var known = expected.get(op.key());
            switch (op) {
                case Append(var key, var value) ->
                    expected.put(key, (known == null ? new Expected(false, List.of()) : known).append(value));
                case Read(var key, var elements) -> {
                    if (known != null && !known.allows(elements)) {
                        String should = known.whole() ? "" : "an end of ";
                        findings.add(
                                AnomalyType.INTERNAL,
                                Finding.of(
                                        transactions.name(transaction) + " read key " + key + " as "
                                                + Texts.list(elements) + ", where its own earlier parts call for "
                                                + should + Texts.list(known.elements()),
                                        transaction));
                        return;
                    }
                    expected.put(key, new Expected(true, elements));
                }
            }
        }
    }

    private void checkFuture(List<ListOp> answer) {
        for (int later = 1; later < answer.size(); later++) {
            if (answer.get(later) instanceof Append(var key, var value)) {
                for (int earlier = 0; earlier < later; earlier++) {
                    if (answer.get(earlier) instanceof Read(var readKey, var elements)
                            && readKey.equals(key)
                            && elements.contains(value)) {
                        findings.add(
                                AnomalyType.FUTURE_READ,
                                Finding.of(
                                        transactions.name(transaction) + " read " + value + " in key " + key
                                                + " before it appended it itself",
                                        transaction));
                        return;
                    }
                }
            }
        }
    }
}

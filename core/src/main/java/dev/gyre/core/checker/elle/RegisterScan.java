package dev.gyre.core.checker.elle;

import dev.gyre.core.checker.elle.RegisterOp.Read;
import dev.gyre.core.checker.elle.RegisterOp.Write;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Looks for the anomalies of register histories that are no cycles, in one pass. */
final class RegisterScan {
    private final Transactions<RegisterOp> transactions;
    private final RegisterVersions versions;
    private final Findings findings;
    private final Map<Integer, Integer> updaters = new HashMap<>();

    RegisterScan(Transactions<RegisterOp> transactions, RegisterVersions versions, Findings findings) {
        this.transactions = transactions;
        this.versions = versions;
        this.findings = findings;
    }

    /** Adds what it finds to the findings. */
    void run() {
        for (int t = 0; t < transactions.size(); t++) {
            if (transactions.answer(t).isEmpty()) {
                continue;
            }
            for (var op : transactions.answer(t)) {
                if (op instanceof Read(var name, var value) && value.isPresent()) {
                    checkRead(t, versions.id(versions.keyId(name), value));
                }
            }
            checkInternal(t);
            checkFuture(t);
            findLostUpdates(t);
        }
    }

    private void checkRead(int t, int version) {
        int writer = versions.writer(version);
        String readBy = transactions.name(t) + " read key " + versions.keyName(versions.key(version)) + " = "
                + Texts.value(versions.value(version)) + ", which ";
        if (writer == RegisterVersions.NONE) {
            findings.add(AnomalyType.UNWRITTEN_READ, Finding.of(readBy + "nobody wrote", t));
        } else if (writer < 0) {
            String name = versions.writerName(version);
            findings.add(AnomalyType.G1A, Finding.of(readBy + name + " had written, but " + name + " failed", t));
        } else if (!versions.isLast(version) && writer != t) {
            String name = versions.writerName(version);
            findings.add(
                    AnomalyType.G1B,
                    Finding.of(readBy + name + " wrote and then overwrote in the same transaction", t, writer));
        }
    }

    /** What a transaction reads of a key is what it last wrote or read there. */
    private void checkInternal(int t) {
        Map<String, OptionalLong> expected = new HashMap<>();
        for (var op : transactions.answer(t)) {
            switch (op) {
                case Write(var key, var value) -> expected.put(key, OptionalLong.of(value));
                case Read(var key, var value) -> {
                    var known = expected.put(key, value);
                    if (known != null && !known.equals(value)) {
                        findings.add(
                                AnomalyType.INTERNAL,
                                Finding.of(
                                        transactions.name(t) + " read key " + key + " = " + Texts.value(value)
                                                + ", where its own earlier parts call for " + Texts.value(known),
                                        t));
                        return;
                    }
                }
            }
        }
    }

    private void checkFuture(int t) {
        for (var access : versions.accesses(t)) {
            if (access.read() != RegisterVersions.NONE && versions.writer(access.read()) == t) {
                findings.add(
                        AnomalyType.FUTURE_READ,
                        Finding.of(
                                transactions.name(t) + " read key " + versions.keyName(access.key()) + " = "
                                        + Texts.value(versions.value(access.read())) + " before it wrote that itself",
                                t));
                return;
            }
        }
    }

    /** Two transactions that read the same version of a key, and then both wrote it. */
    private void findLostUpdates(int t) {
        for (var access : versions.accesses(t)) {
            int read = access.read();
            if (read == RegisterVersions.NONE
                    || access.write() == RegisterVersions.NONE
                    || versions.writer(read) == t) {
                continue;
            }
            Integer other = updaters.putIfAbsent(read, t);
            if (other != null) {
                findings.add(
                        AnomalyType.LOST_UPDATE,
                        Finding.of(
                                transactions.name(other) + " and " + transactions.name(t) + " both read key "
                                        + versions.keyName(access.key()) + " = " + Texts.value(versions.value(read))
                                        + " and then wrote it, neither having seen the other's write",
                                other,
                                t));
            }
        }
    }
}

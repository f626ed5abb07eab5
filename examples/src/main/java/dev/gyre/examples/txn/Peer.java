package dev.gyre.examples.txn;

import dev.gyre.core.Network;
import dev.gyre.core.Outcome;
import dev.gyre.examples.txn.TxnRwRegisterNode.Msg;
import dev.gyre.examples.txn.TxnRwRegisterNode.Version;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Another replica, and what was written here that it has not confirmed: sent again until it does. That is at most one version a
 * register, however long the other is away.
 */
final class Peer {
    /** How long the other has to confirm; then it is told again. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Some 500 KB. Only after a long absence there is more: then the rest follows. */
    private static final int BATCH_MAX = 10_000;

    private final String id;
    private final SortedMap<Long, Version> unconfirmed = new TreeMap<>();
    private boolean isBusy;

    Peer(String id) {
        this.id = id;
    }

    /** The other is to be told what one transaction has written. */
    void add(SortedMap<Long, Version> written) {
        unconfirmed.putAll(written);
    }

    /** Tells the other what it may lack, unless it is about to confirm something. */
    void replicate(Network<Msg> network) {
        if (isBusy || unconfirmed.isEmpty()) {
            return;
        }
        isBusy = true;
        var sent = new TreeMap<Long, Version>();
        unconfirmed.entrySet().stream().limit(BATCH_MAX).forEach(entry -> sent.put(entry.getKey(), entry.getValue()));
        network.rpc(id, new Msg.Merge(sent), PATIENCE).whenDone(outcome -> {
            isBusy = false;
            if (outcome instanceof Outcome.Ok) {
                // What was written meanwhile is another version, and stays.
                unconfirmed.entrySet().removeAll(sent.entrySet());
            }
        });
    }
}

package dev.gyre.raft.storage;

import dev.gyre.core.Event;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Outcome;
import dev.gyre.core.Service;
import dev.gyre.core.StorageException;
import dev.gyre.core.StorageException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** A node that does nothing but change its log, and tells a model of it. */
final class LogNode implements Service<LogNode.Msg, LogNode.Tick> {
    sealed interface Msg {
        record None() implements Msg {}
    }

    record Tick() {}

    /** Small, so that there are many. */
    static final int SEGMENT_BYTES = 3000;

    private static final int MAX_UNSYNCED = 20;

    private final LogModel model;
    private final RandomGenerator random;
    private final RaftLog<String> log;
    private boolean isReady;

    LogNode(NodeContext<Msg, Tick> node, LogModel model) {
        this.model = model;
        random = node.random();
        try {
            log = RaftLog.open(node.storage(), LogModel.preallocating(SEGMENT_BYTES), LogModel.CODEC);
        } catch (StorageException e) {
            if (e.kind() == Kind.CORRUPT) {
                throw new AssertionError("a sound log was refused", e);
            }
            throw e;
        }
        log.recovered().whenDone(state -> {
            model.found(state.orThrow());
            LogModel.checkContent(log, model.current().snapshot());
            isReady = true;
        });
        node.timers().every(Duration.ofMillis(5), new Tick());
    }

    @Override
    public void step(Event<Msg, Tick> event, Network<Msg> network) {
        if (isReady && event instanceof Event.Signal) {
            if (model.changes() - model.vouched() < MAX_UNSYNCED) {
                model.change(log, random);
            }
            if (random.nextInt(3) == 0) {
                int changes = model.changes();
                long token = model.token();
                log.sync().whenDone(outcome -> synced(outcome, changes, token));
            }
            if (random.nextInt(50) == 0) {
                log.deleteSnapshotsBut(List.of());
            }
        }
    }

    private void synced(Outcome<Long> outcome, int changes, long token) {
        if (outcome.orThrow() < token) {
            throw new AssertionError("a sync vouches for " + outcome + ", and " + token + " was written before it");
        }
        model.vouch(changes);
    }
}

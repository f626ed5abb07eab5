package dev.gyre.raft;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Event;
import dev.gyre.core.InvariantViolation;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.RpcError;
import dev.gyre.core.Service;
import dev.gyre.core.StorageException;
import dev.gyre.core.Timer;
import dev.gyre.raft.wire.RaftWire;
import dev.gyre.raft.wire.RaftWire.Beat;
import dev.gyre.raft.wire.RaftWire.RaftBeats;
import dev.gyre.raft.wire.RaftWire.RaftHeartbeat;
import dev.gyre.raft.wire.RaftWire.RaftHeartbeatAck;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of a node that all its Raft groups share: their messages and timers come here, and never to the service around.
 *
 * <p><b>Turns.</b> A host hands a node what waits for it, and then fires its timers. So a timer of no delay marks the end of a turn: what groups have
 * gathered until then goes together, proposals in one append, writes in one sync, heartbeats of all groups to a node in one message.
 *
 * <p>Its signals are actions: of timers, and what a group wants to do after the signals that it has sent.
 */
final class RaftPart implements Service<RaftWire, Runnable> {
    private static final Logger log = LoggerFactory.getLogger(RaftPart.class);

    /** Events of a group before it waits for them to be taken: enough that a round's end costs nothing beside its entries. */
    private static final int ROUND_MAX = 1 << 12;

    /** Of all groups together: half of what a node lets wait, since one message or timer can bring a round to each of them. */
    private static final int ROUNDS_MAX = 1 << 15;

    private final NodeContext<RaftWire, Runnable> node;
    private final Timer turnEnd;
    private final Map<String, Group<?>> groups = new TreeMap<>();
    private final ArrayDeque<Group<?>> waiting = new ArrayDeque<>();
    private final Map<String, List<Beat>> beats = new LinkedHashMap<>();

    RaftPart(NodeContext<RaftWire, Runnable> node) {
        this.node = node;
        turnEnd = stoppedTimer(this::endTurn);
    }

    NodeContext<RaftWire, Runnable> node() {
        return node;
    }

    void add(Group<?> group) {
        if (groups.putIfAbsent(group.name(), group) != null) {
            throw new IllegalArgumentException(
                    "there is a group \"" + group.name() + "\" already: name this one otherwise");
        }
    }

    /** How many events a group may send before it waits for them to be taken. */
    int roundMax() {
        return Math.clamp(ROUNDS_MAX / Math.max(1, groups.size()), 1, ROUND_MAX);
    }

    /** Whether heartbeats of several groups may share messages. */
    boolean isShared() {
        return groups.size() > 1;
    }

    @Override
    public void step(Event<RaftWire, Runnable> event, Network<RaftWire> network) {
        vital(() -> {
            switch (event) {
                case Event.Signal<RaftWire, Runnable>(var action) -> action.run();
                case Event.EndOfInput<RaftWire, Runnable> end -> groups.values().forEach(Group::endOfInput);
                case Event.Received<RaftWire, Runnable>(var message) -> received(message.src(), message.payload());
            }
        });
    }

    /** Does something of which no half may remain undone: an exception that nobody foresaw ends the node. */
    void vital(Runnable action) {
        try {
            action.run();
        } catch (RpcError | StorageException | InvariantViolation foreseen) {
            throw foreseen;
        } catch (RuntimeException e) {
            throw new InvariantViolation("Raft at " + node.nodeId() + " failed: " + e, e);
        }
    }

    /** What was sent, if it can be read; nothing has changed if it cannot. */
    static <T> T readable(String src, Supplier<T> message) {
        try {
            return message.get();
        } catch (IllegalArgumentException e) {
            throw new RpcError(ErrorCode.MALFORMED_REQUEST, "from " + src + ": " + e.getMessage());
        }
    }

    private void received(String src, RaftWire wire) {
        switch (wire) {
            case RaftWire.OfGroup message -> received(src, message);
            case RaftBeats(var all) -> all.forEach(beat -> received(src, ofGroup(beat)));
        }
    }

    private void received(String src, RaftWire.OfGroup message) {
        var group = groups.get(message.group());
        if (group == null) {
            log.warn(
                    "{}: dropped a message of {} for the group {}: this node has {}",
                    node.nodeId(),
                    src,
                    message.group(),
                    groups.keySet());
        } else {
            group.received(src, message);
        }
    }

    private static RaftWire.OfGroup ofGroup(Beat beat) {
        return beat.commit() == null
                ? new RaftHeartbeatAck(beat.group(), beat.term(), beat.round())
                : new RaftHeartbeat(beat.group(), beat.term(), beat.commit(), beat.round());
    }

    // ---- sending

    void send(String dest, RaftWire.OfGroup message) {
        if (!isShared()) {
            node.network().send(dest, message);
            return;
        }
        switch (message) {
            case RaftHeartbeat(var group, long term, long commit, long round) ->
                gather(dest, new Beat(group, term, commit, round));
            case RaftHeartbeatAck(var group, long term, long round) -> gather(dest, new Beat(group, term, null, round));
            default -> node.network().send(dest, message);
        }
    }

    private void gather(String dest, Beat beat) {
        beats.computeIfAbsent(dest, absent -> new ArrayList<>()).add(beat);
        startTurn();
    }

    // ---- turns

    /** A timer that does not run yet. */
    Timer stoppedTimer(Runnable action) {
        var timer = node.timers().after(Duration.ZERO, action);
        timer.cancel();
        return timer;
    }

    /** Runs an action after the signals that were sent before. */
    void signal(Runnable action) {
        node.signals().send(action);
    }

    /** Has a group's turn ended when the messages that wait were taken; the group asks for it once a turn. */
    void atTurnEnd(Group<?> group) {
        waiting.add(group);
        startTurn();
    }

    private void startTurn() {
        if (!turnEnd.isActive()) {
            turnEnd.reset();
        }
    }

    private void endTurn() {
        while (!waiting.isEmpty()) {
            waiting.removeFirst().endTurn();
        }
        beats.forEach((dest, gathered) -> node.network().send(dest, new RaftBeats(gathered)));
        beats.clear();
    }
}

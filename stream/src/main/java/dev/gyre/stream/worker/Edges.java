package dev.gyre.stream.worker;

import dev.gyre.core.InvariantViolation;
import dev.gyre.stream.exchange.Item;
import dev.gyre.stream.exchange.Numbers;
import dev.gyre.stream.exchange.Records;
import dev.gyre.stream.operator.ExchangeOutlet;
import dev.gyre.stream.operator.Transport;
import java.util.ArrayDeque;
import java.util.TreeMap;

/** The ends of the graph's edges at one worker: what its stages send to other workers and to each other, and what they are granted for it. */
final class Edges implements Transport {
    /** Records consumed before they are told to their sender, as a part of the window: rarely enough to cost little, often enough that it does not wait. */
    private static final int GRANT_SHARE = 4;

    /** Columns that are kept: those of the batches that are on their way to here, mostly. */
    private static final int MAX_SPARE = 64;

    private final int me;
    private final long generation;
    private final Port port;
    private final TreeMap<Integer, Stage> receivers = new TreeMap<>();
    private final TreeMap<Integer, ExchangeOutlet> outlets = new TreeMap<>();
    private final TreeMap<Integer, TreeMap<Integer, Integer>> consumed = new TreeMap<>();
    private final ArrayDeque<Numbers> spare = new ArrayDeque<>();
    private boolean hasOwn;

    Edges(int me, long generation, Port port) {
        this.me = me;
        this.generation = generation;
        this.port = port;
    }

    /** A stage sends by an edge. */
    void add(ExchangeOutlet outlet) {
        outlets.put(outlet.edge(), outlet);
    }

    /** A stage takes what comes by an edge. */
    void add(int edge, Stage receiver) {
        receivers.put(edge, receiver);
    }

    @Override
    public void send(int edge, int worker, Item item) {
        if (worker == me) {
            hasOwn = true;
            offer(edge, me, item);
        } else {
            port.send(worker, new Frame.Channel(generation, edge, item));
        }
    }

    /** Something has come by an edge. */
    void offer(int edge, int sender, Item item) {
        var stage = receiver(edge);
        stage.intake().offer(edge - stage.plan().firstEdge(), sender, item);
    }

    private Stage receiver(int edge) {
        var stage = receivers.get(edge);
        if (stage == null) {
            throw new InvariantViolation("worker " + me + " knows no edge " + edge);
        }
        return stage;
    }

    @Override
    public long reached(int edge) {
        return receiver(edge).reached();
    }

    /**
     * Columns that were read are filled again: they are in the processor's cache, which new ones would drive out. A worker is given about as many as it sends, so it keeps
     * those that it was given.
     */
    @Override
    public Numbers numbers() {
        var used = spare.pollLast();
        return used == null ? new Numbers() : used;
    }

    /** Records that came here have been read, and nobody refers to them. */
    void used(Records records) {
        if (records instanceof Numbers numbers && spare.size() < MAX_SPARE && numbers.clear()) {
            spare.addLast(numbers);
        }
    }

    /** Records of a sender have been consumed. */
    void consumed(int edge, int sender, int records) {
        if (sender == me) {
            granted(edge, me, records);
            return;
        }
        port.consumed(edge, sender, records);
        var bySender = consumed.computeIfAbsent(edge, absent -> new TreeMap<>());
        int sum = bySender.merge(sender, records, Integer::sum);
        if (sum >= ExchangeOutlet.WINDOW / GRANT_SHARE) {
            bySender.put(sender, 0);
            port.send(sender, new Frame.Credit(generation, edge, sum));
        }
    }

    /** A receiver grants that as many records as it has consumed may be sent. */
    void granted(int edge, int receiver, int records) {
        var outlet = outlets.get(edge);
        if (outlet != null) {
            outlet.granted(receiver, records);
        }
    }

    /** All stages are about to have their turn. */
    void beginTurn() {
        hasOwn = false;
    }

    /** Whether one of them has sent something to another one here since then, which may have had its turn already. */
    boolean hasOwn() {
        return hasOwn;
    }
}

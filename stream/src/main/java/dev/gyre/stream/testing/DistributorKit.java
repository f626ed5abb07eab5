package dev.gyre.stream.testing;

import dev.gyre.stream.exchange.Assignment;
import dev.gyre.stream.exchange.Batch;
import dev.gyre.stream.exchange.Intake;
import dev.gyre.stream.exchange.IntakeKind;
import dev.gyre.stream.exchange.Item;
import dev.gyre.stream.exchange.KeyHash;
import dev.gyre.stream.exchange.Records;
import dev.gyre.stream.operator.ExchangeOutlet;
import dev.gyre.stream.operator.Operator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * Both ends of an exchange at one worker: what the worker sends is routed by key, what it and the others send is merged and aligned. The other workers are
 * the test.
 *
 * <pre>{@code
 * var distributor = DistributorKit.of(0, List.of(0, 1));
 * distributor.sendLocal(Message.epoch(15));
 * distributor.step();                              // nothing: worker 1 has said nothing of time
 * distributor.sendRemote(1, Message.epoch(42));
 * distributor.step();
 * distributor.received();                          // epoch 15
 * }</pre>
 *
 * <p>A step takes one item out. What follows has no room every other time that it is asked, and each receiver has credit for one record. For one thread.
 */
public final class DistributorKit {
    /** Key groups: enough for a few workers, few enough to look at. */
    static final int GROUPS = 64;

    private final int me;
    private final Assignment assignment;
    private final ExchangeOutlet outlet;
    private final Intake intake;
    private final ArrayDeque<Message> local = new ArrayDeque<>();
    private final TreeMap<Integer, List<Message>> sent = new TreeMap<>();
    private final TreeMap<Integer, Integer> unpaid = new TreeMap<>();
    private final List<Message> received = new ArrayList<>();

    private DistributorKit(int me, Assignment assignment) {
        this.me = me;
        this.assignment = assignment;
        this.intake = new Intake(me, 1, assignment.workers(), IntakeKind.FROM_SOURCES, this::consumed);
        this.outlet = ExchangeOutlet.to(assignment, 0, (edge, worker, item) -> send(worker, item));
        assignment.workers().forEach(worker -> outlet.granted(worker, 1 - ExchangeOutlet.WINDOW));
    }

    /**
     * The exchange as one worker sees it.
     *
     * @param me the worker
     * @param workers all of them
     */
    public static DistributorKit of(int me, Collection<Integer> workers) {
        if (!workers.contains(me)) {
            throw new IllegalArgumentException("worker " + me + " is none of " + workers);
        }
        return new DistributorKit(me, Assignment.of(1, GROUPS, workers));
    }

    /** A number, from a first one on, that is a key of a worker. */
    public long keyOf(int worker, long from) {
        long key = from;
        while (ownerOf(key) != worker) {
            key++;
        }
        return key;
    }

    private int ownerOf(Object key) {
        return assignment.owner(assignment.group(KeyHash.of(key)));
    }

    Assignment assignment() {
        return assignment;
    }

    long frontier() {
        return intake.frontier();
    }

    /** This worker sends. It waits for a step. */
    public void sendLocal(Message message) {
        local.add(message);
    }

    /**
     * Another worker sends to this one.
     *
     * @throws IllegalArgumentException when it is no other worker, or the record is not for this one
     */
    public void sendRemote(int worker, Message message) {
        if (worker == me || !assignment.workers().contains(worker)) {
            throw new IllegalArgumentException("worker " + worker + " is no other worker of " + assignment);
        }
        if (message instanceof Message.Data(var key, var value, var time) && !key.equals(Operator.NO_KEY)) {
            if (ownerOf(key) != me) {
                throw new IllegalArgumentException("key " + key + " is one of worker " + ownerOf(key)
                        + ", so nobody sends it to worker " + me + ": use keyOf");
            }
        }
        intake.offer(0, worker, item(message));
    }

    private static Item item(Message message) {
        return switch (message) {
            case Message.Control(var item) -> item;
            case Message.Data(var key, var value, var time) -> {
                var batch = new Batch(1);
                batch.add(key, hash(key), value, time);
                yield batch;
            }
        };
    }

    private static int hash(Object key) {
        return key.equals(Operator.NO_KEY) ? 0 : KeyHash.of(key);
    }

    /**
     * The worker is scheduled twice: once when there is no room for what comes out, and once when there is room for one item.
     *
     * @return what came out
     */
    public List<Message> step() {
        pass();
        pass();
        var item = intake.poll();
        var out = item == null ? List.<Message>of() : messages(item);
        received.addAll(out);
        return out;
    }

    /** Hands on what is sent here, while there is credit. */
    private void pass() {
        while (!local.isEmpty() && outlet.isReady()) {
            pass(local.poll());
        }
        outlet.flush();
        unpaid.forEach(outlet::granted);
        unpaid.clear();
    }

    private void pass(Message message) {
        switch (message) {
            case Message.Data(var key, var value, var time) -> {
                outlet.record(key, hash(key), value, time);
                outlet.flush();
            }
            case Message.Control(Item.Epoch(var time)) -> {
                outlet.epoch(time);
                outlet.flush();
            }
            case Message.Control(Item.Idle idle) -> outlet.idle();
            case Message.Control(Item.End end) -> {
                outlet.epoch(Long.MAX_VALUE);
                outlet.end();
            }
            case Message.Control(var other) -> outlet.control(other);
        }
    }

    private void send(int worker, Item item) {
        if (worker == me) {
            intake.offer(0, me, item);
            return;
        }
        sent.computeIfAbsent(worker, absent -> new ArrayList<>()).addAll(messages(item));
        if (item instanceof Batch batch) {
            unpaid.merge(worker, batch.size(), Integer::sum);
        }
    }

    private void consumed(int edge, int sender, int records) {
        if (sender == me) {
            outlet.granted(me, records);
        }
    }

    private static List<Message> messages(Item item) {
        return switch (item) {
            case Item.Control control -> List.of(new Message.Control(control));
            case Records some -> {
                var batch = some.asObjects();
                var records = new ArrayList<Message>();
                for (int i = 0; i < batch.size(); i++) {
                    records.add(new Message.Data(batch.keys[i], batch.values[i], batch.times[i]));
                }
                yield records;
            }
        };
    }

    /** What has come out of the exchange at this worker since it was asked last. */
    public List<Message> received() {
        var out = List.copyOf(received);
        received.clear();
        return out;
    }

    /** What was sent to another worker since it was asked last. */
    public List<Message> sent(int worker) {
        var out = sent.remove(worker);
        return out == null ? List.of() : List.copyOf(out);
    }

    /** Whether all that was sent here has gone its way; what waits for another worker still does. */
    boolean isQuiet() {
        return local.isEmpty();
    }

    @Override
    public String toString() {
        return "to send " + local + ", takes " + intake;
    }
}

package dev.gyre.stream.operator;

import dev.gyre.core.InvariantViolation;
import dev.gyre.stream.exchange.Assignment;
import dev.gyre.stream.exchange.Batch;
import dev.gyre.stream.exchange.Item;
import dev.gyre.stream.exchange.KeyHash;
import dev.gyre.stream.exchange.Numbers;
import dev.gyre.stream.exchange.Records;
import dev.gyre.stream.exchange.Rescale;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Sends each record to the worker that has the group of its key.
 *
 * <p>Records are collected by receiver, and sent when a batch is full or the stage has nothing to do. An epoch waits for that: it may be late, not early, and so
 * it does not cut batches short. Records are sent only while each receiver has credit; one more batch of input may overdraw it, by what comes of that.
 */
public final class ExchangeOutlet extends Outlet {
    /** Records that a receiver may have waiting for each sender: enough to keep both at work while the one or the other is not scheduled. */
    public static final int WINDOW = 16 * Batch.CAPACITY;

    /**
     * A batch that has fewer records is sent in columns of their size: what waits for a slow receiver takes memory by what it is, and that is what credit bounds. Otherwise a
     * source that gives one record at a time would fill the memory with room for a thousand each.
     */
    private static final int FEW = Batch.CAPACITY / 4;

    private final int edge;
    private final Transport transport;
    private final int shift;
    private final boolean isLocal;
    private Peer[] peers;
    private Peer[] byGroup;
    private long epoch = NO_TIME;
    private long sentEpoch = NO_TIME;
    /** Idle was said, and nothing since. */
    private boolean isIdle;

    private boolean isEnded;
    private @Nullable Withholding before;

    /** One receiver. */
    private static final class Peer {
        final int worker;
        int credit = WINDOW;

        @Nullable Batch open;

        Numbers openNumbers = Numbers.NONE;

        Peer(int worker) {
            this.worker = worker;
        }
    }

    private ExchangeOutlet(int edge, Assignment assignment, boolean isLocal, Transport transport) {
        this.edge = edge;
        this.transport = transport;
        this.isLocal = isLocal;
        this.shift = Assignment.shiftOf(assignment.groups());
        this.peers = assignment.workers().stream().map(Peer::new).toArray(Peer[]::new);
        this.byGroup = routes(assignment);
    }

    /** An outlet that routes by an assignment, and by the next one behind its marker. */
    public static ExchangeOutlet to(Assignment assignment, int edge, Transport transport) {
        return new ExchangeOutlet(edge, assignment, false, transport);
    }

    /** An outlet to another stage of the same worker: where streams come together. */
    public static ExchangeOutlet local(int me, int edge, Transport transport) {
        return new ExchangeOutlet(edge, Assignment.of(0, 2, List.of(me)), true, transport);
    }

    private Peer[] routes(Assignment assignment) {
        var routes = new Peer[assignment.groups()];
        for (int group = 0; group < routes.length; group++) {
            routes[group] = peer(assignment.owner(group));
        }
        return routes;
    }

    private Peer peer(int worker) {
        for (var peer : peers) {
            if (peer.worker == worker) {
                return peer;
            }
        }
        throw new InvariantViolation("edge " + edge + " does not lead to worker " + worker);
    }

    /** Whether it leads to another stage of the same worker. */
    public boolean isLocal() {
        return isLocal;
    }

    /** The number of its edge. */
    public int edge() {
        return edge;
    }

    /** Something right before this outlet keeps records back. */
    public void follow(Withholding operator) {
        before = operator;
    }

    @Override
    public void record(Object key, int hash, Object value, long time) {
        var peer = byGroup[hash >>> shift];
        var batch = peer.open;
        if (batch == null) {
            batch = new Batch();
            send(peer); // numbers that came before stay before
            peer.open = batch;
            peer.openNumbers = Numbers.NONE;
        }
        if (batch.add(key, hash, value, time)) {
            send(peer);
        }
    }

    @Override
    public void numbers(Numbers numbers) {
        for (var peer : peers) {
            if (peer.openNumbers.isFull()) {
                openNumbers(peer);
            }
        }
        int i = 0;
        while (i < numbers.end()) {
            i = spread(numbers.cells, i, numbers.end());
            var last = byGroup[KeyHash.of(numbers.cells[i - Numbers.WIDTH]) >>> shift];
            if (last.openNumbers.isFull()) {
                openNumbers(last);
            }
        }
    }

    /** What came before is sent, objects or numbers, and stays before. */
    private void openNumbers(Peer peer) {
        send(peer);
        peer.open = null;
        peer.openNumbers = transport.numbers();
    }

    /**
     * Copies records to the columns of their receivers, each of which has some open, until some are full. It calls nothing, as {@link NumberFold}'s loop.
     *
     * @return behind the record that was copied last
     */
    private int spread(long[] cells, int from, int end) {
        var routes = byGroup;
        int by = shift;
        int i = from;
        while (i < end) {
            long key = cells[i];
            var open = routes[KeyHash.of(key) >>> by].openNumbers;
            boolean isFull = open.add(key, cells[i + Numbers.VALUE], cells[i + Numbers.TIME]);
            i += Numbers.WIDTH;
            if (isFull) {
                break;
            }
        }
        return i;
    }

    /** Sends what is open; there is one kind of it at most. */
    private void send(Peer peer) {
        Records records = peer.open == null ? peer.openNumbers : peer.open;
        if (records.size() == 0) {
            return;
        }
        isIdle = false;
        peer.credit -= records.size();
        if (records.size() < FEW) {
            transport.send(edge, peer.worker, records.takeOut());
        } else {
            peer.open = null;
            peer.openNumbers = Numbers.NONE;
            transport.send(edge, peer.worker, records);
        }
    }

    @Override
    public long reached() {
        return transport.reached(edge);
    }

    @Override
    public boolean isReady() {
        for (var peer : peers) {
            if (peer.credit <= 0) {
                return false;
            }
        }
        return true;
    }

    /** A receiver has consumed records. */
    public void granted(int worker, int records) {
        for (var peer : peers) {
            if (peer.worker == worker) {
                peer.credit += records;
            }
        }
    }

    @Override
    public void flush() {
        for (var peer : peers) {
            send(peer);
        }
        if (epoch > sentEpoch) {
            sentEpoch = epoch;
            isIdle = false;
            sendAll(new Item.Epoch(epoch));
        }
    }

    private void sendAll(Item item) {
        for (var peer : peers) {
            transport.send(edge, peer.worker, item);
        }
    }

    @Override
    public void epoch(long time) {
        epoch = time;
    }

    @Override
    public void news(SourceNews news) {
        if (news instanceof SourceNews.Restart) {
            epoch = NO_TIME;
            sentEpoch = NO_TIME;
            isIdle = false;
        }
    }

    @Override
    public void idle() {
        flush();
        isIdle = true;
        sendAll(new Item.Idle());
    }

    @Override
    public void end() {
        flush();
        isEnded = true;
        sendAll(new Item.End());
    }

    @Override
    public void control(Item.Control item) {
        if (before != null) {
            before.giveUp();
        }
        flush();
        if (item instanceof Item.Marker(var rescale) && !isLocal) {
            rescale(rescale, item);
        } else {
            sendAll(item);
        }
        if (item instanceof Item.Marker && !isEnded) {
            sayAgain();
        }
        if (item instanceof Item.Goodbye) {
            // An epoch that still comes of what was aligned before concerns nobody; a record would be a mistake.
            peers = new Peer[0];
            byGroup = new Peer[0];
        }
    }

    /** At a marker receivers forget how far each sender is: who joins may be told, and what was said of partitions that move holds no more. */
    private void sayAgain() {
        if (epoch != NO_TIME) {
            sentEpoch = epoch;
            sendAll(new Item.Epoch(epoch));
        }
        if (isIdle) {
            sendAll(new Item.Idle());
        }
    }

    /** The marker goes to old and new receivers; from then on the new ones alone get anything. */
    private void rescale(Rescale rescale, Item marker) {
        var all = new TreeSet<>(rescale.to().workers());
        for (var peer : peers) {
            all.add(peer.worker);
        }
        var next = new ArrayList<Peer>();
        for (int worker : all) {
            transport.send(edge, worker, marker);
            if (rescale.to().workers().contains(worker)) {
                next.add(known(worker));
            }
            if (!rescale.from().workers().contains(worker) && isEnded) {
                transport.send(edge, worker, new Item.End());
            }
        }
        peers = next.toArray(Peer[]::new);
        byGroup = routes(rescale.to());
    }

    private Peer known(int worker) {
        for (var peer : peers) {
            if (peer.worker == worker) {
                return peer;
            }
        }
        return new Peer(worker);
    }
}

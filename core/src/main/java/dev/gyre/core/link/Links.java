package dev.gyre.core.link;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * All that a node has to do with its peers: a link to each, and one from each. A link carries channels, each known by its name: what is accepted for a
 * channel arrives once, in order, in the life of both ends; or its loss is told.
 *
 * <p>Whoever sends is answered at once, and {@link #step} with the next {@link Input.Tick} puts it on its way. Whoever receives takes what has come with
 * {@link #poll}, and says {@link #consumed} when the memory is free again, or uses one of the drains, which do both.
 *
 * <p>Not for use by several threads. The same calls with the same times and generator give the same outputs. Source: spec/shuffle.md.
 *
 * @param <P> payloads; they must not change once sent
 */
public final class Links<P> {
    /** The version of the frames. */
    public static final int PROTOCOL = 1;

    private final LinkContext<P> context;
    private final TreeMap<String, OutLink<P>> out = new TreeMap<>();
    private final TreeMap<String, InLink<P>> in = new TreeMap<>();
    private long now;

    /**
     * Who a node is.
     *
     * @param name among its peers
     * @param incarnation its life, at least 1, higher than that of any life before
     */
    public record Self(String name, long incarnation) {
        /** Checks both. */
        public Self {
            checkName("node", name);
            if (incarnation < 1) {
                throw new IllegalArgumentException("incarnation of " + name + " is " + incarnation + ": at least 1");
            }
        }
    }

    /**
     * The links of a node that starts: none.
     *
     * @param random for back-off; another one at each node
     */
    public Links(
            Self self, LinkSettings settings, Payloads<P> payloads, AddressBook addresses, RandomGenerator random) {
        context = new LinkContext<>(self, settings, payloads, addresses, random);
    }

    /**
     * Takes one input.
     *
     * @param nowNanos on the clock that all calls use; not before that of the last
     */
    public Output<P> step(Input<P> input, long nowNanos) {
        now = nowNanos;
        switch (input) {
            case Input.Received<P>(var from, var frame) -> received(from, frame);
            case Input.Cut<P>(var peer, var generation, var reason) ->
                find(peer).ifPresent(link -> link.cut(generation, reason, now));
            case Input.Tick<P>() -> {}
        }
        // All of it, since any may be due: a peer that sends all the time must not hold up the clocks of others.
        out.values().forEach(link -> link.tick(now));
        in.values().forEach(link -> link.tick(now));
        return context.take();
    }

    private void received(String from, LinkFrame<P> frame) {
        switch (frame) {
            case LinkFrame.Hello<P> hello ->
                in.computeIfAbsent(from, peer -> new InLink<>(context, peer)).hello(hello, now);
            case LinkFrame.Item<P> item -> from(from, item).ifPresent(link -> link.item(item, now));
            case LinkFrame.Ping<P> ping -> from(from, ping).ifPresent(link -> link.ping(ping, now));
            case LinkFrame.Close<P> close -> from(from, close).ifPresent(link -> link.close(close, now));
            case LinkFrame.Welcome<P> welcome -> find(from).ifPresent(link -> link.welcome(welcome, now));
            case LinkFrame.Ack<P> ack -> find(from).ifPresent(link -> link.ack(ack, now));
            case LinkFrame.Closed<P> closed -> find(from).ifPresent(link -> link.closed(closed, now));
            case LinkFrame.Refused<P> refused -> find(from).ifPresent(link -> link.refused(refused, now));
        }
    }

    private Optional<OutLink<P>> find(String peer) {
        return Optional.ofNullable(out.get(peer));
    }

    /** The half that receives from a peer; who has not said {@code Hello} is told to. */
    private Optional<InLink<P>> from(String peer, LinkFrame<P> frame) {
        var link = in.get(peer);
        if (link == null) {
            context.send(
                    peer,
                    new LinkFrame.Refused<>(
                            frame.connection(), "the first frame of a connection is Hello, not " + kind(frame)));
        }
        return Optional.ofNullable(link);
    }

    private static String kind(LinkFrame<?> frame) {
        return frame.getClass().getSimpleName();
    }

    /** When to step a {@link Input.Tick} at the latest: at once, if something was sent or consumed since the last step. */
    public long nextDeadlineNanos() {
        long deadline = context.hasOutput() ? now : Long.MAX_VALUE;
        for (var link : out.values()) {
            deadline = Math.min(deadline, link.deadlineNanos());
        }
        for (var link : in.values()) {
            deadline = Math.min(deadline, link.deadlineNanos());
        }
        return deadline;
    }

    /**
     * Sends records, on the channel's credit for data. All of a channel have one {@link Payloads#schema}, the first one's. What is larger than an item is
     * split.
     *
     * @param channel at most {@link LinkSettings#MAX_NAME_BYTES} in UTF-8
     */
    public Sent trySend(String peer, String channel, Stamp stamp, P payload, long nowNanos) {
        return outTo(peer, channel, nowNanos, link -> link.sendData(channel, stamp, payload, now));
    }

    /** Sends what must pass when data cannot, on credit of its own. It keeps its place among the data of its channel. */
    public Sent trySendControl(String peer, String channel, Stamp stamp, P payload, long nowNanos) {
        return outTo(peer, channel, nowNanos, link -> link.sendControl(channel, stamp, payload, now));
    }

    /** Sends a barrier, as {@link #trySendControl}. One that is not accepted is not sent: its epoch must be given up, or it be tried again. */
    public Sent trySendBarrier(String peer, String channel, Stamp stamp, long snapshot, long nowNanos) {
        return outTo(peer, channel, nowNanos, link -> link.sendBarrier(channel, stamp, snapshot, now));
    }

    /** Sends a barrier to several peers, whatever becomes of it at one of them; says what did, by peer. */
    public SortedMap<String, Sent> trySendBarriers(
            Collection<String> peers, String channel, Stamp stamp, long snapshot, long nowNanos) {
        var outcomes = new TreeMap<String, Sent>();
        for (var peer : peers) {
            outcomes.put(peer, trySendBarrier(peer, channel, stamp, snapshot, nowNanos));
        }
        return outcomes;
    }

    private Sent outTo(String peer, String channel, long nowNanos, Function<OutLink<P>, Sent> act) {
        checkName("channel", channel);
        now = nowNanos;
        var known = out.get(peer);
        if (known == null) {
            if (peer.equals(context.self) || context.addresses.find(peer).isEmpty()) {
                return new Sent.NotFound(peer);
            }
            checkName("node", peer);
            known = new OutLink<>(context, peer);
            out.put(peer, known);
        }
        return act.apply(known);
    }

    private static void checkName(String what, String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > LinkSettings.MAX_NAME_BYTES) {
            throw new IllegalArgumentException("the name of a " + what + " has " + bytes + " bytes: from 1 to "
                    + LinkSettings.MAX_NAME_BYTES + " can be: " + name);
        }
    }

    /** Refuses items behind a stamp from now on, those that wait included, and has their senders told. A fence never goes back. */
    public void fence(Stamp fence, long nowNanos) {
        now = nowNanos;
        if (context.fence.isBehind(fence)) {
            context.fence = fence;
            in.values().forEach(link -> link.fenceRaised(now));
        }
    }

    /**
     * A peer has begun a life, as the owner knows from elsewhere. What was sent to an earlier one is gone, as if that had shown in a connection, and what follows is
     * for this life alone: else it could reach one that does not know yet that it is over.
     *
     * @param incarnation of that life; one that is no news changes nothing
     */
    public void expect(String peer, long incarnation, long nowNanos) {
        checkName("node", peer);
        now = nowNanos;
        out.computeIfAbsent(peer, unknown -> new OutLink<>(context, unknown)).expect(incarnation, now);
    }

    /** Takes what is next in a channel from a peer. Its credit is given back only by {@link #consumed}. */
    public Optional<Arrival<P>> poll(String peer, String channel) {
        var link = in.get(peer);
        return link == null ? Optional.empty() : link.poll(channel);
    }

    /**
     * Gives back the credit of something that was taken.
     *
     * @throws IllegalStateException when more is given back than was taken
     */
    public void consumed(Arrival<P> arrival, long nowNanos) {
        now = nowNanos;
        var link = in.get(arrival.peer());
        if (link == null) {
            throw new IllegalStateException("nothing was ever taken from " + arrival.peer());
        }
        link.consumed(arrival, now);
    }

    /** Takes all that waits in a channel, from all peers, up to the first barrier of each, and gives its credit back. */
    public List<Arrival<P>> drain(String channel, long nowNanos) {
        return drain(channel::equals, arrival -> !arrival.isBarrier(), nowNanos);
    }

    /** As {@link #drain}, of all channels whose names begin so. */
    public List<Arrival<P>> drainPrefix(String prefix, long nowNanos) {
        return drain(name -> name.startsWith(prefix), arrival -> !arrival.isBarrier(), nowNanos);
    }

    /** Takes the barriers that nothing waits in front of, from all peers. */
    public List<Arrival<P>> drainBarriers(long nowNanos) {
        return drain(name -> true, Arrival::isBarrier, nowNanos);
    }

    /** Takes everything. */
    public List<Arrival<P>> drainAll(long nowNanos) {
        return drain(name -> true, arrival -> true, nowNanos);
    }

    private List<Arrival<P>> drain(Predicate<String> names, Predicate<Arrival<P>> isWanted, long nowNanos) {
        now = nowNanos;
        List<Arrival<P>> drained = new ArrayList<>();
        for (var link : in.values()) {
            var some = link.drain(names, isWanted);
            some.forEach(arrival -> link.consumed(arrival, now));
            drained.addAll(some);
        }
        return drained;
    }

    /** Refuses more for a peer; {@link LinkEvent.Closed} tells when all that was sent has arrived. The next send after that opens the link anew. */
    public void close(String peer, long nowNanos) {
        now = nowNanos;
        find(peer).ifPresentOrElse(OutLink::close, () -> context.tell(new LinkEvent.Closed(peer)));
    }

    /** How things stand with a peer. */
    public PeerState state(String peer, long nowNanos) {
        var to = out.get(peer);
        var from = in.get(peer);
        return new PeerState(
                to == null ? PeerState.Sending.IDLE : to.state(nowNanos),
                to == null ? 0 : to.receiverIncarnation(),
                to == null ? 0 : to.generation(),
                to == null ? 0 : to.retainedBytes(),
                from != null && from.isHeard(nowNanos),
                from == null ? 0 : from.heldBytes());
    }
}

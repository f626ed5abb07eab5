package dev.gyre.core.link;

import dev.gyre.core.link.LinkEvent.Half;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The receiving half of a link: which connection counts, and what of it is next. */
final class InLink<P> {
    /** So many credits fit well into the smallest sensible frame. */
    private static final int CREDITS_AN_ACK = 256;

    private final LinkContext<P> context;
    private final String peer;
    private Inbox<P> inbox;
    private long senderIncarnation;
    private long generation;
    private boolean isConnected;
    private boolean isClosed;
    private long next = 1;
    private final TreeMap<Long, LinkFrame.Item<P>> early = new TreeMap<>();
    private long earlyBytes;
    /** The item for which a gap was asked last: it is asked for once, then the sender's clock sees to it. */
    private long askedFor;

    private long ackNanos = Long.MAX_VALUE;
    private long heardNanos = Long.MIN_VALUE;

    InLink(LinkContext<P> context, String peer) {
        this.context = context;
        this.peer = peer;
        this.inbox = new Inbox<>(context, peer, 0, -1);
    }

    void hello(LinkFrame.Hello<P> hello, long now) {
        var connection = hello.connection();
        var wrong = whatIsWrong(hello);
        if (wrong.isPresent()) {
            refuse(connection, wrong.get());
            return;
        }
        boolean isOld = connection.senderIncarnation() < senderIncarnation
                || (connection.senderIncarnation() == senderIncarnation && connection.generation() < generation)
                || connection.receiverIncarnation() > context.incarnation; // meant for a later life of this node
        if (isOld) {
            return;
        }
        if (connection.senderIncarnation() > senderIncarnation) {
            newLife(connection.senderIncarnation());
        }
        if (connection.generation() > generation) {
            generation = connection.generation();
            dropEarly(); // they come again
            isClosed = false;
            isConnected = true;
        }
        if (isConnected) {
            heardNanos = now;
            context.send(peer, new LinkFrame.Welcome<>(connection(), next));
            ack(0, true);
        }
    }

    private Optional<String> whatIsWrong(LinkFrame.Hello<P> hello) {
        var own = context.settings.sizes();
        var its = hello.sizes();
        if (hello.protocol() != Links.PROTOCOL) {
            return Optional.of("it speaks protocol " + hello.protocol() + ", not " + Links.PROTOCOL);
        }
        if (!hello.from().equals(peer)) {
            return Optional.of("it says that it is " + hello.from() + ", and is " + peer);
        }
        if (!hello.to().equals(context.self)) {
            return Optional.of("it wants to reach " + hello.to() + ", and this is " + context.self);
        }
        if (its.dataWindowBytes() > own.dataWindowBytes()
                || its.controlWindowBytes() > own.controlWindowBytes()
                || its.maxItemBytes() > own.maxItemBytes()) {
            return Optional.of("its " + its + " are more than can be held here: " + own);
        }
        return Optional.empty();
    }

    private void newLife(long incarnation) {
        long lostEpoch = inbox.highestEpoch();
        boolean isFirst = senderIncarnation == 0;
        inbox = new Inbox<>(context, peer, incarnation, lostEpoch);
        senderIncarnation = incarnation;
        generation = 0;
        next = 1;
        if (!isFirst) {
            context.tell(new LinkEvent.PeerRestarted(peer, Half.RECEIVING, incarnation, lostEpoch));
        }
    }

    private Connection connection() {
        return new Connection(senderIncarnation, context.incarnation, generation);
    }

    /** Whether a frame is of the connection that counts. The sender is told when none does; one that is over is fenced off in silence. */
    private boolean isCurrent(LinkFrame<P> frame, long now) {
        var its = frame.connection();
        if (isConnected && its.equals(connection())) {
            heardNanos = now;
            return true;
        }
        boolean isOld = its.senderIncarnation() < senderIncarnation
                || (its.senderIncarnation() == senderIncarnation && its.generation() < generation);
        if (!isOld) {
            context.send(peer, new LinkFrame.Refused<>(its, "no connection was opened here with Hello: " + its));
        }
        return false;
    }

    void item(LinkFrame.Item<P> item, long now) {
        if (!isCurrent(item, now)) {
            return;
        }
        var wrong = whatIsWrong(item);
        if (wrong.isPresent()) {
            refuse(item.connection(), wrong.get());
            return;
        }
        ackNanos = Math.min(ackNanos, now + context.settings.ackDelayNanos());
        if (item.sequence() > next) {
            keepEarly(item);
            askForGap(early.isEmpty() ? item.sequence() : early.firstKey());
        } else if (item.sequence() == next) {
            takeNext(item);
        }
    }

    private Optional<String> whatIsWrong(LinkFrame.Item<P> item) {
        int least = LinkSettings.OVERHEAD_BYTES
                + switch (item.body()) {
                    case LinkFrame.Body.Data<P>(var payload) -> context.payloads.sizeBytes(payload);
                    case LinkFrame.Body.Control<P>(var payload) -> context.payloads.sizeBytes(payload);
                    case LinkFrame.Body.Barrier<P> barrier -> 0;
                };
        boolean isFit = item.bytes() >= least
                && item.bytes() <= context.settings.sizes().maxItemBytes();
        return isFit
                ? Optional.empty()
                : Optional.of("item " + item.sequence() + " says that it costs " + item.bytes() + " bytes; at least "
                        + least + " and at most " + context.settings.sizes().maxItemBytes() + " can be");
    }

    private void keepEarly(LinkFrame.Item<P> item) {
        if (earlyBytes + item.bytes() <= context.settings.maxEarlyBytes()
                && early.putIfAbsent(item.sequence(), item) == null) {
            earlyBytes += item.bytes();
        }
    }

    private void askForGap(long end) {
        if (askedFor != next) {
            askedFor = next;
            ack(end, false);
        }
    }

    private void takeNext(LinkFrame.Item<P> item) {
        var taken = Optional.of(item);
        while (taken.isPresent()) {
            var wrong = inbox.receive(taken.get());
            if (wrong.isPresent()) {
                refuse(item.connection(), wrong.get());
                return;
            }
            next++;
            taken = Optional.ofNullable(early.remove(next));
            earlyBytes -= taken.map(LinkFrame.Item::bytes).orElse(0);
        }
        if (!early.isEmpty()) {
            askForGap(early.firstKey());
        }
    }

    void ping(LinkFrame.Ping<P> ping, long now) {
        if (isCurrent(ping, now)) {
            long end = early.isEmpty() ? ping.next() : early.firstKey();
            ack(end > next ? end : 0, true);
        }
    }

    void close(LinkFrame.Close<P> close, long now) {
        if (!isCurrent(close, now)) {
            return;
        }
        if (next <= close.last()) {
            ack(close.last() + 1, true);
            return;
        }
        context.send(peer, new LinkFrame.Closed<>(connection(), close.last()));
        if (!isClosed) {
            isClosed = true;
            context.tell(new LinkEvent.PeerClosed(peer));
        }
    }

    private void ack(long gapEnd, boolean isAll) {
        ackNanos = Long.MAX_VALUE;
        var credits = inbox.credits(isAll);
        for (int i = 0; i == 0 || i < credits.size(); i += CREDITS_AN_ACK) {
            var some = List.copyOf(credits.subList(i, Math.min(credits.size(), i + CREDITS_AN_ACK)));
            context.send(
                    peer,
                    new LinkFrame.Ack<>(connection(), next, i == 0 ? gapEnd : 0, context.fence, inbox.refused(), some));
        }
    }

    private void refuse(Connection connection, String reason) {
        context.send(peer, new LinkFrame.Refused<>(connection, reason));
        context.disconnect(peer, false, connection.generation(), reason);
        context.tell(new LinkEvent.ConnectionRefused(peer, reason));
        if (connection.senderIncarnation() == senderIncarnation && connection.generation() == generation) {
            isConnected = false;
        }
    }

    void tick(long now) {
        if (now >= ackNanos) {
            if (isConnected) {
                ack(0, false);
            }
            ackNanos = Long.MAX_VALUE;
        }
        if (now >= earlyEndsNanos()) {
            dropEarly(); // a life that is over would keep the memory for ever; of one that is not, they come again
        }
    }

    private long earlyEndsNanos() {
        return early.isEmpty() ? Long.MAX_VALUE : heardNanos + context.settings.silenceNanos();
    }

    private void dropEarly() {
        early.clear();
        earlyBytes = 0;
        askedFor = 0;
    }

    long deadlineNanos() {
        return Math.min(ackNanos, earlyEndsNanos());
    }

    Optional<Arrival<P>> poll(String channel) {
        return inbox.poll(channel);
    }

    List<Arrival<P>> drain(Predicate<String> names, Predicate<Arrival<P>> isWanted) {
        return inbox.drain(names, isWanted);
    }

    void consumed(Arrival<P> arrival, long now) {
        if (arrival.incarnation() == senderIncarnation) { // else of a session that is over
            inbox.consumed(arrival);
            ackNanos = Math.min(ackNanos, now + context.settings.ackDelayNanos());
        }
    }

    void fenceRaised(long now) {
        inbox.fenceRaised();
        ackNanos = Math.min(ackNanos, now + context.settings.ackDelayNanos());
    }

    boolean isHeard(long now) {
        return isConnected && heardNanos != Long.MIN_VALUE && now - heardNanos < context.settings.silenceNanos();
    }

    long heldBytes() {
        return inbox.heldBytes() + earlyBytes;
    }
}

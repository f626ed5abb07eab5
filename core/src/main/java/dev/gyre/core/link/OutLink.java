package dev.gyre.core.link;

import dev.gyre.core.link.PeerState.Sending;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a link: makes connections, and puts on them what its {@link Outbox} has accepted, again if need be. The owner of all transitions:
 *
 * <pre>
 * IDLE ─ first send ─► CONNECTING ─ Welcome ─► UP ─ all acknowledged after close ─► IDLE
 *                       ▲      └─ time-out, cut, refused ─► WAITING ◄─ silence, cut, refused ─┘ (from UP)
 *                       └────────── back-off is over ─────────┘
 * </pre>
 */
final class OutLink<P> {
    /** How much is sent again when nothing is heard: enough to find the hole, little enough not to flood who is merely slow. */
    private static final int RESEND_BYTES = 64 << 10;

    private static final int MAX_RESEND_DOUBLINGS = 4;

    private final LinkContext<P> context;
    private final String peer;
    private final Connecting connecting;
    private final Outbox<P> outbox;
    private final Retained<P> retained;
    private Sending state = Sending.IDLE;
    private boolean isClosing;
    private long generation;
    private long receiverIncarnation;
    private long nextToSend = 1;
    private long attemptNanos;
    private long pingNanos;
    private long silentNanos;
    private long resendNanos;
    private int resends;

    OutLink(LinkContext<P> context, String peer) {
        this.context = context;
        this.peer = peer;
        this.connecting = new Connecting(context.settings, context.random);
        this.outbox = new Outbox<>(context, peer);
        this.retained = outbox.retained();
    }

    /** See {@link Links#trySend}. */
    Sent sendData(String channel, Stamp stamp, P payload, long now) {
        var obstacle = obstacle(channel, stamp, now);
        return obstacle != null ? obstacle : sent(outbox.addData(channel, stamp, payload), now);
    }

    /** See {@link Links#trySendControl}. */
    Sent sendControl(String channel, Stamp stamp, P payload, long now) {
        var obstacle = obstacle(channel, stamp, now);
        return obstacle != null ? obstacle : sent(outbox.addControl(channel, stamp, payload), now);
    }

    /** See {@link Links#trySendBarrier}. */
    Sent sendBarrier(String channel, Stamp stamp, long snapshot, long now) {
        var obstacle = obstacle(channel, stamp, now);
        return obstacle != null ? obstacle : sent(outbox.addBarrier(channel, stamp, snapshot), now);
    }

    /** Why nothing can be sent, whatever it is; opens the link if it is not open. */
    private @Nullable Sent obstacle(String channel, Stamp stamp, long now) {
        if (isClosing) {
            return new Sent.Closing();
        }
        var obstacle = outbox.obstacle(channel, stamp);
        if (obstacle != null) {
            return obstacle;
        }
        if (state == Sending.IDLE) {
            var address = context.addresses.find(peer);
            if (address.isEmpty()) {
                return new Sent.NotFound(peer);
            }
            connect(address.get(), now);
        }
        return state != Sending.UP && connecting.isDown(now) ? new Sent.PeerDown(connecting.reason()) : null;
    }

    private Sent sent(Sent outcome, long now) {
        if (state == Sending.UP && nextToSend < retained.next()) {
            if (nextToSend == retained.first()) {
                progress(now); // nothing was under way before
            }
            sendNew();
        }
        return outcome;
    }

    private Connection connection() {
        return new Connection(context.incarnation, receiverIncarnation, generation);
    }

    private void sendNew() {
        for (var entry : retained.range(nextToSend, retained.next())) {
            sendItem(entry);
        }
        nextToSend = retained.next();
    }

    private void sendItem(Retained.Entry<P> entry) {
        context.send(peer, outbox.frame(connection(), entry));
    }

    /** Refuses more, and ends the link when all has arrived. */
    void close() {
        if (state == Sending.IDLE) {
            context.tell(new LinkEvent.Closed(peer));
        } else if (!isClosing) {
            isClosing = true;
            sendClose();
        }
    }

    private void sendClose() {
        if (isClosing && state == Sending.UP) {
            context.send(peer, new LinkFrame.Close<>(connection(), retained.next() - 1));
        }
    }

    private void connect(String address, long now) {
        generation++;
        state = Sending.CONNECTING;
        attemptNanos = now + context.settings.connectTimeoutNanos();
        context.connect(peer, address, generation);
        context.send(
                peer,
                new LinkFrame.Hello<>(connection(), Links.PROTOCOL, context.self, peer, context.settings.sizes()));
    }

    void tick(long now) {
        switch (state) {
            case CONNECTING -> {
                if (now >= attemptNanos) {
                    fail("no answer in " + context.settings.connectTimeoutNanos() + " ns", now);
                }
            }
            case WAITING -> {
                if (now >= attemptNanos) {
                    var address = context.addresses.find(peer);
                    address.ifPresentOrElse(known -> connect(known, now), () -> fail("its address is not known", now));
                }
            }
            case UP -> tickUp(now);
            case IDLE, DOWN -> {}
        }
        if (connecting.tellsDown(now)) {
            context.tell(new LinkEvent.Down(peer, connecting.reason()));
        }
    }

    private void tickUp(long now) {
        if (now >= silentNanos) {
            fail("silent for " + context.settings.silenceNanos() + " ns", now);
            return;
        }
        if (now >= pingNanos) {
            pingNanos = now + context.settings.heartbeatNanos();
            context.send(peer, new LinkFrame.Ping<>(connection(), retained.next()));
            sendClose();
        }
        if (now >= resendNanos && !retained.isEmpty()) {
            resends = Math.min(resends + 1, MAX_RESEND_DOUBLINGS);
            resendNanos = now + (context.settings.resendNanos() << resends);
            var oldest = retained.oldest();
            for (int bytes = 0; bytes < RESEND_BYTES && oldest.hasNext(); ) {
                var entry = oldest.next();
                bytes += entry.bytes();
                sendItem(entry);
            }
        }
    }

    private void progress(long now) {
        resends = 0;
        resendNanos = now + context.settings.resendNanos();
    }

    /** The connection with that generation is over. */
    void cut(long itsGeneration, String reason, long now) {
        if (itsGeneration == generation && (state == Sending.UP || state == Sending.CONNECTING)) {
            fail(reason, now);
        }
    }

    private void fail(String reason, long now) {
        if (state != Sending.WAITING) {
            context.disconnect(peer, true, generation, reason);
            context.tell(new LinkEvent.Disconnected(peer, reason));
        }
        state = Sending.WAITING;
        attemptNanos = connecting.failed(reason, now);
    }

    void welcome(LinkFrame.Welcome<P> welcome, long now) {
        long itsIncarnation = welcome.connection().receiverIncarnation();
        boolean isOurs = welcome.connection().senderIncarnation() == context.incarnation
                && welcome.connection().generation() == generation
                && itsIncarnation >= Math.max(1, receiverIncarnation);
        if (!isOurs) {
            return; // of an older connection, or of a life that is over
        }
        if (state == Sending.UP && itsIncarnation != receiverIncarnation) {
            fail("it has begun life " + itsIncarnation, now);
        } else if (state == Sending.CONNECTING) {
            if (receiverIncarnation != 0 && itsIncarnation != receiverIncarnation) {
                outbox.restarted(itsIncarnation);
            }
            receiverIncarnation = itsIncarnation;
            if (welcome.next() < retained.first() || welcome.next() > retained.next()) {
                failAt(welcome.next(), now);
            } else {
                up(welcome.next(), now);
            }
        }
    }

    /** See {@link Links#expect}. */
    void expect(long itsIncarnation, long now) {
        if (itsIncarnation <= receiverIncarnation) {
            return;
        }
        boolean isFirst = receiverIncarnation == 0;
        receiverIncarnation = itsIncarnation;
        if (!isFirst) {
            outbox.restarted(itsIncarnation);
        }
        if (state != Sending.IDLE) {
            fail("it has begun life " + itsIncarnation, now);
            attemptNanos = now; // it is there: nothing speaks for a wait
        }
    }

    private void up(long next, long now) {
        state = Sending.UP;
        connecting.succeeded();
        context.tell(new LinkEvent.Up(peer, generation));
        pingNanos = now + context.settings.heartbeatNanos();
        silentNanos = now + context.settings.silenceNanos();
        progress(now);
        outbox.connected();
        retained.acknowledged(next);
        nextToSend = next;
        sendNew();
        sendClose();
    }

    private void failAt(long next, long now) {
        fail(
                "it expects item " + next + "; those not acknowledged are from " + retained.first() + " to before "
                        + retained.next(),
                now);
    }

    void ack(LinkFrame.Ack<P> ack, long now) {
        if (state != Sending.UP || !ack.connection().equals(connection())) {
            return;
        }
        if (ack.next() > retained.next()) {
            failAt(ack.next(), now);
            return;
        }
        silentNanos = now + context.settings.silenceNanos();
        if (ack.next() > retained.first()) {
            progress(now);
        }
        outbox.acknowledged(ack);
        if (ack.gapEnd() > ack.next()) {
            retained.range(ack.next(), Math.min(ack.gapEnd(), nextToSend)).forEach(this::sendItem);
        }
    }

    void closed(LinkFrame.Closed<P> frame, long now) {
        if (state != Sending.UP || !frame.connection().equals(connection()) || !isClosing) {
            return;
        }
        if (frame.last() + 1 != retained.next()) {
            failAt(frame.last() + 1, now);
        } else {
            retained.acknowledged(retained.next());
            isClosing = false;
            state = Sending.IDLE;
            context.disconnect(peer, true, generation, "closed");
            context.tell(new LinkEvent.Closed(peer));
        }
    }

    void refused(LinkFrame.Refused<P> frame, long now) {
        if (frame.connection().senderIncarnation() == context.incarnation) {
            cut(frame.connection().generation(), "refused: " + frame.reason(), now);
        }
    }

    long deadlineNanos() {
        long own = switch (state) {
            case CONNECTING, WAITING -> attemptNanos;
            case UP -> Math.min(Math.min(pingNanos, silentNanos), retained.isEmpty() ? Long.MAX_VALUE : resendNanos);
            case IDLE, DOWN -> Long.MAX_VALUE;
        };
        return Math.min(own, connecting.downAtNanos());
    }

    Sending state(long now) {
        return state != Sending.UP && state != Sending.IDLE && connecting.isDown(now) ? Sending.DOWN : state;
    }

    long generation() {
        return generation;
    }

    long receiverIncarnation() {
        return receiverIncarnation;
    }

    long retainedBytes() {
        return retained.dataBytes() + retained.controlBytes();
    }
}

package dev.gyre.core.link;

import dev.gyre.core.link.LinkEvent.Half;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one session accepts for a peer: by credit, schema and stamp; and keeps until it is acknowledged. Knows nothing of connections. */
final class Outbox<P> {
    private final LinkContext<P> context;
    private final String peer;
    private final LinkFrame.Sizes sizes;
    private final Retained<P> retained = new Retained<>();
    private final TreeMap<String, OutChannel> channels = new TreeMap<>();
    private long highestEpoch = -1;
    private long lostEpoch = -1;
    private Stamp fence = Stamp.ZERO;
    private long refused;

    Outbox(LinkContext<P> context, String peer) {
        this.context = context;
        this.peer = peer;
        this.sizes = context.settings.sizes();
    }

    Retained<P> retained() {
        return retained;
    }

    /** Why something with that stamp cannot be sent in that channel, whatever it is. */
    @Nullable Sent obstacle(String name, Stamp stamp) {
        if (stamp.isBehind(fence)) {
            return new Sent.Stale(fence);
        }
        if (stamp.epoch() <= lostEpoch) {
            return new Sent.EpochLost(lostEpoch);
        }
        if (!channels.containsKey(name) && channels.size() >= LinkSettings.MAX_CHANNELS) {
            return new Sent.Unfit(
                    at(name) + "there are " + channels.size() + " channels already, the most that a link has");
        }
        return null;
    }

    private String at(String name) {
        return "channel " + name + " to " + peer + ": ";
    }

    Sent addData(String name, Stamp stamp, P payload) {
        var channel = channel(name);
        var schema = context.payloads.schema(payload);
        if (!channel.fits(schema)) {
            return new Sent.Unfit(at(name) + "carries schema " + channel.schema() + ", not " + schema);
        }
        if (schema.getBytes(StandardCharsets.UTF_8).length > LinkSettings.MAX_SCHEMA_BYTES) {
            return new Sent.Unfit(at(name) + "a schema of more than " + LinkSettings.MAX_SCHEMA_BYTES + " bytes");
        }
        int maxPayload = sizes.maxItemBytes() - LinkSettings.OVERHEAD_BYTES;
        boolean isLarge = context.payloads.sizeBytes(payload) > maxPayload;
        var parts = isLarge ? context.payloads.split(payload, maxPayload) : List.of(payload);
        long total = 0;
        for (var part : parts) {
            if (cost(part) > sizes.maxItemBytes()) {
                return new Sent.Unfit(
                        at(name) + cost(part) + " bytes in one piece; an item has at most " + sizes.maxItemBytes());
            }
            total += cost(part);
        }
        // What can never be there as a whole goes as far as it can.
        boolean isWhole = total <= Math.min(sizes.dataWindowBytes(), context.settings.maxRetainedBytes());
        long needed = isWhole || parts.isEmpty() ? total : cost(parts.get(0));
        if (!hasRoom(channel, needed, true)) {
            channel.want(true, needed);
            return new Sent.NoCredit();
        }
        channel.carry(schema);
        for (int i = 0; i < parts.size(); i++) {
            int bytes = cost(parts.get(i));
            if (!hasRoom(channel, bytes, true)) {
                channel.want(true, bytes);
                return new Sent.Partly(new ArrayList<>(parts.subList(i, parts.size())));
            }
            add(channel, stamp, bytes, new LinkFrame.Body.Data<>(parts.get(i)));
        }
        return new Sent.Accepted();
    }

    private int cost(P payload) {
        return Math.addExact(context.payloads.sizeBytes(payload), LinkSettings.OVERHEAD_BYTES);
    }

    Sent addControl(String name, Stamp stamp, P payload) {
        int bytes = cost(payload);
        if (bytes > sizes.maxItemBytes()) {
            return new Sent.Unfit(
                    at(name) + "control of " + bytes + " bytes; an item has at most " + sizes.maxItemBytes());
        }
        return addOnControl(channel(name), stamp, bytes, new LinkFrame.Body.Control<>(payload));
    }

    Sent addBarrier(String name, Stamp stamp, long snapshot) {
        var channel = channel(name);
        var barrier = new LinkFrame.Body.Barrier<P>(snapshot, channel.dataCount());
        return addOnControl(channel, stamp, LinkSettings.OVERHEAD_BYTES, barrier);
    }

    private Sent addOnControl(OutChannel channel, Stamp stamp, int bytes, LinkFrame.Body<P> body) {
        if (!hasRoom(channel, bytes, false)) {
            channel.want(false, bytes);
            return new Sent.NoCredit();
        }
        add(channel, stamp, bytes, body);
        return new Sent.Accepted();
    }

    private OutChannel channel(String name) {
        return channels.computeIfAbsent(name, unknown -> new OutChannel(unknown, sizes));
    }

    private boolean hasRoom(OutChannel channel, long bytes, boolean isData) {
        long room = isData
                ? context.settings.maxRetainedBytes() - retained.dataBytes()
                : context.settings.maxRetainedControlBytes() - retained.controlBytes();
        return bytes <= channel.credit(isData) && bytes <= room;
    }

    private void add(OutChannel channel, Stamp stamp, int bytes, LinkFrame.Body<P> body) {
        channel.sent(body instanceof LinkFrame.Body.Data, bytes);
        highestEpoch = Math.max(highestEpoch, stamp.epoch());
        retained.add(new Retained.Entry<>(retained.next(), channel.name, stamp, bytes, body));
    }

    /** A frame for what is retained. The first data of a channel on a connection bears its schema, each time it is sent. */
    LinkFrame.Item<P> frame(Connection connection, Retained.Entry<P> entry) {
        var schema = Optional.<String>empty();
        if (entry.body() instanceof LinkFrame.Body.Data) {
            var channel = channel(entry.channel());
            if (channel.schemaSequence == 0) {
                channel.schemaSequence = entry.sequence();
            }
            schema = channel.schemaSequence == entry.sequence() ? Optional.of(channel.schema()) : schema;
        }
        return new LinkFrame.Item<>(
                connection, entry.sequence(), entry.channel(), entry.stamp(), entry.bytes(), schema, entry.body());
    }

    /** A new connection, on which no schema was sent yet. */
    void connected() {
        channels.values().forEach(channel -> channel.schemaSequence = 0);
    }

    /** The peer has begun a new life: what it had is gone, and so is what was meant for it. */
    void restarted(long itsIncarnation) {
        lostEpoch = Math.max(lostEpoch, highestEpoch);
        retained.clear();
        refused = 0;
        var starved = channels.values().stream()
                .filter(channel -> channel.wanted(true) > 0 || channel.wanted(false) > 0)
                .map(channel -> channel.name)
                .toList();
        channels.clear();
        context.tell(new LinkEvent.PeerRestarted(peer, Half.SENDING, itsIncarnation, lostEpoch));
        starved.forEach(name -> context.tell(new LinkEvent.CreditBack(peer, name)));
    }

    /** Takes what the receiver tells of itself. What it has acknowledged is dropped. */
    void acknowledged(LinkFrame.Ack<P> ack) {
        retained.acknowledged(ack.next());
        ack.credits().forEach(credit -> {
            var channel = channels.get(credit.channel());
            if (channel != null) {
                channel.raise(credit);
            }
        });
        tellRoom();
        fence = ack.fence().isBehind(fence) ? fence : ack.fence();
        if (ack.refused() > refused) {
            refused = ack.refused();
            context.tell(new LinkEvent.ItemsRefused(peer, refused, fence));
        }
    }

    /** Whoever was refused something is told when it would be accepted. */
    private void tellRoom() {
        for (var channel : channels.values()) {
            boolean hasDataRoom = channel.wanted(true) > 0 && hasRoom(channel, channel.wanted(true), true);
            boolean hasControlRoom = channel.wanted(false) > 0 && hasRoom(channel, channel.wanted(false), false);
            if (hasDataRoom || hasControlRoom) {
                channel.want(true, hasDataRoom ? 0 : channel.wanted(true));
                channel.want(false, hasControlRoom ? 0 : channel.wanted(false));
                context.tell(new LinkEvent.CreditBack(peer, channel.name));
            }
        }
    }
}

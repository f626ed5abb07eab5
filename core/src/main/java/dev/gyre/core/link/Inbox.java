package dev.gyre.core.link;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What one session has brought, in sequence, by channel. Knows nothing of connections. */
final class Inbox<P> {
    private final LinkContext<P> context;
    private final String peer;
    private final long incarnation;
    /** Nothing of this epoch or an earlier one passes: a life of the peer that is over has lost it. */
    private final long lostEpoch;

    private final TreeMap<String, InChannel<P>> channels = new TreeMap<>();
    private long refused;
    private long highestEpoch = -1;

    Inbox(LinkContext<P> context, String peer, long incarnation, long lostEpoch) {
        this.context = context;
        this.peer = peer;
        this.incarnation = incarnation;
        this.lostEpoch = lostEpoch;
    }

    long refused() {
        return refused;
    }

    /** The latest epoch that something has come of, here or before; -1 when nothing ever has. */
    long highestEpoch() {
        return Math.max(highestEpoch, lostEpoch);
    }

    /** Takes the next item; says what is wrong with it if that ends the connection. */
    Optional<String> receive(LinkFrame.Item<P> item) {
        var channel = channels.get(item.channel());
        if (channel == null) {
            if (channels.size() >= LinkSettings.MAX_CHANNELS) {
                return Optional.of("channel " + item.channel() + " is one too many: a link has at most "
                        + LinkSettings.MAX_CHANNELS);
            }
            channel = new InChannel<>(item.channel(), context.settings.sizes());
        }
        var wrong = channel.receive(item);
        if (wrong.isPresent()) {
            return Optional.of("channel " + item.channel() + ", item " + item.sequence() + ": " + wrong.get());
        }
        channels.put(item.channel(), channel);
        highestEpoch = Math.max(highestEpoch, item.stamp().epoch());
        channel.hold(item.bytes());
        var arrival = new Arrival<>(peer, incarnation, item.channel(), item.stamp(), item.bytes(), item.body());
        if (admits(channel, arrival)) {
            channel.queue.add(arrival);
            if (channel.queue.size() == 1) {
                context.tell(new LinkEvent.Arrived(peer, channel.name));
            }
        }
        return Optional.empty();
    }

    /** Whether something may be given out. What may not is counted, gives its credit back, and spoils later barriers of its epoch. */
    private boolean admits(InChannel<P> channel, Arrival<P> arrival) {
        long epoch = arrival.stamp().epoch();
        if (arrival.stamp().isBehind(context.fence) || epoch <= lostEpoch) {
            refused++;
            if (!arrival.isBarrier()) {
                channel.refusedEpoch = Math.max(channel.refusedEpoch, epoch);
            }
        } else if (arrival.body() instanceof LinkFrame.Body.Barrier<P>(var snapshot, var before)
                && epoch <= channel.refusedEpoch) {
            context.tell(new LinkEvent.BarrierBroken(peer, channel.name, epoch, snapshot));
        } else {
            return true;
        }
        channel.release(arrival.isData(), arrival.bytes());
        return false;
    }

    /** Refuses what waits and is now behind the fence. */
    void fenceRaised() {
        for (var channel : channels.values()) {
            var waiting = new ArrayDeque<>(channel.queue);
            channel.queue.clear();
            waiting.stream().filter(arrival -> admits(channel, arrival)).forEach(channel.queue::add);
        }
    }

    Optional<Arrival<P>> poll(String name) {
        var channel = channels.get(name);
        return channel == null ? Optional.empty() : Optional.ofNullable(channel.queue.poll());
    }

    /** Takes from the channels with such names whatever comes before the first that is not wanted. */
    List<Arrival<P>> drain(Predicate<String> names, Predicate<Arrival<P>> isWanted) {
        List<Arrival<P>> drained = new ArrayList<>();
        for (var channel : channels.values()) {
            while (names.test(channel.name) && !channel.queue.isEmpty() && isWanted.test(channel.queue.element())) {
                drained.add(channel.queue.remove());
            }
        }
        return drained;
    }

    /** Gives credit back for something that was taken. */
    void consumed(Arrival<P> arrival) {
        var channel = channels.get(arrival.channel());
        if (channel == null || channel.heldBytes() < arrival.bytes()) {
            throw new IllegalStateException("more was consumed than taken of channel " + arrival.channel() + " from "
                    + peer + ": " + arrival.bytes() + " bytes");
        }
        channel.release(arrival.isData(), arrival.bytes());
    }

    long heldBytes() {
        return channels.values().stream().mapToLong(InChannel::heldBytes).sum();
    }

    /** The credit of channels: of those that have changed since it was told, or of all. */
    List<LinkFrame.Credit> credits(boolean isAll) {
        List<LinkFrame.Credit> credits = new ArrayList<>();
        for (var channel : channels.values()) {
            if (isAll || channel.isDirty) {
                channel.isDirty = false;
                credits.add(channel.limits());
            }
        }
        return credits;
    }
}

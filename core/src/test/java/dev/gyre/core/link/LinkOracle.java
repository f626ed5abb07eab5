package dev.gyre.core.link;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** What was accepted, what has arrived, and whether the one is what the other allows. */
final class LinkOracle {
    /** One record, control or barrier, as it was accepted. */
    record Sending(Flow flow, int index, long epoch, long version, boolean isBarrier) {}

    /** What a life of a sender has sent to a peer in a channel, until it was told that the peer has begun a new life. */
    static final class Flow {
        final String name;
        final long earlierEpoch;
        final List<Sending> accepted = new ArrayList<>();
        int arrived;
        long receiverLife;

        Flow(String name, long earlierEpoch) {
            this.name = name;
            this.earlierEpoch = earlierEpoch;
        }
    }

    private final TreeMap<Long, Sending> byId = new TreeMap<>();
    private final TreeMap<String, Flow> flows = new TreeMap<>();
    private final TreeMap<String, Long> sentEpochs = new TreeMap<>();
    private final TreeMap<String, Long> lives = new TreeMap<>();
    private final TreeMap<String, Long> epochsOfLives = new TreeMap<>();
    private long arrivals;

    /** Bound to fail, with what is wrong. */
    @SuppressWarnings("AnnotateFormatMethod") // its users are tests
    static AssertionError wrong(String what, Object... details) {
        return new AssertionError(what.formatted(details));
    }

    long arrivals() {
        return arrivals;
    }

    void accepted(String pair, String channel, Stamp stamp, long first, int count, boolean isBarrier) {
        var flow = flows.computeIfAbsent(
                pair + "/" + channel, name -> new Flow(name, sentEpochs.getOrDefault("lost " + pair, -1L)));
        for (int i = 0; i < count; i++) {
            var sending = new Sending(flow, flow.accepted.size(), stamp.epoch(), stamp.version(), isBarrier);
            flow.accepted.add(sending);
            byId.put(first + i, sending);
        }
        sentEpochs.merge(pair, stamp.epoch(), Math::max);
    }

    /** The sender was told that its peer has begun a new life, or has begun one itself. */
    void sessionOver(String from, String to, boolean isOfReceiver) {
        var pair = from + ">" + to;
        flows.keySet().removeIf(name -> name.startsWith(pair + "/"));
        if (isOfReceiver) {
            sentEpochs.put("lost " + pair, sentEpochs.getOrDefault(pair, -1L));
        } else {
            sentEpochs.remove(pair);
            sentEpochs.remove("lost " + pair);
        }
    }

    /** Something was taken by a life of a receiver, which refuses what is behind a fence. */
    void arrived(String to, long life, Stamp fence, Arrival<?> arrival, long first, int count) {
        arrivals += count;
        var pairLife = arrival.peer() + ">" + to + "#" + life;
        long known = lives.getOrDefault(pairLife, 0L);
        if (arrival.incarnation() < known) {
            throw wrong("%s of life %d after life %d of its sender", first, arrival.incarnation(), known);
        }
        if (arrival.incarnation() > known && known > 0) {
            epochsOfLives.put(pairLife + " before", epochsOfLives.getOrDefault(pairLife, -1L));
        }
        lives.put(pairLife, arrival.incarnation());
        if (arrival.stamp().epoch() <= epochsOfLives.getOrDefault(pairLife + " before", -1L)) {
            throw wrong(
                    "%s of epoch %d, which an earlier life of its sender has lost",
                    first, arrival.stamp().epoch());
        }
        epochsOfLives.merge(pairLife, arrival.stamp().epoch(), Math::max);
        for (long id = first; id < first + count; id++) {
            arrivedOne(life, fence, arrival, id);
        }
    }

    private void arrivedOne(long life, Stamp fence, Arrival<?> arrival, long id) {
        var sending = byId.get(id);
        if (sending == null) {
            throw wrong("%d was never accepted", id);
        }
        var flow = sending.flow();
        if (!flow.name.endsWith("/" + arrival.channel()) || !flow.name.startsWith(arrival.peer() + ">")) {
            throw wrong("%d of %s came in channel %s from %s", id, flow.name, arrival.channel(), arrival.peer());
        }
        if (flow.receiverLife == 0) {
            flow.receiverLife = life;
        }
        if (flow.receiverLife != life) {
            throw wrong("%d of %s came to life %d, and earlier ones to %d", id, flow.name, life, flow.receiverLife);
        }
        if (sending.epoch() <= flow.earlierEpoch) {
            throw wrong("%d of epoch %d, which an earlier life of its receiver has lost", id, sending.epoch());
        }
        if (sending.index() < flow.arrived) {
            throw wrong(
                    "%d of %s came again, or late: index %d after %d", id, flow.name, sending.index(), flow.arrived);
        }
        for (; flow.arrived < sending.index(); flow.arrived++) {
            skip(flow, fence, "before " + id);
        }
        if (sending.isBarrier()) {
            checkNoHole(flow, sending);
        }
        flow.arrived++;
    }

    private final TreeMap<String, Long> holes = new TreeMap<>();

    private void skip(Flow flow, Stamp fence, String when) {
        var skipped = flow.accepted.get(flow.arrived);
        boolean isStale = new Stamp(skipped.epoch(), skipped.version()).isBehind(fence)
                || skipped.epoch() <= epochsLostBySenders(flow);
        boolean isBroken = skipped.isBarrier() && skipped.epoch() <= holes.getOrDefault(holeName(flow), -1L);
        if (!isStale && !isBroken) {
            throw wrong("index %d of %s is missing, %s", flow.arrived, flow.name, when);
        }
        if (!skipped.isBarrier()) {
            holes.merge(holeName(flow), skipped.epoch(), Math::max);
        }
    }

    private static String holeName(Flow flow) {
        return flow.name + System.identityHashCode(flow);
    }

    private long epochsLostBySenders(Flow flow) {
        var pair = flow.name.substring(0, flow.name.indexOf('/'));
        long life = flow.receiverLife;
        return Math.max(
                epochsOfLives.getOrDefault(pair + "#" + life + " before", -1L),
                told.getOrDefault(pair + "#" + life, -1L));
    }

    private final TreeMap<String, Long> told = new TreeMap<>();

    /** A receiver was told that a life of its sender is over. */
    void senderRestarted(String from, String to, long life, long lostEpoch) {
        told.merge(from + ">" + to + "#" + life, lostEpoch, Math::max);
    }

    private void checkNoHole(Flow flow, Sending barrier) {
        if (holes.getOrDefault(holeName(flow), -1L) >= barrier.epoch()) {
            throw wrong("a barrier of epoch %d in %s hides a hole", barrier.epoch(), flow.name);
        }
    }

    /** Everything that was accepted and not told lost must have arrived, but for what fences refuse. */
    void end(Function<String, Stamp> fences, ToLongFunction<String> lifeOf) {
        for (var flow : flows.values()) {
            var to = flow.name.substring(flow.name.indexOf('>') + 1, flow.name.indexOf('/'));
            if (flow.receiverLife == 0) {
                flow.receiverLife = lifeOf.applyAsLong(to);
            }
            if (!flow.accepted.isEmpty() && flow.receiverLife != lifeOf.applyAsLong(to)) {
                throw wrong(
                        "%s went to life %d of its receiver, whose end was never told", flow.name, flow.receiverLife);
            }
            for (; flow.arrived < flow.accepted.size(); flow.arrived++) {
                skip(flow, fences.apply(to), "in the end");
            }
        }
    }
}

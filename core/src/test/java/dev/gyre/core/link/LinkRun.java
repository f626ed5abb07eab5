package dev.gyre.core.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Two or three nodes that send each other records, controls and barriers over a {@link LinkNetwork}, restart, stall, raise fences, and in the end are
 * healed and must have everything.
 */
final class LinkRun implements LinkNetwork.Host {
    private static final long MILLI = 1_000_000;
    private static final long FAULTS_END = 500 * MILLI;
    private static final long LAST = 30_000 * MILLI;
    private static final LinkSettings SETTINGS = new LinkSettings(
            new LinkFrame.Sizes(1200, 600, 400),
            2000,
            900,
            1500,
            90 * MILLI,
            5 * MILLI,
            80 * MILLI,
            50 * MILLI,
            210 * MILLI,
            400 * MILLI,
            70 * MILLI,
            2 * MILLI);

    private final SplittableRandom random;
    private final LinkOracle oracle = new LinkOracle();
    private final LinkNetwork network;
    private final TreeMap<String, LinkEnd> ends = new TreeMap<>();
    private final List<String> channels = new ArrayList<>();
    private final boolean restarts;
    private final boolean fences;
    private long ids = 1;
    private boolean isHealed;

    LinkRun(long seed) {
        random = new SplittableRandom(seed);
        network = new LinkNetwork(random.split(), this, new FrameCodec<>(Load.CODEC, 400));
        int count = 2 + random.nextInt(2);
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            channels.add("channel-" + i);
        }
        restarts = random.nextInt(3) == 0;
        fences = random.nextInt(3) == 0;
        for (int i = 0; i < count; i++) {
            ends.put("n" + i, newEnd("n" + i));
        }
        for (var end : ends.values()) {
            end.peers = ends.keySet().stream()
                    .filter(peer -> !peer.equals(end.name))
                    .toList();
            for (var peer : end.peers) {
                for (var channel : channels) {
                    if (random.nextInt(4) > 0) {
                        end.toSend.put(peer + "/" + channel, 5 + random.nextInt(35));
                    }
                }
            }
        }
    }

    /** Runs; throws when something is wrong. Says how many frames that took. */
    long run() {
        ends.values().forEach(end -> network.at(random.nextLong(10 * MILLI), () -> turn(end)));
        network.at(random.nextLong(100 * MILLI), this::fault);
        network.at(FAULTS_END, this::heal);
        while (!isDone()) {
            if (network.next(LAST) < 0) {
                throw LinkOracle.wrong("not done in %d ms: %s", LAST / MILLI, describe());
            }
        }
        if (restarts) { // heartbeats tell whoever has nothing more to send
            long until = network.now() + 600 * MILLI;
            while (network.next(until) >= 0) {}
        }
        oracle.end(node -> end(node).fence, this::life);
        closeAll();
        return network.frames;
    }

    private void closeAll() {
        ends.values()
                .forEach(end -> end.peers.forEach(peer -> {
                    end.links.close(peer, network.now());
                    after(end);
                }));
        long until = network.now() + 10_000 * MILLI;
        while (!ends.values().stream().allMatch(end -> end.closed.containsAll(end.peers))) {
            if (network.next(until) < 0) {
                throw LinkOracle.wrong("not closed: %s", describe());
            }
        }
        for (var end : ends.values()) {
            for (var peer : end.peers) {
                boolean isUsed = end.links.state(peer, network.now()).generation() > 0;
                if (isUsed && !end(peer).peersClosed.contains(end.name)) {
                    throw LinkOracle.wrong("%s was never told that %s has closed its link", peer, end.name);
                }
            }
        }
    }

    private LinkEnd end(String name) {
        var end = ends.get(name);
        if (end == null) {
            throw new AssertionError("no node " + name);
        }
        return end;
    }

    private boolean isDone() {
        return isHealed
                && ends.values().stream()
                        .allMatch(end -> end.toSend.isEmpty()
                                && end.unconsumed.isEmpty()
                                && end.peers.stream().allMatch(peer -> {
                                    var state = end.links.state(peer, network.now());
                                    return state.retainedBytes() == 0 && state.queuedBytes() == 0;
                                }));
    }

    private String describe() {
        var text = new StringBuilder();
        for (var end : ends.values()) {
            text.append(end.name)
                    .append(" to send ")
                    .append(end.toSend)
                    .append(" starved ")
                    .append(end.starved);
            end.peers.forEach(
                    peer -> text.append(' ').append(peer).append(' ').append(end.links.state(peer, network.now())));
            text.append("; ");
        }
        return text.toString();
    }

    private void heal() {
        isHealed = true;
        network.heal();
        ends.values().forEach(end -> end.stalled.clear());
    }

    private void fault() {
        if (isHealed) {
            return;
        }
        network.at(network.now() + 10 * MILLI + random.nextLong(100 * MILLI), this::fault);
        var names = new ArrayList<>(ends.keySet());
        var end = end(names.get(random.nextInt(names.size())));
        var other = end.peers.get(random.nextInt(names.size() - 1));
        switch (random.nextInt(7)) {
            case 0 -> network.partition(end.name, other, random.nextLong(400 * MILLI));
            case 1 -> network.cutAll(end.name);
            case 2 -> end.stalled.add(channels.get(random.nextInt(channels.size())));
            case 3 -> end.stalled.clear();
            case 4 -> {
                if (restarts) {
                    restart(end);
                }
            }
            case 5 -> {
                if (fences) {
                    end.stamp = new Stamp(end.stamp.epoch(), end.stamp.version() + 1);
                    raise(end);
                }
            }
            default -> {
                if (fences) {
                    end.stamp = new Stamp(end.stamp.epoch(), end.stamp.version() + random.nextInt(2));
                }
            }
        }
    }

    private void raise(LinkEnd end) {
        if (end.fence.isBehind(end.stamp)) {
            end.fence = end.stamp;
        }
        end.links.fence(end.fence, network.now());
        after(end);
    }

    private void restart(LinkEnd end) {
        network.cutAll(end.name);
        end.life++;
        end.links = newLinks(end.name, end.life);
        end.fence = Stamp.ZERO;
        end.starved.clear();
        end.unconsumed.clear();
        end.wakeNanos = Long.MAX_VALUE;
        end.peers.forEach(peer -> oracle.sessionOver(end.name, peer, false));
    }

    private LinkEnd newEnd(String name) {
        return new LinkEnd(name, newLinks(name, 1));
    }

    private Links<Load> newLinks(String name, long life) {
        return new Links<>(
                new Links.Self(name, life),
                SETTINGS,
                Load.PAYLOADS,
                peer -> ends.containsKey(peer) && random.nextInt(50) > 0 ? Optional.of(peer) : Optional.empty(),
                random.split());
    }

    /** What an application does: consumes, sends. */
    private void turn(LinkEnd end) {
        consume(end);
        for (var target : new ArrayList<>(end.toSend.keySet())) {
            if (!end.starved.contains(target) && random.nextInt(3) == 0) {
                send(end, target);
            }
        }
        after(end);
        network.at(network.now() + MILLI + random.nextLong(12 * MILLI), () -> turn(end));
    }

    private void consume(LinkEnd end) {
        for (var peer : end.peers) {
            for (var channel : channels) {
                if (!end.stalled.contains(channel)) {
                    for (var next = end.links.poll(peer, channel);
                            next.isPresent();
                            next = end.links.poll(peer, channel)) {
                        take(end, next.get());
                        end.unconsumed.add(next.get());
                    }
                }
            }
        }
        end.unconsumed.removeIf(arrival -> {
            boolean isConsumed = (isHealed || random.nextInt(4) > 0) && !end.stalled.contains(arrival.channel());
            if (isConsumed) {
                end.links.consumed(arrival, network.now());
            }
            return isConsumed;
        });
    }

    private void take(LinkEnd end, Arrival<Load> arrival) {
        switch (arrival.body()) {
            case LinkFrame.Body.Data<Load>(var load) ->
                oracle.arrived(end.name, end.life, end.fence, arrival, load.first(), load.count());
            case LinkFrame.Body.Control<Load>(var load) ->
                oracle.arrived(end.name, end.life, end.fence, arrival, load.first(), 1);
            case LinkFrame.Body.Barrier<Load>(var snapshot, var before) ->
                oracle.arrived(end.name, end.life, end.fence, arrival, snapshot, 1);
        }
    }

    private void send(LinkEnd end, String target) {
        var peer = target.substring(0, target.indexOf('/'));
        var channel = target.substring(target.indexOf('/') + 1);
        long id = ids;
        int kind = random.nextInt(8);
        int count = kind < 2 ? 1 : 1 + random.nextInt(random.nextInt(6) == 0 ? 40 : 12);
        ids += count;
        var load = Load.of(id, count);
        var stamp = end.stamp;
        Sent sent = switch (kind) {
            case 0 -> end.links.trySendBarrier(peer, channel, stamp, id, network.now());
            case 1 -> end.links.trySendControl(peer, channel, stamp, load, network.now());
            default -> end.links.trySend(peer, channel, stamp, load, network.now());
        };
        switch (sent) {
            case Sent.Accepted() -> {
                oracle.accepted(end.name + ">" + peer, channel, stamp, id, count, kind == 0);
                sentOne(end, target);
            }
            case Sent.Partly(var rest) -> {
                int left = rest.stream().mapToInt(part -> ((Load) part).count()).sum();
                oracle.accepted(end.name + ">" + peer, channel, stamp, id, count - left, false);
                end.starved.add(target);
                sentOne(end, target);
            }
            case Sent.NoCredit() -> end.starved.add(target);
            case Sent.Stale(var fence) -> end.stamp = later(end.stamp, fence);
            case Sent.EpochLost(var epoch) -> end.stamp = later(end.stamp, new Stamp(epoch + 1, end.stamp.version()));
            case Sent.NotFound notFound -> {}
            case Sent.PeerDown down -> {}
            case Sent.Unfit unfit -> throw LinkOracle.wrong("%s", unfit);
            case Sent.Closing closing -> throw LinkOracle.wrong("closing, though nobody has closed");
        }
    }

    private static Stamp later(Stamp one, Stamp other) {
        return one.isBehind(other) ? other : one;
    }

    private static void sentOne(LinkEnd end, String target) {
        int left = end.toSend.getOrDefault(target, 0) - 1;
        if (left <= 0) {
            end.toSend.remove(target);
        } else {
            end.toSend.put(target, left);
        }
    }

    private void step(LinkEnd end, Input<Load> input) {
        obey(end, end.links.step(input, network.now()));
        after(end);
    }

    /** Puts on its way what waits, checks the bounds, and has the node woken in time. */
    private void after(LinkEnd end) {
        for (int i = 0; end.links.nextDeadlineNanos() <= network.now(); i++) {
            obey(end, end.links.step(new Input.Tick<>(), network.now()));
            if (i > 10) {
                throw LinkOracle.wrong("%s asks for tick after tick", end.name);
            }
        }
        for (var peer : end.peers) {
            var state = end.links.state(peer, network.now());
            if (state.retainedBytes() > 2900 || state.queuedBytes() > channels.size() * 1800L + 1500) {
                throw LinkOracle.wrong("beyond its bounds: %s to %s %s", end.name, peer, state);
            }
        }
        long deadline = end.links.nextDeadlineNanos();
        if (deadline < end.wakeNanos) {
            end.wakeNanos = deadline;
            var links = end.links;
            network.at(deadline, () -> {
                if (end.links == links && end.wakeNanos == deadline) {
                    end.wakeNanos = Long.MAX_VALUE;
                    step(end, new Input.Tick<>());
                }
            });
        }
    }

    private void obey(LinkEnd end, Output<Load> output) {
        output.connects().forEach(connect -> network.connect(end.name, connect));
        output.frames().forEach(frame -> network.send(end.name, frame));
        output.disconnects().forEach(disconnect -> network.disconnect(end.name, disconnect));
        for (var event : output.events()) {
            switch (event) {
                case LinkEvent.CreditBack(var peer, var channel) -> end.starved.remove(peer + "/" + channel);
                case LinkEvent.PeerRestarted(var peer, var half, var incarnation, var epoch) -> {
                    if (half == LinkEvent.Half.SENDING) {
                        oracle.sessionOver(end.name, peer, true);
                    } else {
                        oracle.senderRestarted(peer, end.name, end.life, epoch);
                        end.unconsumed.removeIf(arrival -> arrival.peer().equals(peer));
                    }
                }
                case LinkEvent.ItemsRefused(var peer, var refused, var fence) -> end.stamp = later(end.stamp, fence);
                case LinkEvent.ConnectionRefused refused -> throw LinkOracle.wrong("%s: %s", end.name, refused);
                case LinkEvent.Closed(var peer) -> end.closed.add(peer);
                case LinkEvent.PeerClosed(var peer) -> end.peersClosed.add(peer);
                case LinkEvent.Up up -> {}
                case LinkEvent.Disconnected disconnected -> {}
                case LinkEvent.Down down -> {}
                case LinkEvent.BarrierBroken broken -> {}
                case LinkEvent.Arrived arrived -> {}
            }
        }
    }

    @Override
    public void received(String to, long life, String from, LinkFrame<Load> frame) {
        var end = end(to);
        if (life == 0 || life == end.life) {
            step(end, new Input.Received<>(from, frame));
        }
    }

    @Override
    public void cut(String to, String peer, long generation, String reason) {
        step(end(to), new Input.Cut<>(peer, generation, reason));
    }

    @Override
    public long life(String node) {
        return end(node).life;
    }
}

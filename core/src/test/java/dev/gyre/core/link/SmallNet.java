package dev.gyre.core.link;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/** Nodes whose frames arrive at once, as long as a test lets them, and a clock that it moves. */
final class SmallNet {
    static final LinkSettings SETTINGS = new LinkSettings(
            new LinkFrame.Sizes(2000, 1000, 700),
            4000,
            2000,
            2000,
            Duration.ofMillis(100).toNanos(),
            Duration.ofMillis(10).toNanos(),
            Duration.ofMillis(80).toNanos(),
            Duration.ofMillis(50).toNanos(),
            Duration.ofMillis(200).toNanos(),
            Duration.ofMillis(500).toNanos(),
            Duration.ofMillis(60).toNanos(),
            0);

    private record Transit(String from, Output.Outgoing<Load> frame) {}

    final TreeMap<String, Links<Load>> nodes = new TreeMap<>();
    final TreeMap<String, String> addresses = new TreeMap<>();
    final List<LinkEvent> events = new ArrayList<>();
    final List<Output.Connect> connects = new ArrayList<>();
    final List<LinkFrame<Load>> frames = new ArrayList<>();
    BiPredicate<String, LinkFrame<Load>> passes = (to, frame) -> true;
    long now;

    /** A node in a life, in place of any before. */
    Links<Load> node(String name, long incarnation) {
        return node(name, incarnation, SETTINGS);
    }

    Links<Load> node(String name, long incarnation, LinkSettings settings) {
        var links = new Links<>(
                new Links.Self(name, incarnation),
                settings,
                Load.PAYLOADS,
                peer -> Optional.ofNullable(addresses.get(peer)),
                new SplittableRandom(1));
        nodes.put(name, links);
        addresses.putIfAbsent(name, name + ":1");
        return links;
    }

    /** Passes on all that waits. */
    void settle() {
        var transits = new ArrayDeque<Transit>();
        for (int i = 0; i < 1000; i++) {
            nodes.forEach((name, links) -> {
                if (links.nextDeadlineNanos() <= now) {
                    gather(name, links.step(new Input.Tick<>(), now), transits);
                }
            });
            if (transits.isEmpty()) {
                return;
            }
            while (!transits.isEmpty()) {
                var transit = transits.remove();
                var to = transit.frame().to();
                var receiver = nodes.get(to);
                if (receiver != null && passes.test(to, transit.frame().frame())) {
                    frames.add(transit.frame().frame());
                    gather(
                            to,
                            receiver.step(
                                    new Input.Received<>(
                                            transit.from(), transit.frame().frame()),
                                    now),
                            transits);
                }
            }
        }
        throw new AssertionError("frames go back and forth for ever");
    }

    private void gather(String name, Output<Load> output, ArrayDeque<Transit> transits) {
        connects.addAll(output.connects());
        events.addAll(output.events());
        output.frames().forEach(frame -> transits.add(new Transit(name, frame)));
    }

    /** Gives a node a frame; what it answers goes to nobody. */
    List<Output.Outgoing<Load>> give(String to, String from, LinkFrame<Load> frame) {
        var transits = new ArrayDeque<Transit>();
        var receiver = nodes.get(to);
        if (receiver == null) {
            throw new AssertionError("no node " + to);
        }
        gather(to, receiver.step(new Input.Received<>(from, frame), now), transits);
        return transits.stream().map(Transit::frame).toList();
    }

    /** Lets time pass, in small steps. */
    void pass(Duration duration) {
        long until = now + duration.toNanos();
        while (now < until) {
            now = Math.min(until, now + Duration.ofMillis(1).toNanos());
            settle();
        }
    }

    /** The first records of what a node takes out of a channel, credit given back. */
    List<Long> drain(String node, String channel) {
        var links = nodes.get(node);
        return links == null ? List.of() : firsts(links.drain(channel, now));
    }

    static List<Long> firsts(List<Arrival<Load>> arrivals) {
        return arrivals.stream().map(SmallNet::first).toList();
    }

    /** A payload's first record, or a barrier's snapshot. */
    static long first(Arrival<Load> arrival) {
        return switch (arrival.body()) {
            case LinkFrame.Body.Data<Load>(var load) -> load.first();
            case LinkFrame.Body.Control<Load>(var load) -> load.first();
            case LinkFrame.Body.Barrier<Load>(var snapshot, var before) -> snapshot;
        };
    }
}

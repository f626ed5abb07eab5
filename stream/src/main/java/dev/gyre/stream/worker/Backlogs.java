package dev.gyre.stream.worker;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What links had no room for, by channel, in order. Of records there are no more than the receivers' credit of records admits; the rest is a few a barrier or epoch.
 */
final class Backlogs {
    private final TreeMap<Channel, ArrayDeque<Frame>> waiting = new TreeMap<>();

    /** A channel to a peer. */
    record Channel(String peer, String name) implements Comparable<Channel> {
        @Override
        public int compareTo(Channel other) {
            int byPeer = peer.compareTo(other.peer);
            return byPeer != 0 ? byPeer : name.compareTo(other.name);
        }
    }

    boolean isEmpty(Channel channel) {
        return !waiting.containsKey(channel);
    }

    void add(Channel channel, Frame frame) {
        waiting.computeIfAbsent(channel, unknown -> new ArrayDeque<>()).add(frame);
    }

    /** Takes the first of a channel. */
    Optional<Frame> poll(Channel channel) {
        var frames = waiting.get(channel);
        if (frames == null) {
            return Optional.empty();
        }
        var first = frames.remove();
        if (frames.isEmpty()) {
            waiting.remove(channel);
        }
        return Optional.of(first);
    }

    /** Puts back what could not be sent, in front of all else. */
    void putBack(Channel channel, List<Frame> rest) {
        if (!rest.isEmpty()) {
            var frames = waiting.computeIfAbsent(channel, unknown -> new ArrayDeque<>());
            rest.reversed().forEach(frames::addFirst);
        }
    }

    /** The channels to a peer in which something waits. */
    Collection<Channel> to(String peer) {
        return waiting.keySet().stream()
                .filter(channel -> channel.peer.equals(peer))
                .toList();
    }

    void dropBefore(long generation) {
        waiting.values().forEach(frames -> frames.removeIf(frame -> frame.generation() < generation));
        waiting.values().removeIf(ArrayDeque::isEmpty);
    }

    void clear() {
        waiting.clear();
    }
}

package dev.gyre.core.link;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** A node of a {@link LinkRun}, in its present life. */
final class LinkEnd {
    final String name;
    List<String> peers = List.of();
    long life = 1;
    Links<Load> links;
    /** When it is to be stepped next. */
    long wakeNanos = Long.MAX_VALUE;

    Stamp stamp = new Stamp(1, 1);
    Stamp fence = Stamp.ZERO;
    /** How many sends are left, by peer and channel. */
    final TreeMap<String, Integer> toSend = new TreeMap<>();
    /** Peers and channels that had no credit, and of which nothing was heard since. */
    final TreeSet<String> starved = new TreeSet<>();
    /** Taken, and not consumed. */
    final List<Arrival<Load>> unconsumed = new ArrayList<>();
    /** Channels of which nothing is taken. */
    final TreeSet<String> stalled = new TreeSet<>();

    final TreeSet<String> closed = new TreeSet<>();
    final TreeSet<String> peersClosed = new TreeSet<>();

    LinkEnd(String name, Links<Load> links) {
        this.name = name;
        this.links = links;
    }
}

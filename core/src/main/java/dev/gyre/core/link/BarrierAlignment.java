package dev.gyre.core.link;

import java.util.Collection;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Waits for the barriers of several inputs: each snapshot on its own, known by (epoch, snapshot), and for an input only that of its latest life. For one
 * thread; deterministic.
 */
public final class BarrierAlignment {
    /** Snapshots that are begun or done and may still be asked about: one at a time is usual, and what is far behind is over. */
    private static final int MAX_KNOWN = 64;

    private final TreeSet<String> inputs;
    private final TreeMap<Key, TreeMap<String, Long>> arrived = new TreeMap<>();
    private final TreeSet<Key> done = new TreeSet<>();
    private final TreeMap<String, Long> lives = new TreeMap<>();
    /** What is before it was forgotten, and does not count any more. */
    private Key forgotten = new Key(0, Long.MIN_VALUE);

    private record Key(long epoch, long snapshot) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byEpoch = Long.compare(epoch, other.epoch);
            return byEpoch != 0 ? byEpoch : Long.compare(snapshot, other.snapshot);
        }
    }

    /** Waits for these. */
    public BarrierAlignment(Collection<String> inputs) {
        this.inputs = new TreeSet<>(inputs);
    }

    /**
     * A barrier has come.
     *
     * @return whether its snapshot now has those of all inputs; told once
     * @throws IllegalArgumentException when there is no such input
     */
    public boolean arrive(String input, long incarnation, long epoch, long snapshot) {
        if (!inputs.contains(input)) {
            throw new IllegalArgumentException("a barrier from " + input + ", which is none of " + inputs);
        }
        if (incarnation < lives.getOrDefault(input, 0L)) {
            return false;
        }
        if (incarnation > lives.getOrDefault(input, 0L)) {
            lives.put(input, incarnation);
            arrived.values().forEach(some -> some.remove(input)); // of a life that is over
        }
        var key = new Key(epoch, snapshot);
        if (key.compareTo(forgotten) <= 0 || done.contains(key)) {
            return false;
        }
        var some = arrived.computeIfAbsent(key, begun -> new TreeMap<>());
        some.put(input, incarnation);
        boolean isComplete = some.keySet().containsAll(inputs);
        if (isComplete) {
            arrived.remove(key);
            done.add(key);
        }
        while (arrived.size() + done.size() > MAX_KNOWN) {
            forgetOldest();
        }
        return isComplete;
    }

    private void forgetOldest() {
        var oldest = arrived.isEmpty() ? done.first() : arrived.firstKey();
        if (!done.isEmpty() && done.first().compareTo(oldest) < 0) {
            oldest = done.first();
        }
        arrived.remove(oldest);
        done.remove(oldest);
        forgotten = oldest;
    }

    /** How many snapshots wait for an input. */
    public int pending() {
        return arrived.size();
    }
}

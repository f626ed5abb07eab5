package dev.gyre.stream.exchange;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which worker has which key group. A group is a range of {@linkplain KeyHash hashes}: the unit of routing, of state, of hand-over and of
 * snapshots. Workers are named by any numbers.
 *
 * <p>Immutable, and a function of the one before and the set of workers alone: who knows the decisions knows the assignment.
 */
public final class Assignment {
    /** How many groups there are, unless a job says otherwise. */
    public static final int DEFAULT_GROUPS = 1024;

    private final long version;
    private final List<Integer> workers;
    private final int[] owners;
    private final int shift;

    private Assignment(long version, List<Integer> workers, int[] owners) {
        this.version = version;
        this.workers = workers;
        this.owners = owners;
        this.shift = shiftOf(owners.length);
    }

    /**
     * The first assignment of a generation: groups in even shares, in order.
     *
     * @param groups how many groups there are: a power of two from 2 to 2^16
     * @param workers at least one, and at most as many as groups
     */
    public static Assignment of(long version, int groups, Collection<Integer> workers) {
        if (Integer.bitCount(groups) != 1 || groups < 2 || groups > 1 << 16) {
            throw new IllegalArgumentException(
                    "the number of key groups is a power of two from 2 to 65536, not " + groups);
        }
        var sorted = checked(groups, workers);
        int[] owners = new int[groups];
        for (int group = 0; group < groups; group++) {
            owners[group] = sorted.get((int) ((long) group * sorted.size() / groups));
        }
        return new Assignment(version, sorted, owners);
    }

    /**
     * An assignment that was made elsewhere.
     *
     * @param owners the worker of each group; who owns none is no worker
     * @throws IllegalArgumentException when there cannot be so many groups
     */
    public static Assignment of(long version, List<Integer> owners) {
        var first = of(version, owners.size(), owners);
        return new Assignment(
                version,
                first.workers,
                owners.stream().mapToInt(Integer::intValue).toArray());
    }

    private static List<Integer> checked(int groups, Collection<Integer> workers) {
        var sorted = List.copyOf(new TreeSet<>(workers));
        if (sorted.isEmpty() || sorted.size() > groups) {
            throw new IllegalArgumentException("a job runs on 1 to " + groups
                    + " workers, as there are so many key groups, not on " + sorted.size());
        }
        return sorted;
    }

    /**
     * The assignment to another set of workers: shares differ by one group at most, and no group moves that need not.
     *
     * @param newWorkers at least one, and at most as many as groups
     */
    public Assignment rescaled(long newVersion, Collection<Integer> newWorkers) {
        var sorted = checked(owners.length, newWorkers);
        var shares = new TreeMap<Integer, Share>();
        sorted.forEach(worker -> shares.put(worker, new Share(worker, new ArrayList<>())));
        var free = new ArrayList<Integer>();
        for (int group = 0; group < owners.length; group++) {
            var share = shares.get(owners[group]);
            (share == null ? free : share.groups).add(group);
        }
        int even = owners.length / sorted.size();
        int odd = owners.length % sorted.size();
        // Who has most keeps the odd groups: so the fewest move.
        var byHeld = new ArrayList<>(shares.values());
        byHeld.sort(Comparator.comparingInt((Share share) -> -share.groups.size()));
        for (int i = 0; i < byHeld.size(); i++) {
            byHeld.get(i).give(even + (i < odd ? 1 : 0), free);
        }
        int[] next = owners.clone();
        for (int i = 0; i < byHeld.size(); i++) {
            byHeld.get(i).take(even + (i < odd ? 1 : 0), free, next);
        }
        return new Assignment(newVersion, sorted, next);
    }

    /** What one worker has, while the groups are shared out anew. */
    private record Share(int worker, List<Integer> groups) {
        void give(int target, List<Integer> free) {
            while (groups.size() > target) {
                free.add(groups.removeLast());
            }
        }

        void take(int target, List<Integer> free, int[] owners) {
            for (int missing = target - groups.size(); missing > 0; missing--) {
                owners[free.removeLast()] = worker;
            }
        }
    }

    /** Rises with every change within a job. */
    public long version() {
        return version;
    }

    /** The workers, ascending. */
    public List<Integer> workers() {
        return workers;
    }

    /** How many groups there are. */
    public int groups() {
        return owners.length;
    }

    /** The worker of a group. */
    public int owner(int group) {
        return owners[group];
    }

    /** The group of a key with this hash. */
    public int group(int hash) {
        return hash >>> shift;
    }

    /** How far a hash is shifted to the right to give its group. */
    public static int shiftOf(int groups) {
        return 32 - Integer.numberOfTrailingZeros(groups);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Assignment that
                && version == that.version
                && workers.equals(that.workers)
                && Arrays.equals(owners, that.owners);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(owners) + Long.hashCode(version);
    }

    @Override
    public String toString() {
        return "version " + version + " on workers " + workers;
    }
}

package dev.gyre.maelstrom.workload;

/**
 * Which workers share a key of {@code lin-kv}, and when they go on to the next.
 *
 * <p>Workers are in groups of two for each node, as in Maelstrom, but of 20 at most; when they do not come out even, in as many
 * groups of equal size as it takes, and in one, when there are fewer. A group goes on to a key that was never used when one more
 * process would be the 21st at the present one: each operation whose outcome is unknown brings a process, and may take effect
 * ever after, which is what makes histories hard to judge.
 */
final class KeyShift {
    /** The most logical processes that use a key: Maelstrom's number. */
    static final int PROCESSES_MAX = 20;

    private static final int WORKERS_PER_NODE = 2;

    private final int workers;
    private final long[] keys;
    private final int[] processes;
    private long nextKey;

    KeyShift(int workers, int nodes) {
        this.workers = workers;
        int size = Math.min(WORKERS_PER_NODE * nodes, PROCESSES_MAX);
        int groups = (workers + size - 1) / size;
        keys = new long[groups];
        processes = new int[groups];
        for (int group = 0; group < groups; group++) {
            shift(group);
        }
    }

    /** The key that a worker is to use now. */
    long keyOf(int worker) {
        return keys[group(worker)];
    }

    /** A worker goes on as another process, after an operation on a key. */
    void newProcess(int worker, long key) {
        int group = group(worker);
        if (key != keys[group]) {
            return;
        }
        if (processes[group] == PROCESSES_MAX) {
            shift(group);
        } else {
            processes[group]++;
        }
    }

    private int group(int worker) {
        if (worker >= workers) {
            throw new IllegalArgumentException(
                    "worker " + worker + " of " + workers + ": a workload's settings name all workers of the run");
        }
        return (int) ((long) worker * keys.length / workers);
    }

    private void shift(int group) {
        keys[group] = nextKey++;
        processes[group] = 0;
        for (int worker = 0; worker < workers; worker++) {
            processes[group] += group(worker) == group ? 1 : 0;
        }
    }
}

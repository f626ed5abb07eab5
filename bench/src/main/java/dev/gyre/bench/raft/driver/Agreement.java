package dev.gyre.bench.raft.driver;

import dev.gyre.bench.raft.Applied;
import dev.gyre.bench.raft.Group;
import java.time.Duration;
import java.util.List;

/**
 * Whether all replicas have applied the same. A group whose follower stalls is fast, and so is one that loses operations.
 *
 * @param holds whether they came to equal counts and checksums, and to the count that was submitted
 * @param behind how many operations the slowest replica was behind the fastest when the load ended
 * @param found what each replica had applied in the end
 */
record Agreement(boolean holds, long behind, List<Applied> found) {
    /** Waits until the replicas agree, not longer than a while. */
    static Agreement await(Group group, Load load, Duration patience) throws InterruptedException {
        var applied = group.applied();
        long behind = applied.stream().mapToLong(Applied::count).max().orElse(0)
                - applied.stream().mapToLong(Applied::count).min().orElse(0);
        long deadline = System.nanoTime() + patience.toNanos();
        while (!holds(applied, load)) {
            if (System.nanoTime() > deadline) {
                return new Agreement(false, behind, applied);
            }
            Thread.sleep(1);
            applied = group.applied();
        }
        return new Agreement(true, behind, applied);
    }

    private static boolean holds(List<Applied> applied, Load load) {
        if (applied.size() != Group.REPLICAS || applied.stream().distinct().count() != 1) {
            return false;
        }
        long count = applied.get(0).count();
        // What failed may have been applied all the same: its outcome is unknown.
        return count <= load.submitted() && count >= load.submitted() - load.failed();
    }

    @Override
    public String toString() {
        return holds ? "agree" : "DISAGREE " + found;
    }
}

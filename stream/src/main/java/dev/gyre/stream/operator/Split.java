package dev.gyre.stream.operator;

import java.util.function.BiConsumer;
import java.util.function.IntConsumer;

/** Lets each record through to those of several branches that a function names; each branch of a graph is one of these. */
public final class Split extends Operator implements IntConsumer {
    private final int branches;
    private final int branch;
    private final BiConsumer<Object, IntConsumer> router;
    private boolean isMine;

    /**
     * One branch.
     *
     * @param branches how many there are
     * @param branch which one this is
     * @param router is given each value, and what to call with the number of each branch that is to get it
     */
    public Split(int branches, int branch, BiConsumer<Object, IntConsumer> router, Operator next) {
        super(next);
        this.branches = branches;
        this.branch = branch;
        this.router = router;
    }

    @Override
    public void record(Object key, int hash, Object value, long time) {
        isMine = false;
        router.accept(value, this);
        if (isMine) {
            next.record(key, hash, value, time);
        }
    }

    @Override
    public void accept(int chosen) {
        if (chosen < 0 || chosen >= branches) {
            throw new IllegalArgumentException(
                    "a stream is split in " + branches + ", numbered from 0: there is no number " + chosen);
        }
        isMine |= chosen == branch;
    }
}

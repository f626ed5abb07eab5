package dev.gyre.stream.operator;

import dev.gyre.core.InvariantViolation;
import dev.gyre.stream.codec.ValueReader;
import dev.gyre.stream.codec.ValueWriter;
import dev.gyre.stream.exchange.Assignment;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An operator with state, kept by key group: an object a group that this worker owns. What moves in a rescale, what goes into a snapshot and what is
 * restored are groups.
 *
 * <p>For snapshots it knows which groups have not changed since they were taken down last. That costs a record nothing: such a group rests, which is in another place,
 * and is not found where a record looks for it; the first record that does wakes it. One that has come rests as well: so a compiler has seen that some do before the
 * first snapshot, and does not have to give up the loop over the records then.
 *
 * @param <G> the state of a group
 */
public abstract class GroupedOperator<G> extends Operator {
    private final String name;
    /** Those that are here and may be changed. */
    private final @Nullable Object[] groups;

    /** Those that are here and may not be changed before it is known that they are. */
    private final @Nullable Object[] resting;

    /** Those at rest that are in a part of a snapshot as they are. */
    private final BitSet unchanged;

    /** As they were when the barrier passed: those that were changed before they were taken down. */
    private final @Nullable Object[] frozen;

    private final int shift;
    private @Nullable Taker taker;
    private @Nullable BitSet untaken;
    private int nextUntaken;

    /** Takes down the state of groups for a snapshot. */
    public interface Taker {
        /** A group has not changed since it was taken down last. Whether that is enough: else it is written again. */
        boolean refer(String operator, int group);

        /** Begins with a group of an operator: what its state is written to. */
        ValueWriter begin(String operator, int group);

        /** The group is written. */
        void end();
    }

    /**
     * An operator that owns no group yet.
     *
     * @param name unique in the job: its state is found under it
     * @param groups how many key groups there are
     */
    protected GroupedOperator(String name, int groups, Operator next) {
        super(next);
        this.name = name;
        this.groups = new Object[groups];
        this.resting = new Object[groups];
        this.unchanged = new BitSet(groups);
        this.frozen = new Object[groups];
        this.shift = Assignment.shiftOf(groups);
    }

    /** The name under which its state is found. */
    public final String name() {
        return name;
    }

    /** The state of a group of which nothing is known. */
    protected abstract G create();

    /** Whether a state is as {@link #create} makes it, and need not be kept. */
    protected abstract boolean isEmpty(G state);

    /** Writes a state that is not empty. It is not changed meanwhile, and not kept. */
    protected abstract void write(G state, ValueWriter out);

    /**
     * A copy of a state, for {@link #write} alone, which stays as it is when the state changes; absent where that cannot be had for much less than writing it.
     */
    protected Optional<? extends G> freeze(G state) {
        return Optional.empty();
    }

    /** Reads what {@link #write} has written, here or in another run of the job. */
    protected abstract G read(ValueReader in);

    /** The state of the group of a key. A record of a group that is not here was routed wrongly. */
    @SuppressWarnings("unchecked")
    protected final G own(int hash) {
        var state = groups[hash >>> shift];
        return state == null ? wake(hash >>> shift) : (G) state;
    }

    /** The state of the group of a key; nothing when {@link #own} has more to do for it. */
    @SuppressWarnings("unchecked")
    protected final @Nullable G awake(int hash) {
        return (G) groups[hash >>> shift];
    }

    /** Another object has the state of the group of a key from now on, which is {@linkplain #own here and may be changed}. */
    protected final void replace(int hash, G state) {
        groups[hash >>> shift] = state;
    }

    /** A group at rest is about to be changed. */
    @SuppressWarnings("unchecked")
    private G wake(int group) {
        var state = resting[group];
        if (state == null) {
            throw missing(group);
        }
        keep(group, (G) state);
        unchanged.clear(group);
        resting[group] = null;
        groups[group] = state;
        return (G) state;
    }

    /** Sees to it that a group which is about to be changed is taken down as it was when the barrier passed. A record waits for that, so it should not take long. */
    private void keep(int group, G state) {
        if (untaken != null && untaken.get(group)) {
            if (!unchanged.get(group)) {
                frozen[group] = freeze(state).orElse(null);
            }
            if (frozen[group] == null) {
                take(group);
            }
        }
    }

    /**
     * A barrier passes: the state as it is now belongs to a snapshot. Groups are taken down later, by {@link #takeSome}; one that is changed before is {@linkplain #freeze
     * frozen}, or taken down at once: so records flow on, whatever the size of the state.
     */
    public final void beginTaking(Taker newTaker) {
        taker = newTaker;
        nextUntaken = 0;
        var all = new BitSet(groups.length);
        for (int group = 0; group < groups.length; group++) {
            if (rest(group)) {
                all.set(group);
            }
        }
        untaken = all;
    }

    /**
     * A group that is here rests. Whether it is. (What is done for each group of a snapshot is in methods of its own: they are compiled after the first snapshot, a loop
     * around it all only after a hundred.)
     */
    private boolean rest(int group) {
        var state = groups[group];
        if (state != null) {
            resting[group] = state;
            groups[group] = null;
        }
        return resting[group] != null;
    }

    /** Takes down some groups that are not taken down yet. Whether there are more. */
    public final boolean takeSome(int count) {
        for (int i = 0; i < count && untaken != null; i++) {
            nextUntaken = untaken.nextSetBit(nextUntaken);
            if (nextUntaken < 0) {
                stopTaking();
            } else {
                take(nextUntaken);
            }
        }
        return untaken != null;
    }

    /** The snapshot is complete, or was given up. */
    public final void stopTaking() {
        Arrays.fill(frozen, null);
        untaken = null;
        taker = null;
    }

    @SuppressWarnings("unchecked")
    private void take(int group) {
        if (untaken == null || taker == null || !untaken.get(group)) {
            return;
        }
        untaken.clear(group);
        var kept = (G) frozen[group];
        var state = kept == null ? (G) resting[group] : kept;
        if (state == null || (unchanged.get(group) && taker.refer(name, group))) {
            return;
        }
        if (!isEmpty(state)) {
            write(state, taker.begin(name, group));
            taker.end();
            unchanged.set(group, kept == null);
        }
        frozen[group] = null;
    }

    private InvariantViolation missing(int group) {
        return new InvariantViolation("\"" + name + "\" got a record of key group " + group + ", which is not here");
    }

    /** Shows each group that is here, and may be changed. */
    @SuppressWarnings("unchecked")
    protected final void forEachOwned(Consumer<G> action) {
        for (int group = 0; group < groups.length; group++) {
            if (resting[group] != null) {
                wake(group);
            }
            var state = groups[group];
            if (state != null) {
                action.accept((G) state);
            }
        }
    }

    /** Owns a group from now on, of which nothing is known. */
    public final void open(int group) {
        open(group, create());
    }

    private void open(int group, G state) {
        if (groups[group] != null || resting[group] != null) {
            throw new InvariantViolation("\"" + name + "\" was handed key group " + group + ", which is here already");
        }
        resting[group] = state;
    }

    /** Owns a group no more. Its state, if there is something to keep. */
    @SuppressWarnings("unchecked")
    public final Optional<Object> release(int group) {
        var awake = (G) groups[group];
        var state = awake == null ? wake(group) : awake;
        groups[group] = null; // it goes
        return isEmpty(state) ? Optional.empty() : Optional.of(state);
    }

    /** Owns a group from now on, as it is in a snapshot. */
    public final void restore(int group, ValueReader in) {
        open(group, read(in));
    }

    /** Owns a group from now on, as it was {@linkplain #release released} elsewhere by the same operator. */
    @SuppressWarnings("unchecked")
    public final void adopt(int group, Object state) {
        open(group, (G) state);
    }
}

package dev.gyre.stream.operator;

import dev.gyre.core.InvariantViolation;
import dev.gyre.stream.codec.ValueReader;
import dev.gyre.stream.codec.ValueWriter;
import dev.gyre.stream.exchange.Assignment;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An operator with state, kept by key group: an object a group that this worker owns. What moves in a rescale, what goes into a snapshot and what is
 * restored are groups.
 *
 * @param <G> the state of a group
 */
public abstract class GroupedOperator<G> extends Operator {
    private final String name;
    private final @Nullable Object[] groups;
    private final int shift;

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

    /** Reads what {@link #write} has written, here or in another run of the job. */
    protected abstract G read(ValueReader in);

    /** The state of the group of a key. A record of a group that is not here was routed wrongly. */
    @SuppressWarnings("unchecked")
    protected final G own(int hash) {
        var state = groups[hash >>> shift];
        if (state == null) {
            throw missing(hash >>> shift);
        }
        return (G) state;
    }

    private InvariantViolation missing(int group) {
        return new InvariantViolation("\"" + name + "\" got a record of key group " + group + ", which is not here");
    }

    /** Shows each group that is here. */
    @SuppressWarnings("unchecked")
    protected final void forEachOwned(Consumer<G> action) {
        for (var state : groups) {
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
        if (groups[group] != null) {
            throw new InvariantViolation("\"" + name + "\" was handed key group " + group + ", which is here already");
        }
        groups[group] = state;
    }

    /** Owns a group no more. Its state, if there is something to keep. */
    @SuppressWarnings("unchecked")
    public final Optional<Object> release(int group) {
        var state = groups[group];
        if (state == null) {
            throw missing(group);
        }
        groups[group] = null;
        return isEmpty((G) state) ? Optional.empty() : Optional.of(state);
    }

    /** Owns a group from now on, as it was {@linkplain #release released} elsewhere by the same operator. */
    @SuppressWarnings("unchecked")
    public final void adopt(int group, Object state) {
        open(group, (G) state);
    }
}

package dev.gyre.stream.operator;

/** An operator from which the stages behind learn how far time is. */
public abstract class TimeTeller extends Operator {
    /** An operator that is followed by another. */
    protected TimeTeller(Operator next) {
        super(next);
    }

    /**
     * Whether a partition is not to be read for now, as it is too far ahead of the others. It is not known then whether it has something, and so it is not quiet.
     */
    public abstract boolean holds(String partition);

    /** When it has something to say on the worker's clock, though nothing is read; {@link Long#MAX_VALUE}: never. */
    public abstract long wakeAt();
}

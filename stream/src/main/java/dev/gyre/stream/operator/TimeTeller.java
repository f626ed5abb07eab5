package dev.gyre.stream.operator;

/** An operator from which the stages behind learn how far time is. */
public abstract class TimeTeller extends Operator {
    /** An operator that is followed by another. */
    protected TimeTeller(Operator next) {
        super(next);
    }

    /** When it has something to say on the worker's clock, though nothing is read; {@link Long#MAX_VALUE}: never. */
    public abstract long wakeAt();
}

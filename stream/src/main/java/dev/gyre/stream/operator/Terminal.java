package dev.gyre.stream.operator;

/** The end of a chain. */
public abstract class Terminal extends Operator {
    /** An operator behind which nothing follows. */
    protected Terminal() {
        super(Nowhere.INSTANCE);
    }

    @Override
    public abstract void epoch(long time);

    @Override
    public long reached() {
        return Long.MAX_VALUE;
    }

    @Override
    public abstract void idle();

    @Override
    public abstract void end();
}

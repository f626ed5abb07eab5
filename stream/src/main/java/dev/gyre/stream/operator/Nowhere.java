package dev.gyre.stream.operator;

/** Follows on the last operator of a chain: nothing goes there. */
final class Nowhere extends Operator {
    static final Operator INSTANCE = new Nowhere();

    @SuppressWarnings("NullAway") // it has nothing behind it, and asks nothing of it
    private Nowhere() {
        super(null);
    }

    @Override
    public void record(Object key, int hash, Object value, long time) {}

    @Override
    public void epoch(long time) {}

    @Override
    public void idle() {}

    @Override
    public void news(SourceNews news) {}

    @Override
    public void pause() {}

    @Override
    public void end() {}
}

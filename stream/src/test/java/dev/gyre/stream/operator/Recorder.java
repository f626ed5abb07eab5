package dev.gyre.stream.operator;

import java.util.ArrayList;
import java.util.List;

/** What comes out of an operator, and whether it keeps the promises of time. */
final class Recorder extends Terminal {
    final List<Out> out;
    final List<Long> epochs = new ArrayList<>();
    final List<String> order = new ArrayList<>();
    long reached = Long.MAX_VALUE;

    Recorder() {
        this(new ArrayList<>());
    }

    /** One of several that write one list. */
    Recorder(List<Out> out) {
        this.out = out;
    }

    /** A record. */
    record Out(Object key, Object value, long time) {}

    long epoch() {
        return epochs.isEmpty() ? NO_TIME : epochs.getLast();
    }

    @Override
    public void record(Object key, int hash, Object value, long time) {
        if (!(value instanceof Late) && !epochs.isEmpty() && time <= epoch()) {
            throw new AssertionError(value + " of time " + time + " comes after epoch " + epoch());
        }
        out.add(new Out(key, value, time));
        order.add(value + "@" + time);
    }

    /** What came since it was asked last. */
    List<Out> take() {
        var taken = List.copyOf(out);
        out.clear();
        return taken;
    }

    @Override
    public void epoch(long time) {
        if (time <= epoch()) {
            throw new AssertionError("epoch " + time + " comes after epoch " + epoch());
        }
        epochs.add(time);
        order.add("epoch " + time);
    }

    @Override
    public long reached() {
        return reached;
    }

    @Override
    public void idle() {
        order.add("idle");
    }

    @Override
    public void end() {
        order.add("end");
    }
}

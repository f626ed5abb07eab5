package dev.gyre.stream.operator;

import dev.gyre.stream.api.Output;

/** Gives what a partition emits to a chain. */
public final class SourceOutput implements Output<Object> {
    private final Operator head;

    /** Feeds a chain. */
    public SourceOutput(Operator head) {
        this.head = head;
    }

    @Override
    public void emit(Object value) {
        head.record(Operator.NO_KEY, 0, value, Operator.NO_TIME);
    }

    @Override
    public void emit(Object value, long time) {
        head.record(Operator.NO_KEY, 0, value, time);
    }
}

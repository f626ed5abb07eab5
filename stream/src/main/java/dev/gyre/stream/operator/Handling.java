package dev.gyre.stream.operator;

import dev.gyre.stream.api.Handler;
import dev.gyre.stream.api.Output;
import java.util.function.Supplier;

/** Gives all that comes to a handler, which makes of it what it likes. */
public final class Handling extends Operator implements Output<Object> {
    private final Handler<Object, Object> handler;
    private Object key = NO_KEY;
    private int hash;
    private long time = NO_TIME;
    private long latest = NO_TIME;

    /** Gives all to a handler that is made for it. */
    public Handling(Supplier<Handler<Object, Object>> maker, Operator next) {
        super(next);
        this.handler = maker.get();
    }

    @Override
    public void record(Object recordKey, int recordHash, Object value, long recordTime) {
        key = recordKey;
        hash = recordHash;
        time = recordTime;
        handler.record(value, recordTime, this);
    }

    @Override
    public void epoch(long epoch) {
        if (epoch > latest) { // after a rescale a source may have to say earlier ones
            latest = epoch;
            time = epoch;
            handler.epoch(epoch, this);
        }
        next.epoch(epoch);
    }

    @Override
    public void pause() {
        handler.pause(this);
        next.pause();
    }

    @Override
    public void emit(Object value) {
        next.record(key, hash, value, time);
    }

    @Override
    public void emit(Object value, long ownTime) {
        next.record(key, hash, value, ownTime);
    }
}

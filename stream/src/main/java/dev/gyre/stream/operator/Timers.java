package dev.gyre.stream.operator;

import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.TimedFunction;
import dev.gyre.stream.api.TimedState;
import dev.gyre.stream.codec.ValueReader;
import dev.gyre.stream.codec.ValueWriter;
import java.util.Optional;
import java.util.OptionalLong;

/** A function of records, of what is known of their keys, and of time. It is itself the view of the state at hand. */
public final class Timers extends WindowOperator<TimerGroup>
        implements TimedState<Object>, Output<Object>, TimerGroup.Ringing {
    private final TimedFunction<Object, Object, Object, Object> function;
    private TimerGroup group = new TimerGroup(NO_TIME);
    private TimerGroup.Entry entry = new TimerGroup.Entry(NO_KEY, 0);
    /** Of the record or the timer at hand. */
    private long time;
    /** Of what comes of it. */
    private long outTime;

    /** Applies a function to each record, and to each key whose time has come. */
    public Timers(String name, int groups, TimedFunction<Object, Object, Object, Object> function, Operator next) {
        super(new Frame(name, 0, false), groups, next);
        this.function = function;
    }

    @Override
    public void record(Object key, int hash, Object value, long recordTime) {
        group = own(hash);
        entry = group.entry(key, hash);
        time = recordTime;
        outTime = recordTime;
        function.apply(key, value, this, this);
        group.settle(entry);
    }

    @Override
    public void ring(TimerGroup ringing, TimerGroup.Entry rung, long goesOnWith) {
        group = ringing;
        entry = rung;
        time = rung.timer();
        outTime = goesOnWith;
        function.ring(rung.key, this, this);
    }

    @Override
    void advance(TimerGroup advancing, long epoch) {
        advancing.advance(epoch, this);
    }

    @Override
    public Optional<Object> get() {
        return Optional.ofNullable(entry.state);
    }

    @Override
    public Object orElse(Object other) {
        return entry.state == null ? other : entry.state;
    }

    @Override
    public void set(Object state) {
        entry.state = state;
    }

    @Override
    public void clear() {
        entry.state = null;
        entry.noTimer();
    }

    @Override
    public long time() {
        return time;
    }

    @Override
    public long frontier() {
        return group.frontier;
    }

    @Override
    public OptionalLong timer() {
        return entry.hasTimer() ? OptionalLong.of(entry.timer()) : OptionalLong.empty();
    }

    @Override
    public void timerAt(long newTime) {
        group.set(entry, newTime);
    }

    @Override
    public void noTimer() {
        entry.noTimer();
    }

    @Override
    public void emit(Object value) {
        next.record(entry.key, entry.hash, value, outTime);
    }

    @Override
    public void emit(Object value, long ownTime) {
        next.record(entry.key, entry.hash, value, ownTime);
    }

    @Override
    protected TimerGroup create() {
        return new TimerGroup(frontierHere());
    }

    @Override
    protected boolean isEmpty(TimerGroup state) {
        return state.isEmpty();
    }

    @Override
    protected void write(TimerGroup state, ValueWriter out) {
        state.write(out);
    }

    @Override
    protected TimerGroup read(ValueReader in) {
        return TimerGroup.read(in);
    }
}

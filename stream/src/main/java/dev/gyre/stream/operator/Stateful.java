package dev.gyre.stream.operator;

import dev.gyre.stream.api.KeyedFunction;
import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.State;
import dev.gyre.stream.codec.ValueReader;
import dev.gyre.stream.codec.ValueWriter;
import java.util.Optional;

/** A function of records and of what is known of their keys. It is itself the view of the state at hand: no object is made for a record. */
public final class Stateful extends GroupedOperator<GroupTable> implements State<Object>, Output<Object> {
    private static final GroupTable NONE = new GroupTable();

    private final KeyedFunction<Object, Object, Object, Object> function;
    private GroupTable table = NONE;
    private int place;
    private Object key = NO_KEY;
    private int hash;
    private long time;

    /** Applies a function to each record. */
    public Stateful(String name, int groups, KeyedFunction<Object, Object, Object, Object> function, Operator next) {
        super(name, groups, next);
        this.function = function;
    }

    @Override
    public void record(Object recordKey, int recordHash, Object value, long recordTime) {
        table = own(recordHash);
        place = table.find(recordKey, recordHash);
        key = recordKey;
        hash = recordHash;
        time = recordTime;
        function.apply(recordKey, value, this, this);
    }

    @Override
    public Optional<Object> get() {
        return place < 0 ? Optional.empty() : Optional.of(table.value(place));
    }

    @Override
    public Object orElse(Object other) {
        return place < 0 ? other : table.value(place);
    }

    @Override
    public void set(Object state) {
        if (place >= 0) {
            table.set(place, state);
        } else {
            place = table.add(place, key, hash, state);
        }
    }

    @Override
    public void clear() {
        if (place >= 0) {
            table.remove(place);
            place = table.find(key, hash);
        }
    }

    @Override
    public void emit(Object value) {
        next.record(key, hash, value, time);
    }

    @Override
    public void emit(Object value, long ownTime) {
        next.record(key, hash, value, ownTime);
    }

    @Override
    protected GroupTable create() {
        return new GroupTable();
    }

    @Override
    protected boolean isEmpty(GroupTable state) {
        return state.size() == 0;
    }

    @Override
    protected void write(GroupTable state, ValueWriter out) {
        state.write(out);
    }

    @Override
    protected Optional<GroupTable> freeze(GroupTable state) {
        return state.freeze();
    }

    @Override
    protected GroupTable read(ValueReader in) {
        return GroupTable.read(in);
    }
}

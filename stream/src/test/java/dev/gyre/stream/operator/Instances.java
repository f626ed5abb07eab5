package dev.gyre.stream.operator;

import dev.gyre.stream.codec.BytesIn;
import dev.gyre.stream.codec.BytesOut;
import dev.gyre.stream.codec.Types;
import dev.gyre.stream.codec.ValueReader;
import dev.gyre.stream.codec.ValueWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Several instances of an operator that share the key groups, as workers do: groups move between them, and all of them are now and then made anew from what was written. */
final class Instances<G> {
    static final int GROUPS = 8;
    private static final int SHIFT = 29;

    private final Function<Operator, List<Operator>> maker;
    private final List<List<Operator>> ports = new ArrayList<>();
    private final List<Recorder> recorders = new ArrayList<>();
    private final List<Recorder.Out> out = new ArrayList<>();
    private final int[] owners = new int[GROUPS];

    /** Instances, each given by its ports, the first of which is the operator. */
    Instances(int count, Function<Operator, List<Operator>> maker) {
        this.maker = maker;
        for (int i = 0; i < count; i++) {
            recorders.add(new Recorder(out));
            ports.add(maker.apply(recorders.get(i)));
        }
        for (int group = 0; group < GROUPS; group++) {
            owners[group] = group % count;
            operator(owners[group]).open(group);
        }
    }

    @SuppressWarnings("unchecked") // all are alike
    private GroupedOperator<G> operator(int instance) {
        return (GroupedOperator<G>) ports.get(instance).getFirst();
    }

    void record(int port, Object key, int hash, Object value, long time) {
        ports.get(owners[hash >>> SHIFT]).get(port).record(key, hash, value, time);
    }

    void epoch(long time) {
        ports.forEach(instance -> instance.getFirst().epoch(time));
    }

    /** What came out of all of them since it was asked last. */
    List<Recorder.Out> take() {
        var taken = List.copyOf(out);
        out.clear();
        return taken;
    }

    /** A group changes its owner: its state goes as an object. */
    void move(Random random) {
        int group = random.nextInt(GROUPS);
        int to = random.nextInt(ports.size());
        var state = operator(owners[group]).release(group);
        owners[group] = to;
        if (state.isPresent()) {
            operator(to).adopt(group, state.get());
        } else {
            operator(to).open(group);
        }
    }

    /** Everything is written, and read by instances that know of nothing else. */
    @SuppressWarnings("unchecked") // a state is of the operator that gives it
    void restore() {
        var old = new ArrayList<GroupedOperator<G>>();
        for (int i = 0; i < ports.size(); i++) {
            old.add(operator(i));
            ports.set(i, maker.apply(recorders.get(i)));
        }
        for (int group = 0; group < GROUPS; group++) {
            var from = old.get(owners[group]);
            var to = operator(owners[group]);
            var state = from.release(group);
            if (state.isEmpty()) {
                to.open(group);
                continue;
            }
            var bytes = new BytesOut();
            from.write((G) state.get(), new ValueWriter(Types.builtIn(), bytes, "test"));
            to.adopt(group, to.read(new ValueReader(Types.builtIn(), new BytesIn(bytes.toBytes(), "test"))));
        }
    }
}

package dev.gyre.stream.worker;

import dev.gyre.core.link.PayloadCodec;
import dev.gyre.stream.api.Keyed;
import dev.gyre.stream.api.WindowResult;
import dev.gyre.stream.codec.BytesIn;
import dev.gyre.stream.codec.BytesOut;
import dev.gyre.stream.codec.CodecException;
import dev.gyre.stream.codec.Types;
import dev.gyre.stream.codec.ValueReader;
import dev.gyre.stream.codec.ValueWriter;
import dev.gyre.stream.exchange.Assignment;
import dev.gyre.stream.exchange.IntakeKind;
import dev.gyre.stream.graph.Plan;
import dev.gyre.stream.graph.Vertex;
import dev.gyre.stream.operator.GroupStates;
import dev.gyre.stream.operator.GroupedOperator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The frames of one job as bytes, for workers in different processes. Keys, values, positions and accumulators are written by the job's types; the
 * state of a group is written and read by its operator, as in a snapshot.
 *
 * <p>Whoever reads knows the plan, so a frame that names a stage, an edge, a group or a number of operators that this job does not have is refused,
 * and no length makes room for more than the bytes that are left. There is no checksum here: the frames of the link that carries these have one.
 *
 * <p>For one thread, like the worker.
 */
public final class FrameBytes implements PayloadCodec<Frame> {
    private static final byte CHANNEL = 1;
    private static final byte CREDIT = 2;
    private static final byte HAND_OVER = 3;
    private static final byte HAND_OVER_DONE = 4;
    private static final byte PARTITION = 5;
    private static final byte LEFT = 6;

    private final Plan plan;
    private final Types types;
    private final ItemBytes items;

    /** Of each stage, the operators with state: they own no group, and only write and read. */
    private final List<List<GroupedOperator<?>>> operators;

    /**
     * Makes the operators of the job once, to write and read by; no source or sink is opened.
     *
     * @param plan the same in all processes of the job
     * @param types likewise
     */
    public FrameBytes(Plan plan, Types types) {
        this.plan = plan;
        this.types = withOwn(types);
        this.items = new ItemBytes(plan, this.types);
        var maker = new Chain.Maker(
                plan,
                new Vertex.Site(0, plan.groups()),
                Assignment.of(0, plan.groups(), List.of(0)),
                (edge, worker, item) -> {},
                (name, sink) -> (value, time) -> {});
        this.operators = plan.stages().stream()
                .map(stage -> stage.kind() == IntakeKind.LOCAL
                        ? List.<GroupedOperator<?>>of()
                        : maker.make(stage.root()).grouped())
                .toList();
    }

    /** What operators of this library give as records: no user has to know of these. */
    private static Types withOwn(Types types) {
        var all = types.has(Keyed.class) ? types : types.with("gyre.Keyed", Keyed.class);
        return all.has(WindowResult.class) ? all : all.with("gyre.WindowResult", WindowResult.class);
    }

    /**
     * The frame as bytes.
     *
     * @throws IllegalArgumentException when something in it is not among the job's types: names the class and where it was to go, and says what to do
     * @throws CodecException when it is larger than an array can be
     */
    @Override
    public byte[] encode(Frame frame) {
        var out = new BytesOut();
        switch (frame) {
            case Frame.Channel(var generation, int edge, var item) -> {
                begin(out, CHANNEL, generation, edge);
                items.write(edge, item, out);
            }
            case Frame.Credit(var generation, int edge, int records) -> {
                begin(out, CREDIT, generation, edge);
                out.writeVarint(records);
            }
            case Frame.HandOver handOver -> {
                begin(out, HAND_OVER, handOver.generation(), handOver.stage());
                writeStates(handOver, out);
            }
            case Frame.HandOverDone(var generation, int stage, var version, var frontier) -> {
                begin(out, HAND_OVER_DONE, generation, stage);
                out.writeZigzag(version);
                out.writeZigzag(frontier);
            }
            case Frame.Partition(var generation, int stage, var version, var name, var position) -> {
                begin(out, PARTITION, generation, stage);
                out.writeZigzag(version);
                out.writeString(name);
                value("position in partition \"" + name + "\" of " + root(stage), position, out);
            }
            case Frame.Left(var generation, var version, var prepared) -> {
                out.writeByte(LEFT);
                out.writeZigzag(generation);
                out.writeZigzag(version);
                out.writeVarint(prepared.size());
                new TreeMap<>(prepared).forEach((sink, one) -> {
                    out.writeString(sink);
                    value("what sink \"" + sink + "\" has prepared", one, out);
                });
            }
        }
        return out.toBytes();
    }

    /** Begins a frame that concerns an edge or a stage. */
    private static void begin(BytesOut out, byte kind, long generation, int place) {
        out.writeByte(kind);
        out.writeZigzag(generation);
        out.writeVarint(place);
    }

    private void value(String where, Object value, BytesOut out) {
        new ValueWriter(types, out, where).write(value);
    }

    private Vertex root(int stage) {
        return plan.stages().get(stage).root();
    }

    private void writeStates(Frame.HandOver handOver, BytesOut out) {
        out.writeZigzag(handOver.version());
        out.writeVarint(handOver.group());
        var writers = operators.get(handOver.stage());
        if (handOver.states().size() != writers.size()) {
            throw new IllegalArgumentException("stage " + root(handOver.stage()) + " has " + writers.size()
                    + " operators with state, and " + handOver.states().size() + " states are to be handed over");
        }
        for (int i = 0; i < writers.size(); i++) {
            var operator = writers.get(i);
            var state = handOver.states().get(i);
            out.writeByte(state.isPresent() ? 1 : 0);
            if (state.isPresent()) {
                var where = "\"" + operator.name() + "\", key group " + handOver.group();
                GroupStates.write(operator, state.get(), new ValueWriter(types, out, where));
            }
        }
    }

    @Override
    public Frame decode(ByteBuffer bytes) {
        var copy = new byte[bytes.remaining()];
        bytes.get(copy);
        var in = new BytesIn(copy, "a frame of a worker");
        try {
            var frame = read(in);
            in.end();
            return frame;
        } catch (CodecException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private Frame read(BytesIn in) {
        int kind = in.readByte();
        long generation = in.readZigzag();
        return switch (kind) {
            case CHANNEL -> {
                int edge = edge(in);
                yield new Frame.Channel(generation, edge, items.read(in));
            }
            case CREDIT ->
                new Frame.Credit(generation, edge(in), in.readVarint(0, Integer.MAX_VALUE, "a number of records"));
            case HAND_OVER -> states(generation, in);
            case HAND_OVER_DONE -> new Frame.HandOverDone(generation, stage(in), in.readZigzag(), in.readZigzag());
            case PARTITION -> new Frame.Partition(generation, stage(in), in.readZigzag(), in.readString(), value(in));
            case LEFT -> new Frame.Left(generation, in.readZigzag(), prepared(in));
            default -> throw in.malformed("no kind of frames is " + kind);
        };
    }

    private int edge(BytesIn in) {
        return in.readVarint(0, plan.edges() - 1, "an edge");
    }

    private int stage(BytesIn in) {
        return in.readVarint(0, plan.stages().size() - 1, "a stage");
    }

    private Object value(BytesIn in) {
        var value = new ValueReader(types, in).read();
        if (value == null) {
            throw in.malformed("null, where a value has to be");
        }
        return value;
    }

    private Map<String, Object> prepared(BytesIn in) {
        var prepared = new TreeMap<String, Object>();
        for (int i = in.readCount(2); i > 0; i--) {
            var sink = in.readString();
            if (prepared.put(sink, value(in)) != null) {
                throw in.malformed("sink \"" + sink + "\" twice");
            }
        }
        return prepared;
    }

    private Frame.HandOver states(long generation, BytesIn in) {
        int stage = stage(in);
        long version = in.readZigzag();
        int group = in.readVarint(0, plan.groups() - 1, "a key group");
        var states = new ArrayList<Optional<Object>>();
        for (var operator : operators.get(stage)) {
            boolean isPresent = in.readVarint(0, 1, "whether there is a state") == 1;
            states.add(isPresent ? Optional.of(state(operator, in)) : Optional.empty());
        }
        return new Frame.HandOver(generation, stage, version, group, states);
    }

    /** What an operator reads is cast as it was written: whatever that throws, these are no bytes of its state. */
    private Object state(GroupedOperator<?> operator, BytesIn in) {
        int from = in.offset();
        try {
            return GroupStates.read(operator, new ValueReader(types, in));
        } catch (CodecException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new CodecException(in.what(), from, "no state of \"" + operator.name() + "\": " + e, e);
        }
    }
}

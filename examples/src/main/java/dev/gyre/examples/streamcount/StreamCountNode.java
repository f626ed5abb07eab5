package dev.gyre.examples.streamcount;

import static dev.gyre.core.ErrorCode.MALFORMED_REQUEST;
import static dev.gyre.core.ErrorCode.NOT_SUPPORTED;
import static dev.gyre.core.ErrorCode.TEMPORARILY_UNAVAILABLE;
import static dev.gyre.core.ErrorCode.TIMEOUT;

import dev.gyre.core.Event;
import dev.gyre.core.Message;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Request;
import dev.gyre.core.RpcError;
import dev.gyre.core.Service;
import dev.gyre.core.host.Node;
import dev.gyre.core.json.JsonRecords;
import dev.gyre.examples.Flags;
import dev.gyre.examples.streamcount.Entry.Added;
import dev.gyre.examples.streamcount.Entry.Asked;
import dev.gyre.examples.streamcount.Entry.Question;
import dev.gyre.examples.streamcount.Entry.Trimmed;
import dev.gyre.raft.RaftEvent;
import dev.gyre.raft.RaftGroups;
import dev.gyre.raft.RaftOptions;
import dev.gyre.raft.RaftService;
import dev.gyre.stream.ClusterJob;
import dev.gyre.stream.io.LogSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Takes values of keys and tells totals, by a dataflow. An add is answered when it is in the log, so it cannot be lost. A question is in the log too, and is answered by the job, in
 * its place among the adds: so a total has each add before it once, whatever has crashed meanwhile, and would be the same if it were given twice. Windows are told when they
 * are over, and then have all that is in them.
 */
public final class StreamCountNode implements Service<StreamCountNode.Msg, RaftEvent<Entry>> {
    private static final JsonRecords<Image> IMAGES = JsonRecords.of(Image.class);

    private final NodeContext<Msg, RaftEvent<Entry>> node;
    private final RaftService<Entry> log;
    private final LogSource<Change> source;
    private final ClusterJob job;
    private final OpenCalls open = new OpenCalls();
    private long clock;

    /** What this node understands; {@code rescale} and {@code job_status} beside it. */
    public sealed interface Msg {
        /**
         * Adds a value to the totals of a key.
         *
         * @param value of 32 bits, so that no total overflows
         */
        record Add(String key, int value) implements Msg {}

        /** It counts, whatever happens. */
        record AddOk() implements Msg {}

        /** The same, to be told in which window. */
        record AddTimed(String key, int value) implements Msg {}

        /**
         * It counts, whatever happens.
         *
         * @param window when that began, in milliseconds of a clock that all nodes have together
         */
        record AddTimedOk(long window) implements Msg {}

        /** Asks for the total of a key. */
        record Total(String key) implements Msg {}

        /** The sum of the values that were added; 0 when there are none. */
        record TotalOk(long value) implements Msg {}

        /** Asks for the totals of a key by windows of a second. */
        record Windows(String key) implements Msg {}

        /** The last windows that are over and have something in them, in their order: each as its beginning in milliseconds, and its total. */
        record WindowsOk(List<List<Long>> windows) implements Msg {}

        /** The node whose worker has the key tells the one that was asked. */
        record Told(String client, long msgId, TotalOk total) implements Msg {}

        /** Likewise. */
        record ToldWindows(String client, long msgId, WindowsOk windows) implements Msg {}
    }

    /** What a snapshot of the log has. */
    record Image(long clock, List<LogSource.Part<Change>> parts) {}

    /** A node in the making. */
    public StreamCountNode(NodeContext<Msg, RaftEvent<Entry>> node) {
        this.node = node;
        var groups = RaftGroups.embed(node);
        log = groups.add(RaftOptions.of(Entry.class).named("log"), event -> event);
        source = new LogSource<>(
                Entry.PARTITIONS,
                change -> change.key().hashCode(),
                (partition, position) -> log.propose(new Trimmed(partition, position)));
        var flow = CountJob.of(source, this::answer, this::answer);
        job = ClusterJob.embed(
                node,
                groups,
                flow,
                ClusterJob.Settings.workers(Math.min(3, node.nodeIds().size())));
    }

    private void answer(Question question, Tally tally) {
        pass(question, new Msg.Told(question.client(), question.msgId(), new Msg.TotalOk(tally.total())));
    }

    private void answer(Question question, Shown shown) {
        var windows = shown.sums().stream()
                .map(sum -> List.of(sum.start(), sum.total()))
                .toList();
        pass(question, new Msg.ToldWindows(question.client(), question.msgId(), new Msg.WindowsOk(windows)));
    }

    private void pass(Question question, Msg told) {
        if (question.node().equals(node.nodeId())) {
            told(told);
        } else {
            node.network().send(question.node(), told);
        }
    }

    private void told(Msg message) {
        switch (message) {
            case Msg.Told(var client, long msgId, var total) -> reply(client, msgId, total);
            case Msg.ToldWindows(var client, long msgId, var windows) -> reply(client, msgId, windows);
            default -> throw new IllegalArgumentException(message + " is no answer of the job");
        }
    }

    /** An answer that is given again, since the job has gone back to a snapshot, or that was asked for in another life, is for nobody. */
    private void reply(String client, long msgId, Msg answer) {
        if (open.remove(client, msgId)) {
            node.network().reply(new Request(client, OptionalLong.of(msgId)), answer);
        }
    }

    @Override
    public void step(Event<Msg, RaftEvent<Entry>> event, Network<Msg> network) {
        switch (event) {
            case Event.Received(var message) -> receive(message);
            case Event.Signal(var told) -> follow(told);
            case Event.EndOfInput() -> {}
        }
    }

    private void receive(Message<Msg> message) {
        switch (message.payload()) {
            case Msg.Add(var key, int value) ->
                log.propose(new Added(message.request(), checked(key), value, node.nowNanos(), false));
            case Msg.AddTimed(var key, int value) ->
                log.propose(new Added(message.request(), checked(key), value, node.nowNanos(), true));
            case Msg.Total(var key) -> ask(message, checked(key), false);
            case Msg.Windows(var key) -> ask(message, checked(key), true);
            case Msg.Told answer -> told(answer);
            case Msg.ToldWindows answer -> told(answer);
            case Msg.AddOk reply -> throw notARequest();
            case Msg.AddTimedOk reply -> throw notARequest();
            case Msg.TotalOk reply -> throw notARequest();
            case Msg.WindowsOk reply -> throw notARequest();
        }
    }

    private static RpcError notARequest() {
        return new RpcError(NOT_SUPPORTED, "this is a reply");
    }

    private static String checked(String key) {
        if (key.isEmpty()) {
            throw new RpcError(MALFORMED_REQUEST, "a key has one letter or more");
        }
        return key;
    }

    private void ask(Message<Msg> message, String key, boolean isForWindows) {
        message.request().msgId().ifPresent(id -> {
            open.add(message.src(), id);
            log.propose(new Asked(key, new Question(isForWindows, node.nodeId(), message.src(), id), node.nowNanos()));
        });
    }

    private void follow(RaftEvent<Entry> event) {
        switch (event) {
            case RaftEvent.Committed(var index, var term, var entry, var here) -> apply(entry, here);
            case RaftEvent.ProposalFailed(var entry, var why) ->
                client(entry).ifPresent(client -> node.network().reply(client, TEMPORARILY_UNAVAILABLE, why));
            case RaftEvent.ProposalUnknown(var entry, var why) ->
                client(entry).ifPresent(client -> node.network().reply(client, TIMEOUT, why));
            case RaftEvent.SnapshotRequested(var index) ->
                log.snapshot(index, IMAGES.encode(new Image(clock, source.parts())));
            case RaftEvent.RestoreSnapshot(var index, var term, var bytes) -> {
                var image = IMAGES.decode(bytes);
                clock = image.clock();
                source.restore(image.parts());
                job.wake();
            }
            case RaftEvent.LeaderChanged<?> seen -> {}
            case RaftEvent.MembershipChanged<?> seen -> {}
        }
    }

    private void apply(Entry entry, boolean here) {
        switch (entry) {
            case Added(var client, var key, int value, long nanos, boolean tellsWindow) -> {
                advance(nanos);
                source.append(Change.add(key, value, clock));
                if (here) {
                    var done = tellsWindow ? new Msg.AddTimedOk(CountJob.windowOf(clock)) : new Msg.AddOk();
                    node.network().reply(client, done);
                }
            }
            case Asked(var key, var question, long nanos) -> {
                advance(nanos);
                source.append(new Change(key, 0, clock, Optional.of(question)));
            }
            case Trimmed(int partition, long position) -> source.trim(partition, position);
        }
        job.wake();
    }

    /** Time goes on, by whichever node is ahead; when a window is over, all partitions are told. */
    private void advance(long nanos) {
        boolean isOver = CountJob.windowOf(nanos) > CountJob.windowOf(clock);
        clock = Math.max(clock, nanos);
        if (isOver) {
            source.appendToAll(Change.tick(clock));
        }
    }

    private static Optional<Request> client(Entry entry) {
        return switch (entry) {
            case Added added -> Optional.of(added.client());
            case Asked(var key, var question, long nanos) ->
                Optional.of(new Request(question.client(), OptionalLong.of(question.msgId())));
            case Trimmed trimmed -> Optional.empty(); // the next snapshot has another
        };
    }

    /** Runs the node under Maelstrom. */
    public static void main(String[] args) {
        Node.run(Msg.class, StreamCountNode::new, Flags.none(args));
    }
}

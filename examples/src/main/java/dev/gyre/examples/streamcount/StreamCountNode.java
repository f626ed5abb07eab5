package dev.gyre.examples.streamcount;

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
import dev.gyre.examples.streamcount.Entry.Caller;
import dev.gyre.examples.streamcount.Entry.Change;
import dev.gyre.examples.streamcount.Entry.Trimmed;
import dev.gyre.raft.RaftEvent;
import dev.gyre.raft.RaftGroups;
import dev.gyre.raft.RaftOptions;
import dev.gyre.raft.RaftService;
import dev.gyre.stream.ClusterJob;
import dev.gyre.stream.Job;
import dev.gyre.stream.io.LogSource;
import dev.gyre.stream.io.Sinks;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Takes values of keys and tells totals, by a dataflow. An add is answered when it is in the log, so it cannot be lost. A question is in the log too, and is answered by the job, in
 * its place among the adds: so the answer has each add before it once, whatever has crashed meanwhile, and would be the same if it were given twice.
 */
public final class StreamCountNode implements Service<StreamCountNode.Msg, RaftEvent<Entry>> {
    private static final JsonRecords<Image> IMAGES = JsonRecords.of(Image.class);

    private final RaftService<Entry> log;
    private final LogSource<Change> source;
    private final ClusterJob job;
    private final OpenCalls open = new OpenCalls();

    /** What this node understands; {@code rescale} and {@code job_status} beside it. */
    public sealed interface Msg {
        /**
         * Adds a value to the total of a key.
         *
         * @param value of 32 bits, so that no total overflows
         */
        record Add(String key, int value) implements Msg {}

        /** It counts, whatever happens. */
        record AddOk() implements Msg {}

        /** Asks for the total of a key. */
        record Total(String key) implements Msg {}

        /** The sum of the values that were added; 0 when there are none. */
        record TotalOk(long value) implements Msg {}

        /** A node whose worker has the key tells the one that was asked. */
        record Totalled(String client, long msgId, long value) implements Msg {}
    }

    /** What a snapshot of the log has. */
    record Image(List<LogSource.Part<Change>> parts) {}

    /** A node in the making. */
    public StreamCountNode(NodeContext<Msg, RaftEvent<Entry>> node) {
        var groups = RaftGroups.embed(node);
        log = groups.add(RaftOptions.of(Entry.class).named("log"), event -> event);
        source = new LogSource<>(
                Entry.PARTITIONS,
                change -> change.key().hashCode(),
                (partition, position) -> log.propose(new Trimmed(partition, position)));
        job = ClusterJob.embed(
                node,
                groups,
                job(source, entry -> answer(node, entry)),
                ClusterJob.Settings.workers(Math.min(3, node.nodeIds().size())));
    }

    private static Job job(LogSource<Change> source, java.util.function.Consumer<Tally> answers) {
        return Job.named(
                "stream-count",
                flow -> flow.types(Change.class, Tally.class)
                        .source("log", source)
                        .keyBy("key", Change::key)
                        .fold("total", Tally.NONE, Tally::with)
                        .entries()
                        .map(entry -> entry.value())
                        .filter(tally -> tally.caller().isPresent())
                        .sink("answers", Sinks.forEach(answers)));
    }

    private void answer(NodeContext<Msg, RaftEvent<Entry>> node, Tally tally) {
        var caller = tally.caller().orElseThrow();
        var told = new Msg.Totalled(caller.client(), caller.msgId(), tally.total());
        if (caller.node().equals(node.nodeId())) {
            reply(told, node.network());
        } else {
            node.network().send(caller.node(), told);
        }
    }

    /** An answer that is given again, since the job has gone back to a snapshot, or that was asked for in another life, is for nobody. */
    private void reply(Msg.Totalled told, Network<Msg> network) {
        if (open.remove(told.client(), told.msgId())) {
            network.reply(new Request(told.client(), OptionalLong.of(told.msgId())), new Msg.TotalOk(told.value()));
        }
    }

    @Override
    public void step(Event<Msg, RaftEvent<Entry>> event, Network<Msg> network) {
        switch (event) {
            case Event.Received(var message) -> receive(message, network);
            case Event.Signal(var told) -> follow(told, network);
            case Event.EndOfInput() -> {}
        }
    }

    private void receive(Message<Msg> message, Network<Msg> network) {
        switch (message.payload()) {
            case Msg.Add(var key, int value) -> log.propose(new Added(message.request(), key, value));
            case Msg.Total(var key) ->
                message.request().msgId().ifPresent(id -> {
                    open.add(message.src(), id);
                    log.propose(new Asked(key, new Caller(network.nodeId(), message.src(), id)));
                });
            case Msg.Totalled told -> reply(told, network);
            case Msg.AddOk reply -> throw new RpcError(NOT_SUPPORTED, "this is a reply");
            case Msg.TotalOk reply -> throw new RpcError(NOT_SUPPORTED, "this is a reply");
        }
    }

    private void follow(RaftEvent<Entry> event, Network<Msg> network) {
        switch (event) {
            case RaftEvent.Committed(var index, var term, var entry, var here) -> apply(entry, here, network);
            case RaftEvent.ProposalFailed(var entry, var why) ->
                client(entry).ifPresent(client -> network.reply(client, TEMPORARILY_UNAVAILABLE, why));
            case RaftEvent.ProposalUnknown(var entry, var why) ->
                client(entry).ifPresent(client -> network.reply(client, TIMEOUT, why));
            case RaftEvent.SnapshotRequested(var index) ->
                log.snapshot(index, IMAGES.encode(new Image(source.parts())));
            case RaftEvent.RestoreSnapshot(var index, var term, var bytes) -> {
                source.restore(IMAGES.decode(bytes).parts());
                job.wake();
            }
            case RaftEvent.LeaderChanged<?> seen -> {}
            case RaftEvent.MembershipChanged<?> seen -> {}
        }
    }

    private void apply(Entry entry, boolean here, Network<Msg> network) {
        switch (entry) {
            case Added(var client, var key, int value) -> {
                source.append(new Change(key, value, Optional.empty()));
                if (here) {
                    network.reply(client, new Msg.AddOk());
                }
            }
            case Asked(var key, var caller) -> source.append(new Change(key, 0, Optional.of(caller)));
            case Trimmed(int partition, long position) -> source.trim(partition, position);
        }
        job.wake();
    }

    private static Optional<Request> client(Entry entry) {
        return switch (entry) {
            case Added added -> Optional.of(added.client());
            case Asked(var key, var caller) ->
                Optional.of(new Request(caller.client(), OptionalLong.of(caller.msgId())));
            case Trimmed trimmed -> Optional.empty(); // the next snapshot has another
        };
    }

    /** Runs the node under Maelstrom. */
    public static void main(String[] args) {
        Node.run(Msg.class, StreamCountNode::new, Flags.none(args));
    }
}

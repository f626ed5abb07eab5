package dev.gyre.examples.kafka;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.gyre.core.Event;
import dev.gyre.core.IdCounter;
import dev.gyre.core.Message;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.Service;
import dev.gyre.core.host.Node;
import dev.gyre.examples.Flags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Logs that are appended to and polled. Each key has one owner among the nodes, found from the key alone, which has it in its
 * {@link OwnedLogs}; the others pass on what they are asked about it.
 */
public final class KafkaNode implements Service<KafkaNode.Msg, Void> {
    /** What this node understands. */
    public sealed interface Msg {
        /** Appends a message to a key's log. */
        record Send(String key, long msg) implements Msg {}

        /** The message is in the log, at this offset. */
        record SendOk(long offset) implements Msg {}

        /** Asks for the messages of each key from an offset on. */
        record Poll(SortedMap<String, Long> offsets) implements Msg {}

        /** Messages of each key; of those whose owner did not answer, none. */
        record PollOk(SortedMap<String, List<Entry>> msgs) implements Msg {}

        /** Says how far each key was processed. */
        record CommitOffsets(SortedMap<String, Long> offsets) implements Msg {}

        /** The owners know. */
        record CommitOffsetsOk() implements Msg {}

        /** Asks how far these keys were processed. */
        record ListCommittedOffsets(List<String> keys) implements Msg {}

        /** How far; a key of which nobody has said anything is left out. */
        record ListCommittedOffsetsOk(SortedMap<String, Long> offsets) implements Msg {}

        /**
         * From node to owner: a client's send, answered by {@link SendOk}.
         *
         * @param sender the name of the node in this life
         * @param number the sender's number for it, so that it is appended once although it may arrive twice
         */
        record Append(String sender, long number, String key, long msg) implements Msg {}

        /** A message and its offset; on the wire an array of the two. */
        @JsonFormat(shape = JsonFormat.Shape.ARRAY)
        record Entry(long offset, long msg) {}
    }

    /** How long an owner has to answer: then the client is told that nobody knows, which is the truth. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Network<Msg> network;
    private final String sender;
    private final IdCounter numbers = new IdCounter();
    private final OwnedLogs owned = new OwnedLogs();

    /** A node whose logs are empty. */
    public KafkaNode(NodeContext<Msg, Void> node) {
        network = node.network();
        sender = node.nodeId() + "-" + Long.toHexString(node.random().nextLong());
    }

    @Override
    public void step(Event<Msg, Void> event, Network<Msg> net) {
        if (event instanceof Event.Received(var message)) {
            receive(message);
        }
    }

    private void receive(Message<Msg> message) {
        switch (message.payload()) {
            case Msg.Send(var key, long msg) ->
                ask(owner(key), new Msg.Append(sender, numbers.next(), key, msg))
                        .whenDone(outcome -> network.reply(message, outcome.orThrow()));
            case Msg.Append append -> network.reply(message, owned.serve(append));
            case Msg.Poll(var offsets) ->
                askOwners(offsets.keySet(), keys -> new Msg.Poll(part(offsets, keys)))
                        .whenDone(outcomes -> network.reply(message, polled(outcomes.orThrow())));
            case Msg.CommitOffsets(var offsets) ->
                askOwners(offsets.keySet(), keys -> new Msg.CommitOffsets(part(offsets, keys)))
                        .whenDone(outcomes -> {
                            outcomes.orThrow().forEach(Outcome::orThrow);
                            network.reply(message, new Msg.CommitOffsetsOk());
                        });
            case Msg.ListCommittedOffsets(var all) ->
                askOwners(all, Msg.ListCommittedOffsets::new)
                        .whenDone(outcomes -> network.reply(message, committed(outcomes.orThrow())));
            case Msg.SendOk ok -> {}
            case Msg.PollOk ok -> {}
            case Msg.CommitOffsetsOk ok -> {}
            case Msg.ListCommittedOffsetsOk ok -> {}
        }
    }

    private String owner(String key) {
        return network.nodeIds()
                .get(Math.floorMod(key.hashCode(), network.nodeIds().size()));
    }

    /** Asks each owner of some of the keys about these, in one message. */
    private Promise<List<Outcome<Msg>>> askOwners(Collection<String> keys, Function<List<String>, Msg> request) {
        Map<String, List<String>> byOwner = new TreeMap<>();
        keys.forEach(key ->
                byOwner.computeIfAbsent(owner(key), first -> new ArrayList<>()).add(key));
        return Promise.all(byOwner.entrySet().stream()
                .map(part -> ask(part.getKey(), request.apply(part.getValue())))
                .toList());
    }

    private Promise<Msg> ask(String owner, Msg request) {
        return owner.equals(network.nodeId())
                ? Promise.of(new Outcome.Ok<>(owned.serve(request)))
                : network.rpc(owner, request, PATIENCE);
    }

    private static SortedMap<String, Long> part(SortedMap<String, Long> offsets, List<String> keys) {
        var part = new TreeMap<>(offsets);
        part.keySet().retainAll(keys);
        return part;
    }

    /** What the owners that answered have: a poll may always show less than there is, so one that is away spoils nothing. */
    private static Msg polled(List<Outcome<Msg>> answers) {
        var messages = new TreeMap<String, List<Msg.Entry>>();
        for (var answer : answers) {
            if (answer instanceof Outcome.Ok<Msg>(Msg.PollOk(var part))) {
                messages.putAll(part);
            }
        }
        return new Msg.PollOk(messages);
    }

    /** What all owners have: leaving out one that is away would say that nothing was committed there. */
    private static Msg committed(List<Outcome<Msg>> answers) {
        var offsets = new TreeMap<String, Long>();
        for (var answer : answers) {
            if (answer.orThrow() instanceof Msg.ListCommittedOffsetsOk(var part)) {
                offsets.putAll(part);
            }
        }
        return new Msg.ListCommittedOffsetsOk(offsets);
    }

    /** Runs the node under Maelstrom. */
    public static void main(String[] args) {
        Node.run(Msg.class, KafkaNode::new, Flags.none(args));
    }
}

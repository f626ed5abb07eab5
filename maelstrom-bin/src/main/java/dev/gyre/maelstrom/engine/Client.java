package dev.gyre.maelstrom.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.IdCounter;
import dev.gyre.core.simulation.Letter;
import dev.gyre.core.simulation.SimulatedNetwork;
import dev.gyre.core.simulation.Timeline;
import dev.gyre.core.simulation.Timeline.Handle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client's connection: one request at a time. Replies that come too late are dropped. */
final class Client implements SimulatedNetwork.Endpoint {
    private final String id;
    private final SimulatedNetwork network;
    private final Timeline timeline;
    private final Problems problems;
    private final IdCounter messageIds = new IdCounter();
    private @Nullable Call pending;

    /** What became of a request. */
    sealed interface Result {
        /** There was a reply, maybe an error. */
        record Replied(ObjectNode body) implements Result {}

        /** There was none in time. */
        record TimedOut() implements Result {}
    }

    private record Call(long messageId, Handle timeout, Consumer<Result> handler) {}

    private Client(String id, SimulatedNetwork network, Timeline timeline, Problems problems) {
        this.id = id;
        this.network = network;
        this.timeline = timeline;
        this.problems = problems;
    }

    /** Opens connections: each has an id of its own, {@code c0}, {@code c1}, …. */
    static final class Factory {
        private final SimulatedNetwork network;
        private final Timeline timeline;
        private final Problems problems;
        private int next;

        Factory(SimulatedNetwork network, Timeline timeline, Problems problems) {
            this.network = network;
            this.timeline = timeline;
            this.problems = problems;
        }

        Client open() {
            var client = new Client("c" + next++, network, timeline, problems);
            network.attach(client.id, client);
            return client;
        }
    }

    /** Sends a request, whose body gets a {@code msg_id}, and tells of the reply, or that none came in time. */
    void call(String node, ObjectNode body, long timeoutNanos, Consumer<Result> handler) {
        if (pending != null) {
            throw new IllegalStateException(id + " has a request under way");
        }
        long messageId = messageIds.next();
        var timeout = timeline.after(timeoutNanos, () -> finish(new Result.TimedOut()));
        pending = new Call(messageId, timeout, handler);
        network.send(Letter.ofBody(id, node, body.put("msg_id", messageId)));
    }

    /** Ends the connection: what is still to come is dropped. */
    void close() {
        if (pending != null) {
            pending.timeout.cancel();
            pending = null;
        }
        network.detach(id);
    }

    @Override
    public void receive(Letter letter) {
        if (letter.inReplyTo().isEmpty()) {
            problems.add(letter.src(), "sent " + id + " a message without \"in_reply_to\": " + letter.toBody());
        } else if (pending != null && letter.inReplyTo().getAsLong() == pending.messageId) {
            finish(new Result.Replied(letter.toBody()));
        }
    }

    private void finish(Result result) {
        var call = pending;
        if (call != null) {
            pending = null;
            call.timeout.cancel();
            call.handler.accept(result);
        }
    }
}

package dev.gyre.raft;

import dev.gyre.raft.core.Message;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

/** Messages that promise what is not yet durable, until it is. */
final class Held<V> {
    private record One<V>(long afterToken, Message<V> message) {}

    private final Consumer<Message<V>> outlet;
    private final ArrayDeque<One<V>> waiting = new ArrayDeque<>();
    private long durableToken;

    Held(Consumer<Message<V>> outlet) {
        this.outlet = outlet;
    }

    /** Sends these once all writes up to a token are durable. */
    void add(long afterToken, List<Message<V>> messages) {
        for (var message : messages) {
            if (afterToken <= durableToken) {
                outlet.accept(message);
            } else {
                waiting.add(new One<>(afterToken, message));
            }
        }
    }

    /** All writes up to a token are durable. */
    void release(long token) {
        durableToken = token;
        while (!waiting.isEmpty() && waiting.getFirst().afterToken <= token) {
            var message = waiting.removeFirst().message;
            if (!isOutdated(message)) {
                outlet.accept(message);
            }
        }
    }

    /** Of several acknowledgements that leave now, the last says it all. */
    private boolean isOutdated(Message<V> message) {
        var next = waiting.peekFirst();
        return next != null
                && next.afterToken <= durableToken
                && message instanceof Message.AppendAck<V> ack
                && next.message instanceof Message.AppendAck<V> later
                && later.term() == ack.term()
                && later.to().equals(ack.to())
                && later.matchIndex() >= ack.matchIndex();
    }
}

package dev.gyre.maelstrom.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The conversation of most workloads: an operation is one request and one reply. */
final class Exchange<I, O> implements Session<I, O> {
    private final Function<I, Call<O>> calls;
    private @Nullable Call<O> pending;

    /** How to ask, what the answer must look like, and what it means. */
    record Call<O>(ObjectNode request, ReplySchema schema, Reader<O> reader) {}

    /** Understands an answer whose shape was checked, and may still reject it. */
    @FunctionalInterface
    interface Reader<O> {
        O read(ObjectNode reply) throws MalformedReply;
    }

    Exchange(Function<I, Call<O>> calls) {
        this.calls = calls;
    }

    @Override
    public Step<O> begin(I input) {
        var call = calls.apply(input);
        pending = call;
        return new Step.Ask<>(call.request);
    }

    @Override
    public Step<O> next(ObjectNode reply) throws MalformedReply {
        var call = Objects.requireNonNull(pending);
        call.schema.check(reply);
        return new Step.Done<>(call.reader.read(reply));
    }
}

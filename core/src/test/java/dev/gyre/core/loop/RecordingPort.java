package dev.gyre.core.loop;

import dev.gyre.core.MemoryStorage;
import dev.gyre.core.Storage;
import dev.gyre.core.codec.PayloadTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** A host that keeps what is sent, and whose clock stands still unless a test moves it. */
final class RecordingPort implements HostPort {
    /** A message as it left. */
    record Sent(String dest, OptionalLong msgId, OptionalLong inReplyTo, Object payload) {}

    final List<Sent> sent = new ArrayList<>();
    private final RandomGenerator random = new SplittableRandom(1);
    private final Storage storage = new MemoryStorage();
    private long nowNanos;

    void advanceMillis(long millis) {
        nowNanos += millis * 1_000_000;
    }

    /** The messages sent since the last call. */
    List<Sent> take() {
        var taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    @Override
    public long nowNanos() {
        return nowNanos;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public Storage storage() {
        return storage;
    }

    @Override
    public <M> void send(String dest, OptionalLong msgId, OptionalLong inReplyTo, M payload, PayloadTypes<M> types) {
        sent.add(new Sent(dest, msgId, inReplyTo, payload));
    }
}

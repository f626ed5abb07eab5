package dev.gyre.raft.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Random logs, applied by a model, by sessions that live on, and by sessions that are restored now and then: all must agree, in outcomes and in
 * bytes, and no request may be carried out twice.
 */
final class SessionSweep {
    static final AnswerCodec<String> CODEC = new AnswerCodec<>() {
        @Override
        public byte[] encode(String answer) {
            return answer.getBytes(StandardCharsets.ISO_8859_1);
        }

        @Override
        public String decode(byte[] bytes) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    };

    private static final int ENTRIES = 400;

    private final SplittableRandom random;
    private final SessionModel model;
    private final Sessions<String> steady;
    private final TreeMap<String, Integer> carriedOut = new TreeMap<>();
    private final TreeMap<String, Integer> seen = new TreeMap<>();
    private Sessions<String> restored;
    private long timeNanos;

    private SessionSweep(long seed) {
        random = new SplittableRandom(seed);
        var settings = settings();
        model = new SessionModel(settings);
        steady = new Sessions<>(settings, CODEC);
        restored = new Sessions<>(settings, CODEC);
    }

    /** The first seed that fails, and how; empty if none of {@code seeds} does. */
    static String firstFailure(int seeds) {
        for (long seed = 1; seed <= seeds; seed++) {
            try {
                new SessionSweep(seed).run();
            } catch (AssertionError | RuntimeException failure) {
                return "seed " + seed + ": " + failure;
            }
        }
        return "";
    }

    /** How often each outcome was seen with a seed, by its name. */
    static SortedMap<String, Integer> outcomes(long seed) {
        var sweep = new SessionSweep(seed);
        sweep.run();
        return sweep.seen;
    }

    private SessionSettings settings() {
        return new SessionSettings(1 + random.nextInt(5), 1 + random.nextInt(6), 1 + random.nextInt(60), 1_000);
    }

    private void run() {
        for (long index = 1; index <= ENTRIES; index++) {
            entry(index);
            if (random.nextInt(4) == 0) {
                restored = Sessions.restore(restored.toBytes(), CODEC);
            }
            agree("sessions", model.size(), steady.size());
            agree("bytes", Arrays.toString(steady.toBytes()), Arrays.toString(restored.toBytes()));
        }
    }

    private void entry(long index) {
        timeNanos += random.nextInt(8) == 0 ? random.nextInt(-300, 900) : random.nextInt(20);
        var expired = model.advanceTo(timeNanos);
        agree("expired", expired, steady.advanceTo(timeNanos));
        agree("expired", expired, restored.advanceTo(timeNanos));
        int kind = random.nextInt(100);
        long session = model.anySession(random.nextLong(1 << 20));
        if (kind < 8) {
            var evicted = model.register(index);
            agree("evicted", evicted, steady.register(index));
            agree("evicted", evicted, restored.register(index));
        } else if (kind < 12) {
            boolean isOpen = model.keepAlive(session);
            agree("keep alive", isOpen, steady.keepAlive(session));
            agree("keep alive", isOpen, restored.keepAlive(session));
        } else if (kind < 13) {
            boolean wasOpen = model.close(session);
            agree("close", wasOpen, steady.close(session));
            agree("close", wasOpen, restored.close(session));
        } else if (kind < 14) {
            var changed = settings();
            var evicted = model.reconfigure(changed);
            agree("evicted", evicted, steady.reconfigure(changed));
            agree("evicted", evicted, restored.reconfigure(changed));
        } else {
            request(index, session);
        }
    }

    private void request(long index, long session) {
        long sequence = Math.max(1, model.acknowledged(session) + random.nextInt(-1, 9));
        var request = new SessionRequest(session, sequence, Math.max(0, sequence - 1 - random.nextInt(8)));
        var answer = "i" + index + "x".repeat(random.nextInt(25));
        var expected = model.apply(request, answer);
        List<String> calls = new ArrayList<>();
        agree("outcome", expected, steady.apply(request, () -> {
            calls.add("");
            return answer;
        }));
        agree("outcome", expected, restored.apply(request, () -> {
            calls.add("");
            return answer;
        }));
        seen.merge(expected.getClass().getSimpleName(), 1, Integer::sum);
        agree("calls", expected instanceof SessionOutcome.Applied ? 2 : 0, calls.size());
        if (!calls.isEmpty()) {
            int times = carriedOut.merge(session + "/" + sequence, 1, Integer::sum);
            agree("request " + session + "/" + sequence + " carried out", 1, times);
        }
    }

    private static void agree(String what, Object expected, Object found) {
        if (!Objects.equals(expected, found)) {
            throw new AssertionError(what + ": expected " + expected + ", found " + found);
        }
    }
}

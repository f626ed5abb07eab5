package dev.gyre.core.host;

import dev.gyre.core.Event;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.Service;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures the way of a message: a round trip between two nodes, and how many requests a second a node makes of another. Run as
 * a program, with the microseconds to spin before sleep as its argument.
 */
final class LocalHostMeasure {
    private static final int ROUNDS = 200_000;
    private static final int OUTSTANDING = 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private LocalHostMeasure() {}

    sealed interface Ball {
        record Ping(long number) implements Ball {}

        record Pong(long number) implements Ball {}
    }

    private static void echo(Event<Ball, Void> event, Network<Ball> network) {
        if (event instanceof Event.Received<Ball, Void>(var message)
                && message.payload() instanceof Ball.Ping(long number)) {
            network.reply(message, new Ball.Pong(number));
        }
    }

    /** Sends a message back and forth without calls, and notes how long each round takes. */
    private static final class Player implements Service<Ball, Void> {
        private final NodeContext<Ball, Void> node;
        private final long[] nanos;
        private final CountDownLatch done;
        private long sentAt;
        private int round;

        Player(NodeContext<Ball, Void> node, long[] nanos, CountDownLatch done) {
            this.node = node;
            this.nanos = nanos;
            this.done = done;
            serve();
        }

        private void serve() {
            sentAt = System.nanoTime();
            node.network().send("n1", new Ball.Ping(round));
        }

        @Override
        public void step(Event<Ball, Void> event, Network<Ball> network) {
            if (event instanceof Event.Received<Ball, Void>) {
                nanos[round++] = System.nanoTime() - sentAt;
                if (round == nanos.length) {
                    done.countDown();
                } else {
                    serve();
                }
            }
        }
    }

    /** Answers with a message of its own, not with a reply. */
    private static void back(Event<Ball, Void> event, Network<Ball> network) {
        if (event instanceof Event.Received<Ball, Void>(var message)) {
            network.send(message.src(), message.payload());
        }
    }

    /** Keeps many calls under way. */
    private static Service<Ball, Void> load(NodeContext<Ball, Void> node, AtomicLong answered) {
        for (int i = 0; i < OUTSTANDING; i++) {
            call(node, answered);
        }
        return (event, network) -> {};
    }

    private static void call(NodeContext<Ball, Void> node, AtomicLong answered) {
        node.network().rpc("n0", new Ball.Ping(1), PATIENCE).whenDone(outcome -> {
            if (outcome instanceof Outcome.Ok<Ball>) {
                answered.lazySet(answered.get() + 1);
            }
            call(node, answered);
        });
    }

    /** As {@link #load}, with messages in place of calls. */
    private static Service<Ball, Void> stream(NodeContext<Ball, Void> node, AtomicLong answered) {
        for (int i = 0; i < OUTSTANDING; i++) {
            node.network().send("n0", new Ball.Ping(i));
        }
        return (event, network) -> {
            answered.lazySet(answered.get() + 1);
            network.send("n0", new Ball.Ping(1));
        };
    }

    private static void pingPong(LocalSettings settings) throws InterruptedException {
        var nanos = new long[ROUNDS];
        var done = new CountDownLatch(1);
        try (var host = LocalHost.of(2, settings)) {
            host.<Ball, Void>start("n1", Ball.class, node -> LocalHostMeasure::back);
            host.<Ball, Void>start("n0", Ball.class, node -> new Player(node, nanos, done));
            if (!done.await(60, TimeUnit.SECONDS)) {
                System.out.println("  round trip: not done in a minute");
                return;
            }
        }
        var warm = Arrays.copyOfRange(nanos, ROUNDS / 2, ROUNDS);
        Arrays.sort(warm);
        System.out.printf(
                "  round trip: p50 %.1f us, p99 %.1f us%n",
                warm[warm.length / 2] / 1e3, warm[warm.length * 99 / 100] / 1e3);
    }

    /** Answers once both others have answered: four threads on what cores there are. */
    private static void lead(Event<Ball, Void> event, Network<Ball> network) {
        if (event instanceof Event.Received<Ball, Void>(var message)) {
            var others = network.neighbours().stream()
                    .map(other -> network.rpc(other, message.payload(), PATIENCE))
                    .toList();
            Promise.all(others).whenDone(outcome -> network.reply(message, new Ball.Pong(1)));
        }
    }

    private static void throughput(LocalSettings settings, int nodes, boolean withCalls) throws InterruptedException {
        var answered = new AtomicLong();
        var rates = new StringBuilder();
        long warmCount = 0;
        long warmNanos = 0;
        try (var host = LocalHost.of(nodes, settings)) {
            for (var id : host.nodeIds()) {
                boolean isLeader = nodes > 1 && id.equals("n0");
                host.<Ball, Void>start(id, Ball.class, node -> (event, network) -> {
                    if (isLeader) {
                        lead(event, network);
                    } else if (withCalls) {
                        echo(event, network);
                    } else {
                        back(event, network);
                    }
                });
            }
            host.<Ball, Void>start("c0", Ball.class, node -> withCalls ? load(node, answered) : stream(node, answered));
            for (int second = 0; second < 5; second++) {
                long before = answered.get();
                long from = System.nanoTime();
                TimeUnit.SECONDS.sleep(1);
                rates.append(String.format(" %.2f", (answered.get() - before) * 1e3 / (System.nanoTime() - from)));
                if (second == 1) { // warm
                    warmCount = answered.get();
                    warmNanos = processorNanos();
                }
            }
            warmNanos = processorNanos() - warmNanos;
            warmCount = answered.get() - warmCount;
            host.kill("c0");
        }
        System.out.printf(
                "  %d node(s), million %s a second, by second:%s; processor time each: %d ns%n",
                nodes, withCalls ? "calls" : "messages back and forth", rates, warmNanos / Math.max(1, warmCount));
    }

    /** Of the whole process: other processes make it last longer, but not take more of it. */
    private static long processorNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    public static void main(String... arguments) throws InterruptedException {
        var spin = Duration.ofNanos((long) (1000 * Double.parseDouble(arguments[0])));
        var settings = LocalSettings.defaults().spinning(spin);
        System.out.println("spinning for " + spin.toNanos() / 1000 + " us");
        pingPong(settings);
        throughput(settings, 1, false);
        throughput(settings, 1, true);
        throughput(settings, 3, true);
    }
}

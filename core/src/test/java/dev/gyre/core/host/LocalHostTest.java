package dev.gyre.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Event;
import dev.gyre.core.InvariantViolation;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Outcome;
import dev.gyre.core.Service;
import dev.gyre.core.host.EchoService.Msg;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Nodes and their messages. Lives, ends and files are in {@link LocalLifeTest}. */
class LocalHostTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(20);

    /** The same names on the wire as {@link Msg}, and other classes. */
    sealed interface Twin {
        record Echo(String echo) implements Twin {}

        record EchoOk(String echo) implements Twin {}
    }

    private static ErrorCode codeOfFailed(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed<?>) outcome).error().code();
    }

    private static ErrorCode codeOfUnknown(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
        return ((Outcome.Unknown<?>) outcome).error().code();
    }

    @Test
    void nodesAnswerAClientWithWhatTheyWereGiven() {
        try (var host = LocalHost.of(3)) {
            host.startAll(Msg.class, EchoService::new);
            var client = host.client(Msg.class);
            for (var id : host.nodeIds()) {
                var text = new String(id); // its like, not itself
                var outcome = client.call(id, new Msg.Echo(text), LONG).join();
                assertThat(outcome).isEqualTo(new Outcome.Ok<>(new Msg.EchoOk(id)));
                assertThat(((Msg.EchoOk) outcome.orThrow()).echo()).isSameAs(text);
            }
        }
    }

    @Test
    void payloadOfAnotherProtocolIsConvertedByItsName() {
        try (var host = LocalHost.of(1)) {
            host.startAll(Msg.class, EchoService::new);
            assertThat(host.client(Twin.class)
                            .call("n0", new Twin.Echo("hello"), LONG)
                            .join())
                    .isEqualTo(new Outcome.Ok<>(new Twin.EchoOk("hello")));
        }
    }

    @Test
    void callHasAnOutcomeWhateverIsWrong() {
        try (var host = LocalHost.of(2)) {
            host.start("n0", Msg.class, EchoService::new);
            var client = host.client(Msg.class);
            assertThat(codeOfFailed(client.call("n7", new Msg.Echo("a"), LONG).join()))
                    .isEqualTo(ErrorCode.NODE_NOT_FOUND);
            assertThat(codeOfUnknown(client.call("n1", new Msg.Echo("never started"), Duration.ofMillis(20))
                            .join()))
                    .isEqualTo(ErrorCode.TIMEOUT);
            assertThat(codeOfUnknown(
                            client.call("n0", new Msg.Fail("defect"), LONG).join()))
                    .isEqualTo(ErrorCode.CRASH);
            assertThat(host.defects()).isEqualTo(1);
            host.kill("n0");
            assertThat(codeOfUnknown(client.call("n0", new Msg.Echo("killed"), Duration.ofMillis(20))
                            .join()))
                    .isEqualTo(ErrorCode.TIMEOUT);
            assertThatThrownBy(() -> client.call("n0", new Msg.Echo("a"), Duration.ZERO))
                    .isInstanceOf(IllegalArgumentException.class);
            var waiting = client.call("n0", new Msg.Echo("until the client is closed"), LONG);
            client.close();
            assertThat(codeOfUnknown(waiting.join())).isEqualTo(ErrorCode.TIMEOUT);
            assertThat(codeOfFailed(client.call("n1", new Msg.Echo("a"), LONG).join()))
                    .isEqualTo(ErrorCode.ABORT);
        }
    }

    sealed interface Count {
        record Go(int upTo) implements Count {}

        record Next(int number) implements Count {}
    }

    @Test
    void messagesBetweenTwoNodesKeepTheirOrder() {
        int count = 300_000;
        var received = new int[count];
        var size = new AtomicInteger();
        try (var host = LocalHost.of(2, LocalSettings.defaults().inboxOf(1 << 19))) {
            host.<Count, Void>start("n1", Count.class, node -> (event, network) -> {
                if (event instanceof Event.Received<Count, Void>(var message)
                        && message.payload() instanceof Count.Next(int number)) {
                    received[size.get()] = number;
                    size.incrementAndGet();
                }
            });
            host.<Count, Void>start("n0", Count.class, node -> (event, network) -> {
                if (event instanceof Event.Received<Count, Void>(var message)
                        && message.payload() instanceof Count.Go(int upTo)) {
                    for (int i = 0; i < upTo; i++) {
                        network.send("n1", new Count.Next(i));
                    }
                }
            });
            host.client(Count.class).send("n0", new Count.Go(count));
            await().until(size::get, got -> got == count);
        }
        for (int i = 0; i < count; i++) {
            assertThat(received[i]).isEqualTo(i);
        }
    }

    /** Asks its neighbour, and counts the ticks of a timer meanwhile. */
    private record Asker(NodeContext<Msg, String> node, AtomicInteger ticks) implements Service<Msg, String> {
        @Override
        public void step(Event<Msg, String> event, Network<Msg> network) {
            switch (event) {
                case Event.Received<Msg, String>(var message) ->
                    network.rpc("n1", message.payload(), LONG)
                            .whenDone(outcome -> network.reply(message, outcome.orThrow()));
                case Event.Signal<Msg, String> tick -> ticks.incrementAndGet();
                case Event.EndOfInput<Msg, String> end -> {}
            }
        }
    }

    @Test
    void nodesCallEachOtherAndTheirTimersFire() {
        var ticks = new AtomicInteger();
        try (var host = LocalHost.of(2)) {
            host.<Msg, String>start("n0", Msg.class, node -> {
                node.timers().every(Duration.ofMillis(5), "tick");
                return new Asker(node, ticks);
            });
            host.start("n1", Msg.class, EchoService::new);
            assertThat(host.client(Msg.class)
                            .call("n0", new Msg.Echo("by way of n0"), LONG)
                            .join())
                    .isEqualTo(new Outcome.Ok<>(new Msg.EchoOk("by way of n0")));
            await().until(ticks::get, count -> count >= 10);
        }
    }

    /** Stands still at the first message until it is let go. */
    private record Blocked(CountDownLatch isIn, CountDownLatch mayGo) implements Service<Msg, Void> {
        @Override
        public void step(Event<Msg, Void> event, Network<Msg> network) {
            if (event instanceof Event.Received<Msg, Void>(var message)) {
                isIn.countDown();
                try {
                    mayGo.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                network.reply(message, message.payload());
            }
        }
    }

    @Test
    void fullInboxDropsCountsAndTellsClients() throws InterruptedException {
        var isIn = new CountDownLatch(1);
        var mayGo = new CountDownLatch(1);
        try (var host = LocalHost.of(2, LocalSettings.defaults().inboxOf(16))) {
            host.start("n0", Msg.class, () -> new Blocked(isIn, mayGo));
            host.<Msg, Void>start("n1", Msg.class, node -> (event, network) -> {
                if (event instanceof Event.Received<Msg, Void>) {
                    for (int i = 0; i < 30; i++) {
                        network.send("n0", new Msg.Echo("into the void"));
                    }
                }
            });
            var client = host.client(Msg.class);
            client.send("n0", new Msg.Echo("block"));
            isIn.await();
            var fitting = new ArrayList<CompletableFuture<Outcome<Msg>>>();
            for (int i = 0; i < 16; i++) {
                fitting.add(client.call("n0", new Msg.Echo("fits"), LONG));
            }
            assertThat(codeOfFailed(
                            client.call("n0", new Msg.Echo("too much"), LONG).join()))
                    .isEqualTo(ErrorCode.TEMPORARILY_UNAVAILABLE);
            assertThat(host.dropped("n0")).isEqualTo(1);
            client.send("n1", new Msg.Echo("flood"));
            await().until(() -> host.dropped("n0"), dropped -> dropped == 31);
            assertThat(host.dropped("n1")).isZero();
            mayGo.countDown();
            for (var call : fitting) {
                assertThat(call.join()).isEqualTo(new Outcome.Ok<>(new Msg.Echo("fits")));
            }
        }
    }

    @Test
    void nodeThatBreaksAnInvariantEndsAloneAndIsReported() throws InterruptedException {
        var told = new ConcurrentLinkedQueue<NodeFailure>();
        try (var host = LocalHost.of(2)) {
            host.onFailure(told::add);
            host.<Msg, Void>startAll(Msg.class, node -> (event, network) -> {
                if (event instanceof Event.Received<Msg, Void>(var message)) {
                    if (message.payload() instanceof Msg.Fail(String how)) {
                        throw new InvariantViolation(how);
                    }
                    network.reply(message, message.payload());
                }
            });
            var client = host.client(Msg.class);
            client.send("n0", new Msg.Fail("two leaders"));
            var failure = host.awaitFailure(LONG).orElseThrow();
            assertThat(failure.nodeId()).isEqualTo("n0");
            assertThat(failure.cause()).isInstanceOf(InvariantViolation.class).hasMessage("two leaders");
            assertThat(host.failures()).containsExactly(failure);
            await().until(() -> told.contains(failure));
            assertThat(host.isRunning("n0")).isFalse();
            assertThat(client.call("n1", new Msg.Echo("well"), LONG).join())
                    .isEqualTo(new Outcome.Ok<>(new Msg.Echo("well")));
            assertThat(host.awaitFailure(Duration.ofMillis(1))).isEmpty();
            host.start("n0", Msg.class, EchoService::new);
            assertThat(client.call("n0", new Msg.Echo("anew"), LONG).join())
                    .isEqualTo(new Outcome.Ok<>(new Msg.EchoOk("anew")));
        }
    }

    /** Notes messages, and by a timer without delay the end of each turn. */
    private record Turns(NodeContext<Msg, String> node, List<Integer> sizes, AtomicInteger open)
            implements Service<Msg, String> {
        @Override
        public void step(Event<Msg, String> event, Network<Msg> network) {
            switch (event) {
                case Event.Received<Msg, String> message -> {
                    if (open.getAndIncrement() == 0) {
                        node.timers().after(Duration.ZERO, "the turn is over");
                    }
                }
                case Event.Signal<Msg, String> end -> sizes.add(open.getAndSet(0));
                case Event.EndOfInput<Msg, String> end -> {}
            }
        }
    }

    @Test
    void timerWithoutDelayComesAfterTheBatchAtHand() {
        var sizes = new ArrayList<Integer>();
        try (var host = LocalHost.of(2)) {
            host.<Msg, String>start("n1", Msg.class, node -> new Turns(node, sizes, new AtomicInteger()));
            host.<Msg, Void>start("n0", Msg.class, node -> {
                for (int i = 0; i < 10_000; i++) {
                    node.network().send("n1", new Msg.Echo("in one go"));
                }
                return (event, network) -> {};
            });
            host.stop("n1");
        }
        // They wake the node together, unless it was awake or is woken for their slowness: then turns are smaller.
        assertThat(sizes.stream().mapToInt(size -> size).sum()).isEqualTo(10_000);
        assertThat(sizes).allMatch(size -> size <= 4096);
        assertThat(sizes.size()).isBetween(3, 5000);
    }

    @Test
    void callsOfManyThreadsEachHaveOneOutcome() throws InterruptedException {
        int threads = 4;
        int calls = 20_000;
        var right = new AtomicInteger();
        var completions = new AtomicInteger();
        try (var host = LocalHost.of(3)) {
            host.startAll(Msg.class, EchoService::new);
            var client = host.client(Msg.class);
            var callers = new ArrayList<Thread>();
            for (int t = 0; t < threads; t++) {
                int caller = t;
                callers.add(Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < calls; i++) {
                        var text = caller + "/" + i;
                        var call = client.call("n" + i % 3, new Msg.Echo(text), LONG);
                        var unused = call.thenAccept(outcome -> {
                            completions.incrementAndGet();
                            if (outcome.equals(new Outcome.Ok<>(new Msg.EchoOk(text)))) {
                                right.incrementAndGet();
                            }
                        });
                        if (i % 1000 == 0) {
                            call.join();
                        }
                    }
                }));
            }
            for (var caller : callers) {
                caller.join();
            }
            await().until(completions::get, count -> count == threads * calls);
            assertThat(right).hasValue(threads * calls);
        }
    }

    @Test
    void callsOneAfterTheOtherWakeWhoSleepsEachTime() {
        try (var host = LocalHost.of(2)) {
            host.<Msg, String>start("n0", Msg.class, node -> new Asker(node, new AtomicInteger()));
            host.start("n1", Msg.class, EchoService::new);
            var client = host.client(Msg.class);
            for (int i = 0; i < 10_000; i++) { // each finds all threads asleep, and no other message wakes them later
                assertThat(client.call("n0", new Msg.Echo("a"), Duration.ofSeconds(5))
                                .join())
                        .isEqualTo(new Outcome.Ok<>(new Msg.EchoOk("a")));
            }
        }
    }

    @Test
    void secondReplyIsDropped() throws ExecutionException, InterruptedException {
        try (var host = LocalHost.of(1)) {
            host.<Msg, Void>startAll(Msg.class, node -> (event, network) -> {
                if (event instanceof Event.Received<Msg, Void>(var message)) {
                    network.reply(message, new Msg.EchoOk("first"));
                    network.reply(message, new Msg.EchoOk("second"));
                }
            });
            var client = host.client(Msg.class);
            for (int i = 0; i < 3; i++) {
                assertThat(client.call("n0", new Msg.Echo("a"), LONG).get())
                        .isEqualTo(new Outcome.Ok<>(new Msg.EchoOk("first")));
            }
        }
    }

    @Test
    void idleNodesUseNoProcessor() throws InterruptedException {
        try (var host = LocalHost.of(3)) {
            host.startAll(Msg.class, EchoService::new);
            host.client(Msg.class).call("n0", new Msg.Echo("a"), LONG).join();
            long before = processorNanos();
            assertThat(new CountDownLatch(1).await(SECOND.toMillis(), TimeUnit.MILLISECONDS))
                    .isFalse();
            assertThat(processorNanos() - before).isLessThan(SECOND.toNanos() / 100);
        }
    }

    private static long processorNanos() {
        var beans = ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(LocalNode.THREAD_PREFIX))
                .mapToLong(thread -> beans.getThreadCpuTime(thread.threadId()))
                .sum();
    }
}

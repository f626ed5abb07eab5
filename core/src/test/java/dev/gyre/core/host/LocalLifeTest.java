package dev.gyre.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gyre.core.Event;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Outcome;
import dev.gyre.core.Service;
import dev.gyre.core.StorageFile;
import dev.gyre.core.host.EchoService.Msg;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How nodes of a {@link LocalHost} begin and end, and what is left of them. */
class LocalLifeTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    /** Appends each text to a file and answers, once it is synced, with all that is in it. */
    private static final class Journal implements Service<Msg, Void> {
        private final StorageFile file;

        Journal(NodeContext<Msg, Void> node) {
            file = node.storage().open("journal");
        }

        @Override
        public void step(Event<Msg, Void> event, Network<Msg> network) {
            if (event instanceof Event.Received<Msg, Void>(var message)
                    && message.payload() instanceof Msg.Echo(String text)) {
                file.append(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
                file.sync().whenDone(outcome -> {
                    var unused = outcome.orThrow();
                    network.reply(message, new Msg.EchoOk(content()));
                });
            }
        }

        private String content() {
            var bytes = ByteBuffer.allocate((int) file.size());
            file.read(0, bytes);
            return new String(bytes.array(), StandardCharsets.UTF_8);
        }
    }

    private static String append(LocalClient<Msg> client, String text) {
        return ((Msg.EchoOk) client.call("n0", new Msg.Echo(text), LONG).join().orThrow()).echo();
    }

    @ParameterizedTest
    @EnumSource(Syncs.class)
    void folderIsFreeAfterAKillAndHasWhatWasSynced(Syncs syncs) {
        var settings = LocalSettings.defaults().dataIn(folder).syncing(syncs);
        try (var host = LocalHost.of(1, settings)) {
            host.startAll(Msg.class, Journal::new);
            var client = host.client(Msg.class);
            assertThat(append(client, "a")).isEqualTo("a");
            for (var text : List.of("b", "c", "d")) {
                host.kill("n0");
                try (var free = new DirectoryStorage(folder.resolve("n0"), Runnable::run, Runnable::run)) {
                    assertThat(free.list()).containsExactly("journal");
                }
                host.startAll(Msg.class, Journal::new);
                append(client, text);
            }
            host.stop("n0");
            host.startAll(Msg.class, Journal::new);
            assertThat(append(client, "e")).isEqualTo("abcde");
        }
        try (var host = LocalHost.of(1, settings)) {
            host.startAll(Msg.class, Journal::new);
            assertThat(append(host.client(Msg.class), "f")).isEqualTo("abcdef");
        }
    }

    @Test
    void filesInMemoryOutliveTheirNodeWhenAsked() {
        try (var host = LocalHost.of(1, LocalSettings.defaults().keepingMemory())) {
            host.startAll(Msg.class, Journal::new);
            var client = host.client(Msg.class);
            append(client, "a");
            host.kill("n0");
            host.startAll(Msg.class, Journal::new);
            assertThat(append(client, "b")).isEqualTo("ab");
        }
        try (var host = LocalHost.of(1)) {
            host.startAll(Msg.class, Journal::new);
            var client = host.client(Msg.class);
            append(client, "a");
            host.kill("n0");
            host.startAll(Msg.class, Journal::new);
            assertThat(append(client, "b")).isEqualTo("b");
        }
    }

    /** Says when it is in a step, and goes on when it may. */
    private record Slow(CountDownLatch isIn, CountDownLatch mayGo, ConcurrentLinkedQueue<String> seen)
            implements Service<Msg, Void> {
        @Override
        public void step(Event<Msg, Void> event, Network<Msg> network) {
            switch (event) {
                case Event.Received<Msg, Void>(var message) -> {
                    isIn.countDown();
                    try {
                        mayGo.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    network.reply(message, message.payload());
                    seen.add("message");
                }
                case Event.EndOfInput<Msg, Void> end -> seen.add("end");
                case Event.Signal<Msg, Void> signal -> {}
            }
        }
    }

    @Test
    void killedNodeEndsAfterTheStepAtHandAndSendsNothingMore() throws InterruptedException {
        var slow = new Slow(new CountDownLatch(1), new CountDownLatch(1), new ConcurrentLinkedQueue<>());
        try (var host = LocalHost.of(1)) {
            host.startAll(Msg.class, () -> slow);
            var client = host.client(Msg.class);
            var first = client.call("n0", new Msg.Echo("a"), Duration.ofSeconds(1));
            slow.isIn.await();
            var second = client.call("n0", new Msg.Echo("b"), Duration.ofSeconds(1));
            var killer = Thread.ofPlatform().start(() -> host.kill("n0"));
            await().until(killer::getState, state -> state == Thread.State.TIMED_WAITING);
            slow.mayGo.countDown();
            killer.join();
            assertThat(first.join()).isInstanceOf(Outcome.Unknown.class);
            assertThat(second.join()).isInstanceOf(Outcome.Unknown.class);
            assertThat(slow.seen).containsExactly("message");
            assertThat(host.failures()).isEmpty();
        }
    }

    @Test
    void stoppedNodeTakesWhatItHasGotAndThenTheEnd() throws InterruptedException {
        var slow = new Slow(new CountDownLatch(1), new CountDownLatch(1), new ConcurrentLinkedQueue<>());
        try (var host = LocalHost.of(2)) {
            host.start("n0", Msg.class, () -> slow);
            host.<Msg, Void>start("n1", Msg.class, node -> {
                node.network().send("n0", new Msg.Echo("a"));
                node.network().send("n0", new Msg.Echo("b"));
                return (event, network) -> {};
            });
            slow.isIn.await();
            host.stop("n1");
            var stopped = CompletableFuture.runAsync(() -> host.stop("n0"));
            slow.mayGo.countDown();
            stopped.join();
            assertThat(slow.seen).containsExactly("message", "message", "end");
            assertThat(host.isRunning("n0")).isFalse();
        }
    }

    @Test
    void requestsOfTwoLivesHaveDifferentNumbers() {
        var numbers = new ConcurrentLinkedQueue<Long>();
        try (var host = LocalHost.of(2)) {
            host.<Msg, Void>start("n1", Msg.class, node -> (event, network) -> {
                if (event instanceof Event.Received<Msg, Void>(var message)) {
                    numbers.add(message.body().msgId().orElseThrow());
                }
            });
            for (int life = 0; life < 3; life++) {
                host.<Msg, Void>start("n0", Msg.class, node -> {
                    for (int i = 0; i < 10; i++) {
                        node.network().rpc("n1", new Msg.Echo("a"), LONG);
                    }
                    return (event, network) -> {};
                });
                host.kill("n0");
            }
            host.stop("n1");
        }
        assertThat(numbers).hasSize(30).doesNotHaveDuplicates();
    }

    @Test
    void whatCannotStartSaysWhy() {
        try (var host = LocalHost.of(1)) {
            assertThatThrownBy(() -> host.startAll(Msg.class, () -> {
                        throw new IllegalStateException("no disk");
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("n0 could not start")
                    .hasMessageContaining("no disk");
            assertThat(host.failures()).hasSize(1);
            host.startAll(Msg.class, EchoService::new);
            assertThatThrownBy(() -> host.startAll(Msg.class, EchoService::new))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("n0 runs already: stop or kill it first");
            assertThatThrownBy(() -> host.start("m1", Msg.class, EchoService::new))
                    .isInstanceOf(IllegalArgumentException.class);
            host.start("c1", Msg.class, EchoService::new);
        }
    }

    @Test
    void nodeMayEndItselfAndBeStartedByWhoeverSeesItsFailure() {
        try (var host = LocalHost.of(1)) {
            var isBack = new CompletableFuture<String>();
            host.onFailure(failure -> {
                host.start(failure.nodeId(), Msg.class, EchoService::new);
                isBack.complete(failure.nodeId());
            });
            host.startAll(Msg.class, () -> (event, network) -> {
                throw new Misfortune();
            });
            var client = host.client(Msg.class);
            client.send("n0", new Msg.Echo("a"));
            assertThat(isBack.join()).isEqualTo("n0");
            assertThat(client.call("n0", new Msg.Echo("b"), LONG).join())
                    .isEqualTo(new Outcome.Ok<>(new Msg.EchoOk("b")));
        }
    }

    private static final class Misfortune extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void closedHostLeavesNoThreads() {
        for (var syncs : Syncs.values()) {
            try (var host =
                    LocalHost.of(3, LocalSettings.defaults().dataIn(folder).syncing(syncs))) {
                host.startAll(Msg.class, Journal::new);
                append(host.client(Msg.class), "a");
                host.kill("n1");
            }
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith(LocalNode.THREAD_PREFIX));
        }
    }
}

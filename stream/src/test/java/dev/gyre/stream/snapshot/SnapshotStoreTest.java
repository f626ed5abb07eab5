package dev.gyre.stream.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.RpcError;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What all stores promise. */
class SnapshotStoreTest {
    @TempDir
    Path folder;

    /** A worker's thread, which is the test's: runs what completes promises when it is asked to wait for one. */
    static class Loop implements Executor {
        private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();

        @Override
        public void execute(Runnable action) {
            queue.add(action);
        }

        <T> Outcome<T> await(Promise<T> promise) {
            try {
                while (!promise.isDone()) {
                    var next = queue.poll(20, TimeUnit.SECONDS);
                    assertThat(next).as("a completion within 20 s").isNotNull();
                    next.run();
                }
                return promise.outcome();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    static RpcError error(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Ok<?> ok -> throw new AssertionError("no error: " + ok);
            case Outcome.Failed<?>(var error) -> error;
            case Outcome.Unknown<?>(var error) -> error;
        };
    }

    static List<ByteBuffer> content(byte[] bytes, int... cuts) {
        var slices = new ArrayList<ByteBuffer>();
        int from = 0;
        for (int cut : cuts) {
            slices.add(ByteBuffer.wrap(bytes, from, cut - from));
            from = cut;
        }
        slices.add(ByteBuffer.wrap(bytes, from, bytes.length - from));
        return slices;
    }

    static byte[] random(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** Runs a behaviour on each kind of store. */
    private void onEach(BiConsumer<SnapshotStore, Loop> behaviour) {
        var loop = new Loop();
        behaviour.accept(new MemorySnapshots().store(loop), loop);
        try (var directory = new DirectorySnapshots(folder)) {
            behaviour.accept(directory.store(loop), loop);
        }
        for (int nodes : new int[] {1, 3, 4}) {
            var simulated = new SimulatedLoop(nodes, ReplicatedSnapshotsTest.SMALL);
            behaviour.accept(simulated.store("n" + (nodes - 1)), simulated);
        }
    }

    @Test
    void objectsComeBackWholeAndInParts() {
        onEach((store, loop) -> {
            for (int length : new int[] {0, 1, 1000, BlockSums.BLOCK, BlockSums.BLOCK + 1, 5 * BlockSums.BLOCK - 1}) {
                var bytes = random(length);
                var name = "object-" + length;
                assertThat(loop.await(store.put(name, content(bytes, length / 3, length / 2))))
                        .isEqualTo(new Outcome.Ok<>(new SnapshotStore.Stored(name, length)));
                assertThat(loop.await(store.get(name)).orThrow()).isEqualTo(bytes);
                for (int from = 0; from <= length; from += Math.max(1, length / 7)) {
                    int to = Math.min(length, from + length / 3);
                    assertThat(loop.await(store.read(name, from, to - from)).orThrow())
                            .isEqualTo(Arrays.copyOfRange(bytes, from, to));
                }
                assertThat(error(loop.await(store.read(name, length, 1))).code())
                        .isEqualTo(ErrorCode.PRECONDITION_FAILED);
            }
        });
    }

    @Test
    void nameIsUsedOnce() {
        onEach((store, loop) -> {
            loop.await(store.put("a", content(random(10)))).orThrow();
            var second = error(loop.await(store.put("a", content(random(11)))));
            assertThat(second.code()).isEqualTo(ErrorCode.KEY_ALREADY_EXISTS);
            assertThat(loop.await(store.get("a")).orThrow()).isEqualTo(random(10));
            assertThatThrownBy(() -> store.put(".hidden", List.of())).isInstanceOf(IllegalArgumentException.class);
        });
    }

    @Test
    void objectsAreListedInOrderAndDeletedOnceOrTwice() {
        onEach((store, loop) -> {
            for (var name : List.of("b", "c", "a")) {
                loop.await(store.put(name, content(random(9)))).orThrow();
            }
            assertThat(loop.await(store.list()).orThrow()).containsExactly("a", "b", "c");
            assertThat(loop.await(store.delete("b")).orThrow()).isEqualTo(new SnapshotStore.Deleted("b", true));
            assertThat(loop.await(store.delete("b")).orThrow()).isEqualTo(new SnapshotStore.Deleted("b", false));
            assertThat(loop.await(store.list()).orThrow()).containsExactly("a", "c");
            assertThat(error(loop.await(store.get("b"))).code()).isEqualTo(ErrorCode.KEY_DOES_NOT_EXIST);
        });
    }

    @Test
    void partWithNegativeBoundsIsRefusedAtOnce() {
        onEach((store, loop) -> {
            assertThatThrownBy(() -> store.read("a", -1, 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.read("a", 0, -1)).isInstanceOf(IllegalArgumentException.class);
        });
    }

    @Test
    void nothingIsCompletedButOnTheWorkersThread() {
        onEach((store, loop) -> {
            var promise = store.put("a", content(random(9)));
            assertThat(promise.isDone()).isFalse();
            loop.await(promise).orThrow();
        });
    }

    @Test
    void boundOfTheMemoryIsSaidWithWhatToDo() {
        var memory = new MemorySnapshots(100);
        var loop = new Loop();
        var store = memory.store(loop);
        loop.await(store.put("a", content(random(60)))).orThrow();
        var error = error(loop.await(store.put("b", content(random(41)))));
        assertThat(error.code()).isEqualTo(ErrorCode.TEMPORARILY_UNAVAILABLE);
        assertThat(error.text())
                .isEqualTo("snapshots in memory have 60 bytes, and with the 41 of b more than the bound of 100:"
                        + " raise it, retire snapshots sooner, or keep them in a directory");
        loop.await(store.delete("a")).orThrow();
        loop.await(store.put("b", content(random(41)))).orThrow();
        assertThat(memory.size()).isEqualTo(41);
    }

    @Test
    void damageInMemoryIsFoundAndItsBlockNamed() {
        var memory = new MemorySnapshots();
        var loop = new Loop();
        var store = memory.store(loop);
        loop.await(store.put("a", content(random(3 * BlockSums.BLOCK)))).orThrow();
        memory.damage("a", (BlockSums.BLOCK + 5L) * 8);
        var error = error(loop.await(store.get("a")));
        assertThat(error.code()).isEqualTo(SnapshotStore.DAMAGED);
        assertThat(error.text()).isEqualTo("a is damaged at offset 16384: a block has another checksum");
        assertThat(loop.await(store.read("a", 0, 100)).orThrow()).hasSize(100);
    }

    @Test
    void workersPutAtTheSameTime() throws InterruptedException {
        try (var directory = new DirectorySnapshots(folder);
                var other = new DirectorySnapshots(folder)) {
            var threads = new ArrayDeque<Thread>();
            var won = new LinkedBlockingQueue<Integer>();
            for (int worker = 0; worker < 8; worker++) {
                int self = worker;
                var store = new Loop();
                var objects = (worker % 2 == 0 ? directory : other).store(store);
                threads.add(Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < 10; i++) {
                        store.await(objects.put("own-" + self + "-" + i, content(random(1000 + self))))
                                .orThrow();
                    }
                    if (store.await(objects.put("shared", content(new byte[] {(byte) self})))
                            instanceof Outcome.Ok<?>) {
                        won.add(self);
                    }
                }));
            }
            for (var thread : threads) {
                thread.join();
            }
            var loop = new Loop();
            var store = directory.store(loop);
            assertThat(loop.await(store.list()).orThrow()).hasSize(81);
            assertThat(won).hasSize(1);
            assertThat(loop.await(store.get("shared")).orThrow())
                    .containsExactly(won.remove().byteValue());
        }
    }
}

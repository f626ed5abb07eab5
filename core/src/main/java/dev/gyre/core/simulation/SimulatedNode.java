package dev.gyre.core.simulation;

import dev.gyre.core.ServiceFactory;
import dev.gyre.core.Storage;
import dev.gyre.core.StorageException;
import dev.gyre.core.codec.PayloadTypes;
import dev.gyre.core.loop.HostPort;
import dev.gyre.core.loop.NodeLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A node on a timeline: the loop that every host runs, with a clock that may be wrong, and a life that may end and begin
 * again. For one thread.
 *
 * @param <M> the payloads of its service
 * @param <S> its local signals
 */
public final class SimulatedNode<M, S> implements SimulatedNetwork.Endpoint {
    /** Who it is, and what it knows from its start. */
    public record Identity(String id, List<String> nodeIds, List<String> arguments) {}

    /** Is told what a node does beside sending messages. */
    @FunctionalInterface
    public interface Watcher {
        /** A step or a callback of the node has thrown an exception that is no answer. */
        void failed(String node, Throwable failure);

        /** The node has ended because its disk failed it. */
        default void stopped(String node, StorageException failure) {}

        /** Something has happened on the node's disk, in a few words. */
        default void disk(String node, String what) {}
    }

    /** The numbers of a life's requests begin this far from those of the life before. */
    private static final long MESSAGES_A_LIFE = 1L << 32;

    private final Identity identity;
    private final PayloadTypes<M> types;
    private final ServiceFactory<M, S> factory;
    private final Timeline timeline;
    private final Consumer<Letter> outlet;
    private final RandomStreams streams;
    private final Watcher watcher;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private final SimulatedDisk disk;
    private SkewedClock clock;
    private @Nullable Life life;
    private boolean isPaused;
    private int lives;

    private SimulatedNode(Builder<M, S> parts, Timeline timeline, Consumer<Letter> outlet) {
        this.identity = parts.identity;
        this.types = PayloadTypes.of(parts.payloads);
        this.factory = parts.factory;
        this.streams = parts.streams;
        this.watcher = parts.watcher;
        this.timeline = timeline;
        this.outlet = outlet;
        this.clock = new SkewedClock(timeline);
        this.disk = new SimulatedDisk(
                identity.id, timeline, streams.fork("disk " + identity.id), what -> watcher.disk(identity.id, what));
    }

    /** What a node is made of, apart from the world that it lives in. */
    public record Builder<M, S>(
            Identity identity,
            Class<M> payloads,
            ServiceFactory<M, S> factory,
            RandomStreams streams,
            Watcher watcher) {
        /**
         * The node, which does not run yet.
         *
         * @param outlet takes what the node sends
         */
        public SimulatedNode<M, S> on(Timeline timeline, Consumer<Letter> outlet) {
            return new SimulatedNode<>(this, timeline, outlet);
        }
    }

    /** Starts the node, if it does not run: with a new service and an empty memory. */
    public void start() {
        if (life == null) {
            var born = new Life(streams.fork("node " + identity.id + " life " + lives), lives);
            lives++;
            life = born;
            born.advance(() -> born.loop.start(types, factory));
        }
    }

    /** Ends the node without a word. */
    public void crash() {
        if (life != null) {
            life.end();
            life = null;
            disk.crash();
        }
        isPaused = false;
        waiting.clear();
    }

    /** Makes the node stand still. */
    public void pause() {
        isPaused = life != null;
        if (life != null) {
            life.wake.cancel();
        }
    }

    /** Lets the node go on: first with what has waited for it. */
    public void resume() {
        isPaused = false;
        while (!waiting.isEmpty() && !isPaused) {
            waiting.remove().run();
        }
        if (life != null) {
            life.advance(life.loop::runDueTimers);
        }
    }

    /** Makes syncs of the node's disk take longer by a factor; 1 is right. */
    public void slowDisk(double factor) {
        disk.slow(factor);
    }

    /** Says whether nothing more fits on the node's disk. */
    public void fillDisk(boolean isFull) {
        disk.fill(isFull);
    }

    /** Says whether syncs of the node's disk fail. */
    public void failSyncs(boolean isFailing) {
        disk.fail(isFailing);
    }

    /** Flips a bit on the node's disk: a part, from 0 to 1, of all durable bytes lies before it. */
    public void corruptDisk(double where) {
        disk.corrupt(where);
    }

    /** Makes the node's clock jump forward, and run at another rate from now on. */
    public void skew(Duration jump, double rate) {
        clock = clock.changed(jump, rate);
        if (life != null && !isPaused) {
            life.advance(life.loop::runDueTimers);
        }
    }

    /** Whether the node runs, paused or not. */
    public boolean isUp() {
        return life != null;
    }

    @Override
    public void receive(Letter letter) {
        var current = life;
        if (current == null) {
            return;
        }
        if (isPaused) {
            waiting.add(() -> receive(letter));
        } else {
            current.advance(() -> current.loop.receive(new LetterMessage(letter, identity.id)));
        }
    }

    @Override
    public Optional<String> refusal(Letter letter) {
        return refusal();
    }

    /** Why the node cannot take anything now; nothing when it can. */
    public Optional<String> refusal() {
        return life == null ? Optional.of(identity.id + " is down") : Optional.empty();
    }

    /** From a start to a crash. What is scheduled for one life never reaches the next. */
    private final class Life implements HostPort, SimulatedDisk.Life {
        private final RandomGenerator random;
        private final long firstMessageId;
        private final NodeLoop loop;
        private Timeline.Handle wake = timeline.at(0, () -> {});
        private final Storage storage = disk.mount(this);
        private boolean isOver;

        Life(RandomGenerator random, int number) {
            this.random = random;
            this.firstMessageId = 1 + number * MESSAGES_A_LIFE;
            this.loop = new NodeLoop(this, identity.id, identity.nodeIds, identity.arguments);
            wake.cancel();
        }

        /** Does something with the loop, and sees to it that the loop's next timer is not missed. */
        void advance(Runnable step) {
            try {
                step.run();
            } catch (StorageException e) {
                crash();
                watcher.stopped(identity.id, e);
            }
            if (!isOver) {
                wake.cancel();
                long deadline = loop.nextDeadlineNanos();
                if (deadline != Long.MAX_VALUE) {
                    wake = timeline.at(clock.whenItShows(deadline), () -> advance(loop::runDueTimers));
                }
            }
        }

        void end() {
            isOver = true;
            wake.cancel();
        }

        @Override
        public void run(Runnable action) {
            if (isPaused) {
                waiting.add(() -> advance(() -> loop.perform(action)));
            } else {
                advance(() -> loop.perform(action));
            }
        }

        @Override
        public Storage storage() {
            return storage;
        }

        @Override
        public long nowNanos() {
            return clock.nowNanos();
        }

        @Override
        public long firstMessageId() {
            return firstMessageId;
        }

        @Override
        public RandomGenerator random() {
            return random;
        }

        @Override
        public <P> void send(String dest, OptionalLong msgId, OptionalLong inReplyTo, P payload, PayloadTypes<P> sent) {
            outlet.accept(new Letter(identity.id, dest, sent.of(payload).name(), msgId, inReplyTo, payload));
        }

        @Override
        public void failed(Throwable failure) {
            watcher.failed(identity.id, failure);
        }
    }
}

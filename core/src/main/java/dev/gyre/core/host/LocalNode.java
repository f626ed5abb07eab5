package dev.gyre.core.host;

import dev.gyre.core.ServiceFactory;
import dev.gyre.core.codec.PayloadTypes;
import dev.gyre.core.loop.NodeLoop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * One life of a node on a {@link LocalHost}: a thread and its loop. A turn of the loop is a batch of messages, then the ends of
 * syncs, then the timers that are due, and then everybody is woken who sleeps and was sent something. So a timer without delay
 * that a step sets fires when the batch is over: a service that batches its work sets one at the first message of a turn.
 *
 * <p>The methods are for other threads, the rest is the node's.
 */
final class LocalNode<M, S> {
    /** What the names of all threads of a host begin with. */
    static final String THREAD_PREFIX = "gyre-local-";

    /** Messages a turn: as many as clients have under way, so that a service that batches its work by turns writes them with one sync. */
    private static final int BATCH_MESSAGES = 1 << 12;

    /** A turn of slow steps is over after this long: timers, heartbeats among them, must not wait for much more. */
    private static final long BATCH_NANOS = 1_000_000;

    /** The clock is read this seldom, since most steps take less time than that. */
    private static final int MESSAGES_A_LOOK = 1 << 6;

    /**
     * Who a node is.
     *
     * @param isClient whether what cannot be delivered comes back to it as an error
     */
    record Identity(String id, List<String> nodeIds, List<String> arguments, boolean isClient) {}

    /** What a node is in. */
    record World(LocalSettings settings, LocalSwitch network, Watcher watcher) {}

    /** Is told what becomes of nodes, on their threads. */
    interface Watcher {
        /** A step has thrown an exception that is no answer; the node goes on. */
        void defect();

        /** The node has ended, for whatever reason, and its disk is closed. */
        void ended(LocalNode<?, ?> node);

        /** This is why: nobody wanted it to. Told after {@link #ended}. */
        void failed(LocalNode<?, ?> node, Throwable cause);
    }

    private final Identity identity;
    private final World world;
    private final PayloadTypes<M> types;
    private final ServiceFactory<M, S> factory;
    private final LocalInbox inbox;
    private final Sleepers sleepers = new Sleepers();
    private final LocalDisk disk;
    private final LocalPort port;
    private final NodeLoop loop;
    private final Vigil vigil;
    private final Thread thread;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    /** Something has come since the node slept last: more is likely to. */
    private boolean hasHeard;

    private volatile boolean isKilled;
    private volatile boolean isStopping;

    LocalNode(Identity identity, World world, PayloadTypes<M> types, ServiceFactory<M, S> factory) {
        this.identity = identity;
        this.world = world;
        this.types = types;
        this.factory = factory;
        this.inbox = new LocalInbox(world.settings.inboxMessages());
        var kept = world.network.place(identity.id).memory;
        this.disk = new LocalDisk(identity.id, world.settings, kept, sleepers::wakeAll, this::perform);
        this.port = new LocalPort(identity, world, disk, sleepers, () -> isKilled);
        this.loop = new NodeLoop(port, identity.id, identity.nodeIds, identity.arguments);
        this.vigil = new Vigil(world.settings.spin().toNanos());
        this.thread = new Thread(this::run, THREAD_PREFIX + identity.id);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((dying, cause) -> fail(cause));
        inbox.useOwner(thread);
    }

    String id() {
        return identity.id;
    }

    /** Begins the node's life. */
    void begin() {
        world.network.connect(identity.id, inbox);
        thread.start();
    }

    /**
     * Waits until the service has been made.
     *
     * @throws CompletionException with what the factory has thrown
     */
    void awaitReady() {
        ready.join();
    }

    /** Runs something on the node's thread, as an event of its own; not when the node has ended. */
    void perform(Runnable action) {
        inbox.add(() -> loop.perform(action));
    }

    /** Lets the node take what it has got, and end. */
    void stop() {
        world.network.disconnect(identity.id, inbox);
        isStopping = true;
        inbox.wake();
    }

    /** Lets the node end after the step at hand, without a word. */
    void kill() {
        isKilled = true;
        world.network.disconnect(identity.id, inbox);
        inbox.wake();
    }

    boolean isOwnThread() {
        return Thread.currentThread().equals(thread);
    }

    /** Waits until the node's thread has ended; says whether it has in this time. */
    boolean awaitEnd(long millis) throws InterruptedException {
        thread.join(millis);
        return !thread.isAlive();
    }

    /** Whether the node was begun and its thread is no more. */
    boolean hasEnded() {
        return thread.getState() == Thread.State.TERMINATED;
    }

    /** What the node's thread does at the moment. */
    StackTraceElement[] stack() {
        return thread.getStackTrace();
    }

    private void run() {
        try (disk) {
            loop.start(types, factory);
            ready.complete(null);
            sleepers.wakeAll();
            live();
            if (!isKilled) {
                loop.endOfInput();
            }
        } finally {
            sleepers.wakeAll();
            world.network.disconnect(identity.id, inbox);
            world.watcher.ended(this);
        }
    }

    private void fail(Throwable cause) {
        world.watcher.failed(this, cause);
        ready.completeExceptionally(cause);
    }

    private void live() {
        while (!isKilled) {
            int taken = takeMessages() + takeUrgent();
            loop.runDueTimers();
            sleepers.wakeAll();
            if (taken == 0 && inbox.isEmpty()) {
                if (isStopping && !disk.isBusy()) {
                    return;
                }
                idle();
            } else {
                hasHeard = true;
            }
        }
    }

    private int takeMessages() {
        int taken = 0;
        long end = port.nowNanos() + BATCH_NANOS;
        while (taken < BATCH_MESSAGES && !isKilled && (taken % MESSAGES_A_LOOK != 0 || port.nowNanos() - end < 0)) {
            var message = inbox.poll();
            if (message == null) {
                break;
            }
            loop.receive(message);
            sleepers.wakeLate();
            taken++;
        }
        return taken;
    }

    private int takeUrgent() {
        int taken = 0;
        while (taken < BATCH_MESSAGES && !isKilled) {
            var action = inbox.pollUrgent();
            if (action == null) {
                break;
            }
            action.run();
            sleepers.wakeLate();
            taken++;
        }
        for (var refusal = port.pollRefusal(); refusal != null; refusal = port.pollRefusal()) {
            loop.receive(refusal);
        }
        return taken;
    }

    /** Waits for something to do: awake for a short while if something came before, and then asleep. */
    @SuppressWarnings("ThreadPriorityCheck") // a hint to the scheduler: nothing here is right only because it is heeded
    private void idle() {
        long deadline = loop.nextDeadlineNanos();
        long now = port.nowNanos();
        long end = hasHeard ? vigil.endNanos(now) : now;
        boolean isAwake = true;
        while (isAwake && now - end < 0) {
            if (!inbox.isEmpty() || mustNotSleep() || now >= deadline) {
                return;
            }
            long before = now;
            Thread.yield();
            now = port.nowNanos();
            isAwake = vigil.goesOn(before, now);
        }
        long patience = deadline == Long.MAX_VALUE ? deadline : deadline - now;
        if (patience > 0) {
            hasHeard = false;
            inbox.park(patience, this::mustNotSleep);
        }
    }

    private boolean mustNotSleep() {
        return isKilled || (isStopping && !disk.isBusy());
    }
}

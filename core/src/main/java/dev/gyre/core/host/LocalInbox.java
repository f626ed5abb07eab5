package dev.gyre.core.host;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * What a node has not taken yet, and its sleep. Any thread adds; the node's thread alone takes and sleeps. Nothing here blocks
 * but the sleep.
 *
 * <p>Messages go through a bounded queue that refuses what does not fit. What must not be lost, such as the end of a sync or the
 * wish to stop, goes through a second one, without a bound of its own: whoever uses it bounds what is under way.
 *
 * <p><b>No wake-up is lost.</b> A thread that adds must wake the node if it sleeps, and should not make a system call for it when
 * it does not. So the node says that it is about to sleep, then looks once more, then sleeps; whoever adds does so first and
 * looks at the flag after:
 *
 * <pre>
 *     the node                                  who adds
 *     1. isParked := true                       a. the producer index := + 1, by compare-and-set
 *     2. read the producer index, the urgent    b. store the element
 *     3. sleep, if there was nothing            c. read isParked; if true, wake
 * </pre>
 *
 * The flag and the index are accessed as volatile variables, all of whose accesses are in one order that agrees with the order
 * in each thread (Java Language Specification, §17.4.4). If step 2 does not see a, then a comes after 2 in that order; so c
 * comes after 1, and sees that the node sleeps. Step b is a plain release and could still be in the store buffer at c: that is
 * why step 2 asks the queue for its <i>index</i> ({@code isEmpty}) and not for its first element ({@code poll}, {@code peek}).
 * The index suffices: whoever finds it moved stays awake until the element is there. No fence a message is needed, since the
 * compare-and-set is one. Adding to the second queue ends in a compare-and-set as well, of the link that its {@code isEmpty}
 * reads.
 *
 * <p>Of several threads that see the flag, the one that takes it down wakes the node: one system call a sleep. A sender may also
 * wake later than it adds, at the end of its turn: nothing else in the argument changes, as long as it does.
 */
final class LocalInbox {
    private final MpscAtomicArrayQueue<LocalMessage> messages;
    private final ConcurrentLinkedQueue<Runnable> urgent = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isParked = new AtomicBoolean();
    private volatile @Nullable Thread owner;

    LocalInbox(int capacity) {
        messages = new MpscAtomicArrayQueue<>(capacity);
    }

    /** Says whose inbox this is: before anybody adds. */
    void useOwner(Thread thread) {
        owner = thread;
    }

    /** Adds a message, if it fits; says whether it did. The caller sees to it that the node {@linkplain #wake wakes}. */
    boolean offer(LocalMessage message) {
        return messages.offer(message);
    }

    /** Adds what must not be lost, and wakes the node. */
    void add(Runnable action) {
        urgent.add(action);
        wake();
    }

    /** Whether the node sleeps, or is about to. */
    boolean isParked() {
        return isParked.get();
    }

    /** Wakes the node if it sleeps. */
    void wake() {
        if (isParked.get() && isParked.compareAndSet(true, false)) {
            LockSupport.unpark(owner);
        }
    }

    /** The next message, if there is one. */
    @Nullable LocalMessage poll() {
        return messages.poll();
    }

    /** The next of what must not be lost, if there is any. */
    @Nullable Runnable pollUrgent() {
        return urgent.poll();
    }

    /** Whether there is nothing to take. */
    boolean isEmpty() {
        return messages.isEmpty() && urgent.isEmpty();
    }

    /**
     * Sleeps until somebody wakes the node, for a while at most; maybe for no reason not that long. Does not sleep when there is
     * something to take, or a condition holds that is made true before a {@link #wake}.
     *
     * @param nanos how long at most; {@link Long#MAX_VALUE} is for ever
     */
    void park(long nanos, BooleanSupplier mustStayAwake) {
        isParked.set(true);
        if (isEmpty() && !mustStayAwake.getAsBoolean()) {
            if (nanos == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, nanos);
            }
        }
        isParked.set(false);
    }
}

package dev.gyre.core.host;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a {@link LocalHost} runs its nodes. Begin with {@link #defaults} and change what should be otherwise.
 *
 * @param inboxMessages how many messages may wait for a node, at least 2; rounded up to a power of two. One that does not fit is
 *     dropped and counted
 * @param spin how long a node that has nothing to do looks for messages before its thread sleeps, at least zero. It spares
 *     senders a system call, and the node the time to wake up. It offers its processor to others after each look, and sleeps at
 *     once for a while where they take it for long
 * @param folder below which each node has a folder of its name for its files; without one they are in memory
 * @param syncs where syncs of folders run
 * @param keepsMemory whether files in memory are there again when a node of the same id starts anew
 */
public record LocalSettings(int inboxMessages, Duration spin, Optional<Path> folder, Syncs syncs, boolean keepsMemory) {
    /** At two million messages a second a node may stand still for 30 ms, as long as a slow sync, before one is dropped. */
    public static final int INBOX_MESSAGES = 1 << 16;

    /** The largest inbox: 64 MB of references, and what they refer to. */
    public static final int MAX_INBOX_MESSAGES = 1 << 24;

    /**
     * Longer than an answer of a node that is awake takes, and a few times less than to sleep and be woken: a node between two
     * messages of a conversation stays awake, one that has nobody to talk to sleeps.
     */
    public static final Duration SPIN = Duration.ofNanos(10_000);

    /** Rejects what is out of range. */
    public LocalSettings {
        if (inboxMessages < 2 || inboxMessages > MAX_INBOX_MESSAGES) {
            throw new IllegalArgumentException(
                    "an inbox holds 2 to " + MAX_INBOX_MESSAGES + " messages, not " + inboxMessages);
        }
        if (spin.isNegative()) {
            throw new IllegalArgumentException("a node spins for at least zero, not " + spin);
        }
    }

    /** Inboxes of {@link #INBOX_MESSAGES}, a spin of {@link #SPIN}, files in memory that end with their node; syncs of folders inline. */
    public static LocalSettings defaults() {
        return new LocalSettings(INBOX_MESSAGES, SPIN, Optional.empty(), Syncs.INLINE, false);
    }

    /** With inboxes of another size. */
    public LocalSettings inboxOf(int messages) {
        return new LocalSettings(messages, spin, folder, syncs, keepsMemory);
    }

    /** With nodes that look for messages this long before they sleep; zero for at once. */
    public LocalSettings spinning(Duration time) {
        return new LocalSettings(inboxMessages, time, folder, syncs, keepsMemory);
    }

    /** With files in real folders, below this one. */
    public LocalSettings dataIn(Path path) {
        return new LocalSettings(inboxMessages, spin, Optional.of(path), syncs, keepsMemory);
    }

    /** With syncs that run there. */
    public LocalSettings syncing(Syncs where) {
        return new LocalSettings(inboxMessages, spin, folder, where, keepsMemory);
    }

    /** With files in memory that outlive their node, as long as the host is there. */
    public LocalSettings keepingMemory() {
        return new LocalSettings(inboxMessages, spin, folder, syncs, true);
    }
}

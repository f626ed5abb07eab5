package dev.gyre.core;

import java.nio.ByteBuffer;

/**
 * An open file. What is written can be read back at once, and is durable once a {@link #sync} that began after it is done. Until
 * then a crash may keep it, drop it, or keep a part, and not in the order in which it was written. For the node's thread only.
 *
 * <p>Every method but {@link #name} may throw a {@link StorageException}.
 */
public interface StorageFile extends AutoCloseable {
    /** The name under which it was opened. */
    String name();

    /** How many bytes it has. */
    long size();

    /** Adds bytes at the end: all that remain in the buffer. When the disk is full, a part of them may be there after all. */
    default void append(ByteBuffer bytes) {
        write(size(), bytes);
    }

    /**
     * Writes bytes: all that remain in the buffer. When the disk is full, a part of them may have been written.
     *
     * @param position where, from 0 to {@link #size}
     */
    void write(long position, ByteBuffer bytes);

    /**
     * Reads bytes until the buffer is full or the file ends.
     *
     * @param position from where, at least 0
     * @return how many bytes were read; 0 at the end
     */
    int read(long position, ByteBuffer into);

    /** Cuts off what is beyond a size, at least 0 and at most {@link #size}. */
    void truncate(long size);

    /**
     * Makes durable what has been written so far.
     *
     * @return when it is done; unknown when the disk failed. Then what was written since the last sync may be lost even if a
     *     later sync succeeds: operating systems forget it. The only safe thing to do is to end, and to read it anew.
     */
    Promise<Storage.Synced> sync();

    /** Lets go of the file. Does not sync it. */
    @Override
    void close();
}

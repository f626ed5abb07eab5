package dev.gyre.stream.snapshot;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Promise;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Objects with names, written once and never changed, as one worker sees them: for the thread of its node, on which all promises are completed,
 * at once or later. Several workers' stores may have the same objects behind them, on one machine or on many.
 *
 * <p>Names are made of what {@link dev.gyre.core.Storage#NAME_PATTERN} says, and are unique to an attempt: what was given up or left behind by a
 * crash is never in the way, and nothing that a manifest refers to is ever overwritten.
 *
 * <p>An outcome that is {@linkplain dev.gyre.core.Outcome.Failed failed} did not happen; one that is {@linkplain dev.gyre.core.Outcome.Unknown
 * unknown} may have: the object is then taken for not stored, and its name not used again. A store that is bounded says so with {@link
 * ErrorCode#TEMPORARILY_UNAVAILABLE}.
 */
public interface SnapshotStore {
    /** What was read is not what was written. */
    ErrorCode DAMAGED = new ErrorCode(1410);

    /**
     * Stores an object. When the promise is complete it is durable, and others find it; before that nobody does.
     *
     * @param content its bytes in order, which must not be changed until the promise is complete
     * @return what was stored, for the manifest; {@link ErrorCode#KEY_ALREADY_EXISTS} when there is one of that name
     * @throws IllegalArgumentException when it is no name
     */
    Promise<Stored> put(String name, List<ByteBuffer> content);

    /**
     * Reads a whole object.
     *
     * @return its bytes, checked; {@link #DAMAGED}, with its name and an offset, when they are not what was stored; {@link
     *     ErrorCode#KEY_DOES_NOT_EXIST} when there is none
     */
    Promise<byte[]> get(String name);

    /**
     * Reads a part of an object.
     *
     * @param offset of its first byte, at least 0
     * @param length how many bytes, at least 0; all must be there
     * @return as {@link #get}; {@link ErrorCode#PRECONDITION_FAILED} when the object is shorter
     * @throws IllegalArgumentException when the offset or the length is negative
     */
    Promise<byte[]> read(String name, long offset, int length);

    /** Deletes an object, or finds that there is none: it may be repeated. */
    Promise<Deleted> delete(String name);

    /** The names of all objects, in order. */
    Promise<List<String>> list();

    /** Whether nobody but the workers of one job has objects here: what none of its snapshots needs may then be deleted. */
    default boolean isOfOneJob() {
        return false;
    }

    /**
     * An object that is durable.
     *
     * @param size in bytes
     */
    record Stored(String name, long size) {}

    /**
     * An object is no more.
     *
     * @param wasThere whether it was before
     */
    record Deleted(String name, boolean wasThere) {}
}

package dev.gyre.bench.stream;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records of a feed. It is the same for all contenders, so making them costs each the same.
 *
 * @param <T> what a record is
 */
@FunctionalInterface
public interface Maker<T> extends Serializable {
    /**
     * A record of its number among those of all partitions and its time in milliseconds; null: there is none, as a look at it showed.
     *
     * @param sequence one that is not {@linkplain #isLeftOut left out}
     */
    @Nullable T make(long sequence, long millis);

    /**
     * Whether the number alone tells that there is no record. That is asked before one is made: a compiler keeps a record in registers if it goes nowhere, but not one that
     * may be null.
     */
    default boolean isLeftOut(long sequence) {
        return false;
    }
}

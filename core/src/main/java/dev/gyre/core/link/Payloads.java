package dev.gyre.core.link;

import java.util.List;

/**
 * What a link has to know of payloads. Pure: the same answers for the same payload, at both ends.
 *
 * @param <P> payloads; they must not change once sent
 */
public interface Payloads<P> {
    /** The size in bytes, at least 0. */
    int sizeBytes(P payload);

    /** What its channel carries, as text that is equal only for equal schemas; at most {@link LinkSettings#MAX_SCHEMA_BYTES}. */
    String schema(P payload);

    /**
     * Splits data that is too large for one item, order kept.
     *
     * @return parts of at most {@code maxBytes} each; a larger one is refused, so what cannot be split is returned as it is
     */
    List<P> split(P payload, int maxBytes);
}

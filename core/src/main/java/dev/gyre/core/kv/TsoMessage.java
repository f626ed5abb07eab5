package dev.gyre.core.kv;

/** The protocol of the timestamp service (Maelstrom, "Services"). */
public sealed interface TsoMessage {
    /** Asks for a timestamp. */
    record Ts() implements TsoMessage {}

    /** A timestamp, above all that were given before. */
    record TsOk(long ts) implements TsoMessage {}
}

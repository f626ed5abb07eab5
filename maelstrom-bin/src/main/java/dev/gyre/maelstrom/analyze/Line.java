package dev.gyre.maelstrom.analyze;

import dev.gyre.core.RpcError;
import dev.gyre.maelstrom.engine.HistoryEvent;

/**
 * A line of a history by a client.
 *
 * @param where its place, for messages, such as {@code history.edn:3:1}
 * @param type how its operation stands
 * @param process the logical process
 * @param function the operation's kind
 * @param atNanos when
 * @param error why it failed or is unknown; means nothing for other types
 * @param value what was asked or answered, in whatever form the file has it
 */
record Line<V>(
        String where, HistoryEvent.Type type, int process, String function, long atNanos, RpcError error, V value) {}

package dev.gyre.core.kv.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Outcome;
import dev.gyre.core.kv.KvMessage;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * {@code seq-kv}: sequentially consistent. It keeps the last {@value #STATES} states, and for each client the newest that it
 * has seen. A request is tried on a random state between that and the latest. If it changes nothing there, that stale answer
 * stands: so reads, cas that fail, and writes of the value that is there may be out of date, yet never go back in time for one
 * client. Otherwise it runs on the latest state and makes the next.
 *
 * <p>A state is not copied: each key keeps its values with the number of the state that brought it.
 */
public final class SeqKvService extends KvService {
    /** How many states a client may lag behind, the latest included. */
    static final int STATES = 32;

    private final RandomGenerator random;
    private final Map<JsonNode, ArrayDeque<Version>> keys = new LinkedHashMap<>();
    private final Map<String, Long> lastSeen = new TreeMap<>();
    private long latest;

    /** A store without keys, which draws from the node's random numbers. */
    public SeqKvService(NodeContext<KvMessage, Void> node) {
        random = node.random();
    }

    /** The value that a key has from a state on. */
    private record Version(long state, JsonNode value) {}

    @Override
    Outcome<KvMessage> serve(String src, KvMessage.Request request) {
        long oldest = Math.max(lastSeen.getOrDefault(src, 0L), latest - STATES + 1);
        long state = random.nextLong(oldest, latest + 1);
        var stale = valueAt(request.key(), state);
        var speculative = Effect.of(request, stale);
        if (speculative.value().equals(stale)) {
            lastSeen.put(src, state);
            return speculative.answer();
        }
        var effect = Effect.of(request, valueAt(request.key(), latest));
        latest++;
        lastSeen.put(src, latest);
        effect.value().ifPresent(value -> write(request.key(), value));
        return effect.answer();
    }

    private Optional<JsonNode> valueAt(JsonNode key, long state) {
        var versions = keys.getOrDefault(key, new ArrayDeque<>()).descendingIterator();
        while (versions.hasNext()) {
            var version = versions.next();
            if (version.state <= state) {
                return Optional.of(version.value);
            }
        }
        return Optional.empty();
    }

    private void write(JsonNode key, JsonNode value) {
        var versions = keys.computeIfAbsent(key, absent -> new ArrayDeque<>());
        versions.addLast(new Version(latest, value));
        // The oldest state that can still be read shows the newest version up to it; versions before that one are out
        // of sight.
        long oldest = latest - STATES + 1;
        while (versions.size() > 1) {
            var first = versions.removeFirst();
            if (versions.getFirst().state > oldest) {
                versions.addFirst(first);
                return;
            }
        }
    }
}

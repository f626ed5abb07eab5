package dev.gyre.examples.counter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gyre.core.ErrorCode;
import dev.gyre.core.RpcError;
import dev.gyre.core.kv.KvMessage;
import dev.gyre.examples.VirtualCluster;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code seq-kv} at its worst: whatever changes nothing is answered from the oldest state that the client may still be shown,
 * which is the one that the client itself made last.
 */
final class StaleKv implements VirtualCluster.Responder {
    private final List<Map<JsonNode, JsonNode>> states = new ArrayList<>(List.of(Map.of()));
    private final Map<String, Integer> lastSeen = new HashMap<>();
    int casCount;

    @Override
    public KvMessage answer(String src, Object request) {
        if (request instanceof KvMessage.Cas) {
            casCount++;
        }
        var stale = states.get(lastSeen.getOrDefault(src, 0));
        if (after(stale, request).equals(stale)) {
            return reply(stale, request);
        }
        var latest = after(states.getLast(), request);
        lastSeen.put(src, states.size());
        states.add(latest);
        return reply(latest, request);
    }

    /** All values that a key has had, in order. */
    List<Long> valuesOf(String key) {
        return states.stream()
                .flatMap(state -> state.entrySet().stream())
                .filter(entry -> entry.getKey().asText().equals(key))
                .map(entry -> entry.getValue().asLong())
                .toList();
    }

    private static Map<JsonNode, JsonNode> after(Map<JsonNode, JsonNode> state, Object request) {
        return switch (request) {
            case KvMessage.Write(var key, var value) -> with(state, key, value);
            case KvMessage.Cas(var key, var from, var to, var create) -> {
                var value = state.get(key);
                if (value == null && create == null) {
                    throw new RpcError(ErrorCode.KEY_DOES_NOT_EXIST, "no " + key);
                }
                if (value != null && !value.equals(from)) {
                    throw new RpcError(ErrorCode.PRECONDITION_FAILED, key + " is " + value);
                }
                yield with(state, key, to);
            }
            default -> state;
        };
    }

    private static Map<JsonNode, JsonNode> with(Map<JsonNode, JsonNode> state, JsonNode key, JsonNode value) {
        var changed = new HashMap<>(state);
        changed.put(key, value);
        return changed;
    }

    private static KvMessage reply(Map<JsonNode, JsonNode> state, Object request) {
        return switch ((KvMessage) request) {
            case KvMessage.Read(var key) -> {
                var value = state.get(key);
                if (value == null) {
                    throw new RpcError(ErrorCode.KEY_DOES_NOT_EXIST, "no " + key);
                }
                yield new KvMessage.ReadOk(value);
            }
            case KvMessage.Write write -> new KvMessage.WriteOk();
            case KvMessage.Cas cas -> new KvMessage.CasOk();
            default -> throw new IllegalArgumentException("no request: " + request);
        };
    }
}

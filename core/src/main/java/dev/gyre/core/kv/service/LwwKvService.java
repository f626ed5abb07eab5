package dev.gyre.core.kv.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Outcome;
import dev.gyre.core.kv.KvMessage;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * {@code lww-kv}: eventually consistent, the last writer wins. Two replicas, each with a Lamport clock. Each request first
 * merges a random replica into a random one (they may be the same: then nothing happens), and is then served by any of the
 * two. A write gets the replica's clock as its timestamp; a merge keeps the later one, and on a tie that of the source.
 * {@code cas} knows no {@code create_if_not_exists}.
 */
public final class LwwKvService extends KvService {
    private final RandomGenerator random;
    private final List<Replica> replicas = List.of(new Replica(), new Replica());

    /** A store without keys, which draws from the node's random numbers. */
    public LwwKvService(NodeContext<KvMessage, Void> node) {
        random = node.random();
    }

    @Override
    Outcome<KvMessage> serve(String src, KvMessage.Request request) {
        var from = any();
        any().merge(from);
        return any().serve(withoutCreate(request));
    }

    private Replica any() {
        return replicas.get(random.nextInt(replicas.size()));
    }

    private static KvMessage.Request withoutCreate(KvMessage.Request request) {
        return request instanceof KvMessage.Cas(var key, var from, var to, var create)
                ? new KvMessage.Cas(key, from, to, false)
                : request;
    }

    private record Stamped(long timestamp, JsonNode value) {}

    private static final class Replica {
        private final Map<JsonNode, Stamped> cells = new LinkedHashMap<>();
        /** Keys written here since the last merge into the other replica: all that such a merge has to look at. */
        private final Set<JsonNode> news = new LinkedHashSet<>();

        private long clock;

        Outcome<KvMessage> serve(KvMessage.Request request) {
            var cell = Optional.ofNullable(cells.get(request.key()));
            var effect = Effect.of(request, cell.map(Stamped::value));
            if (!(request instanceof KvMessage.Read) && effect.answer() instanceof Outcome.Ok) {
                cells.put(request.key(), new Stamped(clock, effect.value().orElseThrow()));
                news.add(request.key());
                clock++;
            }
            return effect.answer();
        }

        void merge(Replica source) {
            if (source == this) {
                return;
            }
            clock = Math.max(clock, source.clock);
            for (var key : source.news) {
                var theirs = source.cells.get(key);
                var mine = cells.get(key);
                if (theirs != null && (mine == null || mine.timestamp <= theirs.timestamp)) {
                    cells.put(key, theirs);
                }
            }
            source.news.clear();
        }
    }
}

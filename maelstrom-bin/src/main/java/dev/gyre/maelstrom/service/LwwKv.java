package dev.gyre.maelstrom.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
final class LwwKv implements ServiceNode {
    private final RandomGenerator random;
    private final List<Replica> replicas = List.of(new Replica(), new Replica());

    LwwKv(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public ObjectNode handle(String src, ObjectNode body) {
        var request = withoutCreate(KvRequest.parse(body));
        var from = replicas.get(random.nextInt(replicas.size()));
        replicas.get(random.nextInt(replicas.size())).merge(from);
        return replicas.get(random.nextInt(replicas.size())).serve(request);
    }

    private static KvRequest withoutCreate(KvRequest request) {
        return request instanceof KvRequest.Cas cas
                ? new KvRequest.Cas(cas.key(), cas.from(), cas.to(), false)
                : request;
    }

    private record Stamped(long timestamp, JsonNode value) {}

    private static final class Replica {
        private final Map<JsonNode, Stamped> cells = new LinkedHashMap<>();
        /** Keys written here since the last merge into the other replica: all that such a merge has to look at. */
        private final Set<JsonNode> news = new LinkedHashSet<>();

        private long clock;

        ObjectNode serve(KvRequest request) {
            var cell = Optional.ofNullable(cells.get(request.key()));
            var effect = request.on(cell.map(Stamped::value));
            boolean writes = !(request instanceof KvRequest.Read)
                    && !effect.reply().path("type").asText().equals("error");
            if (writes) {
                cells.put(request.key(), new Stamped(clock, effect.value().orElseThrow()));
                news.add(request.key());
                clock++;
            }
            return effect.reply();
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

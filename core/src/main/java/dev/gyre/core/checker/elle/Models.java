package dev.gyre.core.checker.elle;

import dev.gyre.core.checker.elle.graph.DependencyGraph;
import dev.gyre.core.checker.elle.graph.Relation;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;

/** What both checkers ask of their arguments and of answers. */
final class Models {
    private Models() {}

    /** The models, of which there must be one. */
    static Set<ConsistencyModel> checked(Set<ConsistencyModel> models) {
        if (models.isEmpty()) {
            throw new IllegalArgumentException("name at least one consistency model, such as serializable");
        }
        return Collections.unmodifiableSet(EnumSet.copyOf(models));
    }

    /** A maximum, which must be at least 1. */
    static int checkedMax(int max) {
        if (max < 1) {
            throw new IllegalArgumentException("the most dependencies to look at is at least 1, not " + max);
        }
        return max;
    }

    /** Says that an answer is none. */
    static <M> Finding unexpected(Transactions<M> transactions, int t) {
        return Finding.of(
                transactions.name(t) + " was answered, but not with its own parts in their order: asked were "
                        + transactions.request(t).size() + " parts",
                t);
    }

    /** How many dependencies there are, by kind. */
    static SequencedMap<String, Object> dependencies(DependencyGraph.Builder graph) {
        SequencedMap<String, Object> counts = new LinkedHashMap<>();
        counts.put("ww-count", graph.count(Relation.WW));
        counts.put("wr-count", graph.count(Relation.WR));
        counts.put("rw-count", graph.count(Relation.RW));
        return counts;
    }
}

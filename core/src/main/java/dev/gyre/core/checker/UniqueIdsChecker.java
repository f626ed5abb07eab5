package dev.gyre.core.checker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gyre.core.Outcome;
import dev.gyre.core.history.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Checks that no id was given out twice. An id is any JSON value, as a Jackson tree; two are the same when their trees
 * are equal, so the order of an object's fields does not matter, and {@code 1}, {@code 1.0} and {@code "1"} differ.
 */
public final class UniqueIdsChecker {
    /** Repeated ids listed in the details; all are counted, but a careless node repeats nearly every id. */
    private static final int DUPLICATED_MAX = 48;

    /** Numbers first, by value; then everything else by its JSON text. */
    private static final Comparator<JsonNode> ORDER = Comparator.comparing((JsonNode id) -> !id.isNumber())
            .thenComparing((a, b) -> a.isNumber()
                    ? a.decimalValue().compareTo(b.decimalValue())
                    : a.toString().compareTo(b.toString()));

    private UniqueIdsChecker() {}

    /**
     * Judges a history of requests for an id. Without a single id the verdict is {@link Validity#UNKNOWN}.
     *
     * @param <I> the request, which is not looked at
     * @param history the operations, in order of invocation; an ok one answers with the id
     * @return the verdict, with {@code attempted-count acknowledged-count duplicated-count duplicated range}, where
     *     {@code duplicated} maps an id's JSON text to how often it was given out, and {@code range} holds the JSON texts
     *     of the least and the greatest id, numbers before all else
     */
    public static <I> CheckResult check(List<Operation<I, JsonNode>> history) {
        // A linked map, because a salted order would make details differ from run to run.
        var takers = new LinkedHashMap<JsonNode, List<Operation<I, JsonNode>>>();
        int acknowledged = 0;
        for (var operation : history) {
            if (operation.outcome() instanceof Outcome.Ok<JsonNode>(JsonNode id)) {
                acknowledged++;
                takers.computeIfAbsent(id, absent -> new ArrayList<>(1)).add(operation);
            }
        }
        var repeated = takers.values().stream().filter(same -> same.size() > 1).toList();
        var details = new LinkedHashMap<String, Object>();
        details.put("attempted-count", history.size());
        details.put("acknowledged-count", acknowledged);
        details.put("duplicated-count", repeated.size());
        details.put("duplicated", timesGiven(repeated));
        details.put("range", range(takers));
        if (!repeated.isEmpty()) {
            return new CheckResult(Validity.INVALID, sentence(repeated), details);
        }
        if (acknowledged == 0) {
            return new CheckResult(Validity.UNKNOWN, "No id was given out, so there is nothing to judge.", details);
        }
        String sentence = Phrases.count(acknowledged, "id", "ids") + " checked: none was given out twice.";
        return new CheckResult(Validity.VALID, sentence, details);
    }

    private static <I> SequencedMap<String, Object> timesGiven(List<List<Operation<I, JsonNode>>> repeated) {
        var times = new LinkedHashMap<String, Object>();
        repeated.stream()
                .limit(DUPLICATED_MAX)
                .forEach(same -> times.put(id(same.getFirst()).toString(), same.size()));
        return times;
    }

    private static <I> List<String> range(SequencedMap<JsonNode, List<Operation<I, JsonNode>>> takers) {
        if (takers.isEmpty()) {
            return List.of();
        }
        var ids = takers.sequencedKeySet();
        return List.of(
                Collections.min(ids, ORDER).toString(),
                Collections.max(ids, ORDER).toString());
    }

    /** The smallest counterexample is the repetition that was complete first: two operations. */
    private static <I> String sentence(List<List<Operation<I, JsonNode>>> repeated) {
        var soonest = Collections.min(
                repeated, Comparator.comparingInt(same -> same.get(1).index()));
        return "Id " + id(soonest.getFirst()) + " was given out twice: " + Phrases.where(soonest.getFirst()) + " and "
                + Phrases.where(soonest.get(1)) + ".";
    }

    private static <I> JsonNode id(Operation<I, JsonNode> operation) {
        return operation.outcome().orThrow();
    }
}

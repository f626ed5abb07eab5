package dev.gyre.core.checker.kafka;

import dev.gyre.core.checker.CheckResult;
import dev.gyre.core.checker.Validity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** Collects anomalies of logs, the first few of each type told, and turns them into a verdict. */
final class KafkaFindings {
    /** How many of a type are told: enough to see a pattern, and a broken system gives thousands. */
    private static final int TOLD_MAX = 16;

    private final Map<KafkaAnomaly, List<String>> told = new EnumMap<>(KafkaAnomaly.class);
    private final Map<KafkaAnomaly, Integer> counts = new EnumMap<>(KafkaAnomaly.class);

    /** Notes an anomaly, told in a sentence without a full stop. */
    void add(KafkaAnomaly type, String text) {
        counts.merge(type, 1, Integer::sum);
        var texts = told.computeIfAbsent(type, t -> new ArrayList<>());
        if (texts.size() < TOLD_MAX) {
            texts.add(text);
        }
    }

    /**
     * The verdict.
     *
     * @param allowed what does no harm
     * @param seen figures of the history
     * @param open why nothing can be said even if nothing bad was found, if so
     */
    CheckResult verdict(Set<KafkaAnomaly> allowed, SequencedMap<String, Object> seen, Optional<String> open) {
        var bad = EnumSet.noneOf(KafkaAnomaly.class);
        bad.addAll(told.keySet());
        bad.removeAll(allowed);
        SequencedMap<String, Object> details = new LinkedHashMap<>();
        details.put("bad-error-types", bad.stream().map(KafkaAnomaly::label).toList());
        details.put(
                "error-types", told.keySet().stream().map(KafkaAnomaly::label).toList());
        told.forEach((type, texts) -> {
            SequencedMap<String, Object> errors = new LinkedHashMap<>();
            errors.put("count", counts.getOrDefault(type, 0));
            errors.put("errs", List.copyOf(texts));
            details.put(type.label(), Collections.unmodifiableSequencedMap(errors));
        });
        details.putAll(seen);
        if (!bad.isEmpty()) {
            var worst = bad.iterator().next();
            String text = told.getOrDefault(worst, List.of()).getFirst();
            return new CheckResult(Validity.INVALID, text + " (" + worst.label() + ").", details);
        }
        if (open.isPresent()) {
            return new CheckResult(Validity.UNKNOWN, open.get(), details);
        }
        String sentence = "Of " + seen.getOrDefault("acknowledged-count", 0) + " acknowledged messages each was polled,"
                + " in order and at one offset; " + seen.getOrDefault("poll-count", 0) + " polls were served.";
        return new CheckResult(Validity.VALID, sentence, details);
    }
}

package dev.gyre.core.checker.kafka;

import dev.gyre.core.checker.CheckResult;
import dev.gyre.core.checker.Validity;
import dev.gyre.core.history.Operation;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Judges a history of logs: whether each acknowledged message was polled, once, at one offset, in order, and without
 * leaving any out.
 *
 * <p>Messages are unique a key. What exists is known from acknowledged sends and from polls. There is no recency: a poll
 * may show as little of the end as it likes. A process goes on where it stopped, until an assignment takes a key from it;
 * a poll that names an offset must begin there. A history should end with polls to the end of every log, or messages
 * will be {@linkplain KafkaAnomaly#UNSEEN unseen}.
 *
 * <p>The details of the result have {@code bad-error-types}, {@code error-types}, and under the name of each type its
 * {@code count} and the first 16 {@code errs}.
 */
public final class KafkaChecker {
    /**
     * What is allowed unless told otherwise: nothing isolates the sends of a transaction from those of others, so they
     * may mix (Jepsen's Kafka workload).
     */
    public static final Set<KafkaAnomaly> ALLOWED_DEFAULT = Collections.unmodifiableSet(
            EnumSet.of(KafkaAnomaly.INT_SEND_SKIP, KafkaAnomaly.G0, KafkaAnomaly.G0_PROCESS, KafkaAnomaly.G0_REALTIME));

    /** The most polled messages that the search for cycles looks at unless told otherwise: about 300 MB of them. */
    public static final int DEPENDENCIES_MAX_DEFAULT = 8_000_000;

    private final Set<KafkaAnomaly> allowed;
    private final int dependenciesMax;

    /** Allows what is allowed by default. */
    public KafkaChecker() {
        this(ALLOWED_DEFAULT, DEPENDENCIES_MAX_DEFAULT);
    }

    /**
     * Judges within a budget. If more messages were polled than that, and nothing bad is found, the verdict is unknown.
     *
     * @param allowed anomalies that are reported and make nothing invalid
     * @param dependenciesMax the most polled messages that the search for cycles looks at, at least 1
     */
    public KafkaChecker(Set<KafkaAnomaly> allowed, int dependenciesMax) {
        if (dependenciesMax < 1) {
            throw new IllegalArgumentException("the most messages to look at is at least 1, not " + dependenciesMax);
        }
        this.dependenciesMax = dependenciesMax;
        this.allowed = EnumSet.noneOf(KafkaAnomaly.class);
        this.allowed.addAll(allowed);
    }

    /** Judges a history. */
    public CheckResult check(List<Operation<KafkaRequest, KafkaReply>> history) {
        var findings = new KafkaFindings();
        var taken = new KafkaHistory(history, findings);
        SequencedMap<String, Object> seen = new LinkedHashMap<>();
        if (taken.repeated().isPresent()) {
            String sentence =
                    "Cannot judge: " + taken.repeated().get() + ", so nobody can tell which send a poll shows.";
            return new CheckResult(Validity.UNKNOWN, sentence, seen);
        }
        taken.logs().forEach((key, log) -> new KafkaLogScan(key, log, findings).run());
        new KafkaSessionScan(taken, findings).run();
        var cycles = new KafkaCycles(taken, findings, dependenciesMax);
        cycles.run();
        int acknowledged = 0;
        int known = 0;
        for (var log : taken.logs().values()) {
            known += log.size();
            for (var send : log.sends()) {
                acknowledged += send.acknowledged() ? 1 : 0;
            }
        }
        seen.put("key-count", taken.logs().size());
        seen.put("acknowledged-count", acknowledged);
        seen.put("known-count", known);
        seen.put("poll-count", taken.polls());
        Optional<String> open = Optional.empty();
        if (cycles.full()) {
            open = Optional.of("Gave up: more messages were polled than the budget of " + dependenciesMax
                    + " allows, and those looked at show nothing bad.");
        } else if (acknowledged + taken.polls() == 0) {
            open = Optional.of("No send was acknowledged and no poll was served, so nothing can be said.");
        }
        return findings.verdict(allowedIn(history), seen, open);
    }

    private Set<KafkaAnomaly> allowedIn(List<Operation<KafkaRequest, KafkaReply>> history) {
        var all = EnumSet.noneOf(KafkaAnomaly.class);
        all.addAll(allowed);
        if (history.stream().anyMatch(operation -> operation.input() instanceof KafkaRequest.Subscribe)) {
            all.add(KafkaAnomaly.POLL_SKIP);
            all.add(KafkaAnomaly.NONMONOTONIC_POLL);
        }
        return all;
    }
}

package dev.gyre.core.checker.elle;

import dev.gyre.core.checker.CheckResult;
import dev.gyre.core.checker.Validity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Turns findings into a verdict on the models asked for.
 *
 * @param <M> the parts of transactions
 */
final class Verdict<M> {
    private final Set<ConsistencyModel> models;
    private final Transactions<M> transactions;
    private final Findings findings;
    private final BiFunction<M, Boolean, String> describe;
    private final SequencedMap<String, Object> details = new LinkedHashMap<>();

    Verdict(
            Set<ConsistencyModel> models,
            Transactions<M> transactions,
            Findings findings,
            BiFunction<M, Boolean, String> describe) {
        this.models = models;
        this.transactions = transactions;
        this.findings = findings;
        this.describe = describe;
    }

    /** What to say when nothing can be said, and why. */
    CheckResult unknown(String why) {
        details.put(
                "transaction-count", transactions.size() + transactions.failed().size());
        return new CheckResult(Validity.UNKNOWN, why, details);
    }

    /**
     * What to say of the findings.
     *
     * @param dependencies how many dependencies there are, by kind
     * @param complete whether all dependencies could be looked at
     */
    CheckResult of(SequencedMap<String, Object> dependencies, boolean complete) {
        var forbidden = EnumSet.noneOf(AnomalyType.class);
        for (var model : models) {
            forbidden.addAll(model.forbidden());
        }
        var bad = EnumSet.noneOf(AnomalyType.class);
        bad.addAll(findings.types());
        bad.retainAll(forbidden);
        var also = EnumSet.noneOf(AnomalyType.class);
        also.addAll(findings.types());
        also.removeAll(bad);
        fillDetails(bad, also);
        details.putAll(dependencies);
        if (!bad.isEmpty()) {
            return new CheckResult(Validity.INVALID, invalidSentence(bad), details);
        }
        if (transactions.served() == 0) {
            return new CheckResult(
                    Validity.UNKNOWN, "No transaction was served, so nothing can be said of " + asked() + ".", details);
        }
        if (!complete) {
            String sentence = "Gave up: the history has more dependencies between transactions than the budget allows,"
                    + " and those looked at show nothing that " + asked() + " forbids.";
            return new CheckResult(Validity.UNKNOWN, sentence, details);
        }
        String extra = also.isEmpty() ? "" : "; it allows what was found: " + labels(also);
        String sentence = transactions.size() + " transactions (" + transactions.served() + " of them surely done) show"
                + " nothing that " + asked() + " forbids" + extra + ".";
        return new CheckResult(Validity.VALID, sentence, details);
    }

    private void fillDetails(Set<AnomalyType> bad, Set<AnomalyType> also) {
        details.put("consistency-models", labelsOf(models));
        details.put("anomaly-types", list(bad));
        details.put("also-anomalies", list(also));
        var all = EnumSet.noneOf(AnomalyType.class);
        all.addAll(bad);
        all.addAll(also);
        Map<String, Object> anomalies = new LinkedHashMap<>();
        for (var type : all) {
            anomalies.put(type.label(), describe(type));
        }
        details.put("anomalies", anomalies);
        var impossible = ConsistencyModel.ruledOutBy(all);
        var weakest = ConsistencyModel.weakest(impossible);
        details.put("not", labelsOf(weakest));
        impossible.removeAll(weakest);
        details.put("also-not", labelsOf(impossible));
        details.put(
                "transaction-count", transactions.size() + transactions.failed().size());
        details.put("ok-count", transactions.served());
        details.put("unknown-count", transactions.size() - transactions.served());
        details.put("failed-count", transactions.failed().size());
    }

    private Map<String, Object> describe(AnomalyType type) {
        var cases = new ArrayList<Object>();
        for (var finding : findings.of(type)) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("text", finding.text());
            if (!finding.steps().isEmpty()) {
                one.put("steps", finding.steps());
            }
            one.put(
                    "transactions",
                    finding.transactions().stream().map(this::transaction).toList());
            cases.add(Collections.unmodifiableMap(one));
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("meaning", type.meaning());
        all.put("count", findings.count(type));
        all.put("cases", List.copyOf(cases));
        return Collections.unmodifiableMap(all);
    }

    private String transaction(int t) {
        boolean answered = !transactions.answer(t).isEmpty();
        var parts = answered ? transactions.answer(t) : transactions.request(t);
        String outcome = transactions.happened(t) ? "" : " (outcome unknown)";
        return transactions.name(t) + outcome + ": "
                + parts.stream().map(part -> describe.apply(part, answered)).collect(Collectors.joining(", "));
    }

    private String invalidSentence(Set<AnomalyType> bad) {
        var worst = bad.iterator().next();
        var violated = EnumSet.copyOf(models);
        violated.removeIf(model -> Collections.disjoint(model.forbidden(), bad));
        return "Not " + String.join(" nor ", labelsOf(violated)) + ": " + worst.meaning() + " (" + worst.label() + "): "
                + findings.of(worst).getFirst().text() + ".";
    }

    private String asked() {
        return String.join(" or ", labelsOf(models));
    }

    private static List<String> labelsOf(Set<ConsistencyModel> models) {
        return models.stream().sorted().map(ConsistencyModel::label).toList();
    }

    private static List<String> list(Set<AnomalyType> types) {
        return types.stream().sorted().map(AnomalyType::label).toList();
    }

    private static String labels(Set<AnomalyType> types) {
        return String.join(", ", list(types));
    }
}

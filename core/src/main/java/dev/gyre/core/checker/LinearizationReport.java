package dev.gyre.core.checker;

import dev.gyre.core.history.Operation;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts the end of a {@link LinearizationSearch} into a verdict, figures and a sentence. */
final class LinearizationReport<S, I, O> {
    /** A sentence names this many states and operations, and counts the others. */
    private static final int NAMED_MAX = 4;

    /** The details list this many. */
    private static final int LISTED_MAX = 32;

    /** States can be as long as the history. */
    private static final int STATE_CHARS_MAX = 100;

    private final Model<S, I, O> model;
    private final List<Operation<I, O>> certain;
    private final List<Operation<I, O>> unknown;
    private final LinearizationSearch<S, I, O> search;

    LinearizationReport(
            Model<S, I, O> model,
            List<Operation<I, O>> certain,
            List<Operation<I, O>> unknown,
            LinearizationSearch<S, I, O> search) {
        this.model = model;
        this.certain = certain;
        this.unknown = unknown;
        this.search = search;
    }

    CheckResult result(LinearizationSearch.Ending ending, int operations, SearchBudget budget) {
        var details = counts(operations);
        return switch (ending) {
            case LINEARIZABLE ->
                new CheckResult(
                        Validity.VALID,
                        Phrases.count(certain.size(), "operation is", "operations are") + " linearizable.",
                        details);
            case IMPOSSIBLE -> {
                addCounterexample(details);
                yield new CheckResult(Validity.INVALID, impossible(), details);
            }
            case STEPS_SPENT -> {
                addCounterexample(details);
                yield new CheckResult(Validity.UNKNOWN, spent(budget.steps() + " steps"), details);
            }
            case MEMORY_SPENT -> {
                addCounterexample(details);
                yield new CheckResult(Validity.UNKNOWN, spent(budget.memoryBytes() + " bytes of memory"), details);
            }
        };
    }

    private String impossible() {
        var stuck = search.stuck();
        var states = search.statesMet();
        String sentence = "Not linearizable: " + name(stuck)
                + " fits no order; with everything placed that completed before" + " it did, the state is "
                + someOf(states.stream().map(this::shorten).toList(), " or ");
        var concurrent = concurrentWith(stuck).map(this::name).toList();
        return sentence
                + (concurrent.isEmpty()
                        ? "; nothing ran at the same time."
                        : "; at the same time ran " + someOf(concurrent, " and ") + ".");
    }

    private String spent(String budget) {
        return "No verdict: the budget of " + budget + " was spent when "
                + search.longestPrefix().size() + " of "
                + (certain.size() + unknown.size()) + " operations were placed, up to " + name(search.stuck())
                + "; raise the budget, or check fewer operations at once.";
    }

    private SequencedMap<String, Object> counts(int operations) {
        var details = new LinkedHashMap<String, Object>();
        details.put("operation-count", operations);
        details.put("ok-count", certain.size());
        details.put("unknown-count", unknown.size());
        details.put("left-out-count", operations - certain.size() - unknown.size());
        details.put("steps", search.steps());
        details.put("configurations", search.configurations());
        return details;
    }

    private void addCounterexample(SequencedMap<String, Object> details) {
        var stuck = search.stuck();
        var prefix = search.longestPrefix();
        details.put("operation", name(stuck));
        details.put(
                "states",
                search.statesMet().stream().limit(LISTED_MAX).map(this::shorten).toList());
        details.put(
                "concurrent",
                concurrentWith(stuck).limit(LISTED_MAX).map(this::name).toList());
        details.put("longest-prefix-count", prefix.size());
        details.put(
                "longest-prefix",
                prefix.stream()
                        .skip(Math.max(0, prefix.size() - LISTED_MAX))
                        .map(this::name)
                        .toList());
    }

    /** What ran while an operation did: first what surely happened, then what may have. */
    private Stream<Operation<I, O>> concurrentWith(Operation<I, O> operation) {
        var others = certain.stream()
                .filter(other ->
                        other.index() != operation.index() && other.completedNanos() >= operation.invokedNanos());
        return Stream.concat(others, unknown.stream())
                .filter(other -> other.invokedNanos() <= operation.completedNanos())
                .sorted(Comparator.<Operation<I, O>, Boolean>comparing(Operation::isUnknown)
                        .thenComparingInt(Operation::index));
    }

    private String name(Operation<I, O> operation) {
        return model.describe(operation.input(), operation.outcome()) + " " + Phrases.where(operation);
    }

    private String shorten(S state) {
        String text = model.describe(state);
        return text.length() <= STATE_CHARS_MAX ? text : text.substring(0, STATE_CHARS_MAX) + "…";
    }

    private static String someOf(List<String> names, String separator) {
        String some = names.stream().limit(NAMED_MAX).collect(Collectors.joining(separator));
        int more = names.size() - NAMED_MAX;
        return more > 0 ? some + separator + more + " more" : some;
    }
}

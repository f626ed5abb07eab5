package dev.gyre.maelstrom.result;

import dev.gyre.core.checker.CheckResult;
import dev.gyre.core.checker.Validity;
import dev.gyre.core.history.Operation;
import dev.gyre.maelstrom.engine.HistoryEvent;
import dev.gyre.maelstrom.engine.NetworkCounts;
import dev.gyre.maelstrom.engine.NetworkCounts.Tally;
import dev.gyre.maelstrom.engine.RunFailure;
import dev.gyre.maelstrom.engine.RunResult;
import dev.gyre.maelstrom.workload.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The verdict on a run.
 *
 * @param validity the worst of all parts
 * @param sentences what is wrong, in plain sentences, the gravest first; when nothing is, what was checked
 * @param map all parts with their figures, by Maelstrom's keys
 */
public record Results(Validity validity, List<String> sentences, SequencedMap<String, Object> map) {
    private static final String OUTSIDE_FAULTS = "outside-faults";

    /** Judges a run. A run that broke off is invalid, and its history is not judged: it has no end. */
    public static <I, O> Results of(RunResult<I, O> run, Optional<Availability> required) {
        return of(run, required, true);
    }

    /**
     * Judges one run of a sweep over seeds. Among many there are some in which faults leave no node to serve: that is no fault
     * of the nodes, so kinds of operations that were never served are shown and not judged.
     */
    public static <I, O> Results ofSweep(RunResult<I, O> run, Optional<Availability> required) {
        return of(run, required, false);
    }

    private static <I, O> Results of(RunResult<I, O> run, Optional<Availability> required, boolean mustServe) {
        var stats = Stats.of(run.workload(), run.history());
        var wrong = new ArrayList<String>();
        run.failure().ifPresent(failure -> wrong.addAll(sentences(failure)));
        CheckResult check =
                run.failure().isPresent() ? brokeOff() : run.workload().check(run.history());
        if (run.failure().isEmpty() && check.validity() != Validity.VALID) {
            wrong.add(check.sentence());
        }
        if (mustServe) {
            stats.neverServed().forEach(function -> wrong.add("No " + function + " was served."));
        }
        var available = availability(stats, required, wrong);
        if (run.events().stream().anyMatch(event -> event.process().equals(HistoryEvent.NEMESIS))) {
            available.put(OUTSIDE_FAULTS, Calm.of(run).toMap());
        }

        var map = figures();
        map.put("perf", perf());
        map.put("timeline", valid());
        map.put("exceptions", exceptions(run));
        map.put("stats", stats.toMap());
        map.put("availability", available);
        map.put("net", net(run.counts(), stats.count()));
        var rescales = Rescales.of(run.events());
        if (!rescales.isEmpty()) {
            map.put("rescales", rescales);
        }
        map.put("workload", workload(check));
        run.failure().ifPresent(failure -> map.put("failure", failure(failure)));
        var validity = Verdicts.of(run.failure().isEmpty())
                .and(check.validity())
                .and(mustServe ? stats.validity() : Validity.VALID)
                .and(Verdicts.of(Boolean.TRUE.equals(available.get("valid?"))));
        map.put("valid?", Verdicts.value(validity));
        return new Results(validity, wrong.isEmpty() ? List.of(check.sentence()) : wrong, map);
    }

    /**
     * Judges the history of a stored run again. What does not come from the history stays as it was stored.
     *
     * @param stored the result map of the run
     */
    public static <I, O> Results again(
            Workload<I, O> workload,
            List<Operation<I, O>> history,
            Optional<Availability> required,
            SequencedMap<String, Object> stored) {
        var stats = Stats.of(workload, history);
        var wrong = new ArrayList<String>();
        var failure = stored.get("failure");
        if (failure instanceof Map<?, ?> told) {
            wrong.add(told.get("sentence") + ".");
        }
        var check = failure == null ? workload.check(history) : brokeOff();
        if (failure == null && check.validity() != Validity.VALID) {
            wrong.add(check.sentence());
        }
        stats.neverServed().forEach(function -> wrong.add("No " + function + " was served."));
        var available = availability(stats, required, wrong);
        if (stored.get("availability") instanceof Map<?, ?> before && before.containsKey(OUTSIDE_FAULTS)) {
            available.put(OUTSIDE_FAULTS, before.get(OUTSIDE_FAULTS));
        }
        var map = new LinkedHashMap<>(stored);
        map.put("stats", stats.toMap());
        map.put("availability", available);
        map.put("workload", workload(check));
        var validity = Verdicts.of(failure == null)
                .and(check.validity())
                .and(stats.validity())
                .and(Verdicts.of(Boolean.TRUE.equals(available.get("valid?"))));
        map.put("valid?", Verdicts.value(validity));
        return new Results(validity, wrong.isEmpty() ? List.of(check.sentence()) : wrong, map);
    }

    /** What a checker says of a history of which there is nothing but the history. */
    public static Results of(CheckResult check, SequencedMap<String, Object> counts) {
        var map = figures();
        map.put("stats", counts);
        map.put("workload", workload(check));
        map.put("valid?", Verdicts.value(check.validity()));
        return new Results(check.validity(), List.of(check.sentence()), map);
    }

    private static CheckResult brokeOff() {
        return new CheckResult(Validity.UNKNOWN, "The run broke off, so its history is not judged.", figures());
    }

    private static List<String> sentences(RunFailure failure) {
        var sentences = new ArrayList<String>();
        sentences.add(failure.sentence() + ".");
        failure.line().ifPresent(line -> sentences.add("The line is: " + line.text()));
        if (!failure.logTail().isEmpty()) {
            sentences.add("The end of the log of " + failure.node() + ":\n  " + String.join("\n  ", failure.logTail()));
        }
        return sentences;
    }

    private static SequencedMap<String, Object> availability(
            Stats stats, Optional<Availability> required, List<String> wrong) {
        double fraction = stats.okFraction();
        boolean enough = required.isEmpty() || fraction >= required.get().okFractionMin();
        if (!enough) {
            wrong.add("Of all operations, the fraction " + fraction + " was served, less than the "
                    + required.get().okFractionMin() + " required.");
        }
        var map = figures();
        map.put("valid?", enough);
        map.put("ok-fraction", fraction);
        return map;
    }

    /** Plots are drawn, never judged. */
    private static SequencedMap<String, Object> perf() {
        var map = figures();
        map.put("latency-graph", valid());
        map.put("rate-graph", valid());
        map.put("valid?", true);
        return map;
    }

    private static SequencedMap<String, Object> exceptions(RunResult<?, ?> run) {
        var map = valid();
        if (run.problems().count() > 0) {
            map.put("malformed-count", run.problems().count());
            map.put("malformed", run.problems().sentences());
        }
        return map;
    }

    private static SequencedMap<String, Object> net(NetworkCounts counts, int operations) {
        var map = figures();
        map.put("all", tally(counts.all(), operations));
        map.put("clients", tally(counts.clients(), 0));
        map.put("servers", tally(counts.servers(), operations));
        map.put("valid?", true);
        return map;
    }

    private static SequencedMap<String, Object> tally(Tally tally, int operations) {
        var map = figures();
        map.put("send-count", tally.sent());
        map.put("recv-count", tally.received());
        map.put("msg-count", tally.sent());
        if (operations > 0) {
            map.put("msgs-per-op", (float) tally.sent() / operations);
        }
        return map;
    }

    private static SequencedMap<String, Object> workload(CheckResult check) {
        var map = figures();
        map.put("valid?", Verdicts.value(check.validity()));
        map.put("sentence", check.sentence());
        map.putAll(check.details());
        return map;
    }

    private static SequencedMap<String, Object> failure(RunFailure failure) {
        var map = figures();
        map.put("valid?", false);
        map.put("node", failure.node());
        map.put("sentence", failure.sentence());
        failure.line().ifPresent(line -> {
            map.put("line-number", line.number());
            map.put("line", line.text());
        });
        map.put("log-tail", failure.logTail());
        return map;
    }

    private static SequencedMap<String, Object> valid() {
        var map = figures();
        map.put("valid?", true);
        return map;
    }

    private static SequencedMap<String, Object> figures() {
        return new LinkedHashMap<>();
    }
}

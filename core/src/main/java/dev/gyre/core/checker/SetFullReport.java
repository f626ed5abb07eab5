package dev.gyre.core.checker;

import dev.gyre.core.history.Operation;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;

/** Puts what is known of all elements into a verdict, figures and a sentence. */
final class SetFullReport {
    /** How many of the stalest elements are described; as many as Jepsen shows. */
    private static final int WORST_STALE_MAX = 8;

    private static final List<String> QUANTILES = List.of("0", "0.5", "0.95", "0.99", "1");

    private final int reads;
    private final List<SetElement> attempted;
    private final List<SetElement> stable;
    private final List<SetElement> lost;
    private final List<SetElement> neverRead;
    private final List<SetElement> stale;
    private final List<SetElement> duplicated;
    private final List<SetElement> unexpected;

    /** Takes the elements in ascending order, and how many reads there were. */
    SetFullReport(List<SetElement> elements, int reads) {
        this.reads = reads;
        attempted = filter(elements, element -> element.add != null);
        stable = filter(attempted, element -> element.fate() == SetElement.Fate.STABLE);
        lost = filter(attempted, element -> element.fate() == SetElement.Fate.LOST);
        neverRead = filter(attempted, element -> element.fate() == SetElement.Fate.NEVER_READ);
        stale = filter(stable, element -> element.stableLatencyMillis() > 0);
        duplicated = filter(elements, element -> element.duplicating != null);
        unexpected = filter(elements, SetElement::isUnexpected);
    }

    CheckResult result() {
        var broken = lostSentence().or(this::unexpectedSentence).or(this::duplicatedSentence);
        if (broken.isPresent()) {
            return new CheckResult(Validity.INVALID, broken.get(), details());
        }
        if (stable.isEmpty()) {
            String why = reads == 0 ? "no read was answered" : "no read shows an element to stay";
            return new CheckResult(Validity.UNKNOWN, "Nothing can be judged: " + why + ".", details());
        }
        String sentence = stable.size() + " of " + Phrases.count(attempted.size(), "element", "elements")
                + " stayed visible in " + Phrases.count(reads, "read", "reads") + ", and none was lost.";
        return new CheckResult(Validity.VALID, sentence, details());
    }

    private SequencedMap<String, Object> details() {
        var details = new LinkedHashMap<String, Object>();
        details.put("attempt-count", attempted.size());
        details.put("stable-count", stable.size());
        putElements(details, "lost", lost);
        putElements(details, "stale", stale);
        putElements(details, "never-read", neverRead);
        var copies = new LinkedHashMap<String, Object>();
        duplicated.forEach(element -> copies.put(Long.toString(element.value), element.copiesMax));
        details.put("duplicated", copies);
        details.put("duplicated-count", duplicated.size());
        putElements(details, "unexpected", unexpected);
        details.put(
                "stable-latencies",
                quantiles(stable.stream()
                        .mapToLong(SetElement::stableLatencyMillis)
                        .toArray()));
        details.put(
                "lost-latencies",
                quantiles(lost.stream().mapToLong(SetElement::lostLatencyMillis).toArray()));
        details.put(
                "worst-stale",
                stale.stream()
                        .sorted(Comparator.comparingLong(SetElement::stableLatencyMillis)
                                .reversed())
                        .limit(WORST_STALE_MAX)
                        .map(SetFullReport::describeStale)
                        .toList());
        return details;
    }

    private static List<SetElement> filter(List<SetElement> elements, Predicate<SetElement> wanted) {
        return elements.stream().filter(wanted).toList();
    }

    private static void putElements(SequencedMap<String, Object> details, String key, List<SetElement> elements) {
        details.put(key, elements.stream().map(element -> element.value).toList());
        details.put(key + "-count", elements.size());
    }

    /** The values at Jepsen's quantiles: {@code sorted[min(n-1, floor(n*p))]}; nothing when there are no values. */
    private static SequencedMap<String, Object> quantiles(long[] millis) {
        var result = new LinkedHashMap<String, Object>();
        if (millis.length > 0) {
            Arrays.sort(millis);
            for (String quantile : QUANTILES) {
                int place = (int) Math.floor(millis.length * Double.parseDouble(quantile));
                result.put(quantile, millis[Math.min(millis.length - 1, place)]);
            }
        }
        return result;
    }

    private static SequencedMap<String, Object> describeStale(SetElement element) {
        var description = new LinkedHashMap<String, Object>();
        description.put("element", element.value);
        description.put("stable-latency", element.stableLatencyMillis());
        description.put("known", Objects.requireNonNull(element.known).index());
        description.put(
                "last-absent", Objects.requireNonNull(element.lastAbsent).index());
        return description;
    }

    private Optional<String> lostSentence() {
        return lost.stream().findFirst().map(element -> {
            var known = Objects.requireNonNull(element.known);
            var present = element.lastPresent;
            return "Element " + element.value + " is lost: "
                    + (known.input() instanceof SetInput.Add ? "its add was acknowledged " : "a read shows it ")
                    + Phrases.where(known)
                    + (present == null || present.index() == known.index()
                            ? ""
                            : ", a read still shows it " + Phrases.where(present))
                    + ", but a later read misses it " + Phrases.where(Objects.requireNonNull(element.lastAbsent))
                    + ", and none shows it after.";
        });
    }

    private Optional<String> unexpectedSentence() {
        return unexpected.stream().findFirst().map(element -> {
            Operation<SetInput, SetOutput> add = element.add;
            String why;
            if (add == null) {
                why = "which nobody added";
            } else if (add.isOk() || add.isUnknown()) {
                why = "before its add began " + Phrases.where(add);
            } else {
                why = "whose add failed " + Phrases.where(add);
            }
            return "A read " + Phrases.where(Objects.requireNonNull(element.firstPresent)) + " shows element "
                    + element.value + ", " + why + ".";
        });
    }

    private Optional<String> duplicatedSentence() {
        return duplicated.stream()
                .findFirst()
                .map(element -> "A read " + Phrases.where(Objects.requireNonNull(element.duplicating))
                        + " holds element " + element.value + " " + element.copiesMax + " times.");
    }
}

package dev.gyre.maelstrom.mutants;

import dev.gyre.core.checker.Validity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Hunts each mutant from several first seeds, and prints how many seeds it takes; then the right nodes with the same seeds. */
public final class MutantBenchmark {
    private static final int SEEDS_MAX = 200;
    /** Of a mutant that takes luck: enough to tell whether there is any. */
    private static final int RARE_SEEDS_MAX = 300;

    /** Far apart, so that no hunt sees a seed of another. */
    private static final List<Long> STARTS = List.of(1L, 1_001L, 2_001L, 3_001L, 4_001L);

    private static final int SENTENCE_CHARS = 100;

    private final Map<String, int[]> seedsUsed = new LinkedHashMap<>();
    private final List<Double> medians = new ArrayList<>();
    private int accused;

    private MutantBenchmark() {}

    /**
     * Prints the table; ends with 1 when a mutant was not found, or a right node was accused.
     *
     * @param args the workloads to look at; none for all
     */
    public static void main(String[] args) {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off");
        System.exit(new MutantBenchmark().run(List.of(args)) ? 0 : 1);
    }

    private boolean run(List<String> workloads) {
        var mutants = Hunt.mutants().stream()
                .filter(mutant -> workloads.isEmpty() || workloads.contains(mutant.workload()))
                .toList();
        if (mutants.isEmpty()) {
            System.err.println("error: no mutants for " + workloads + "; name workloads, or none for all");
            return false;
        }
        System.out.println(
                "| workload | mutant | seeds to find it: min / median / max | for example |\n|---|---|---|---|");
        mutants.stream().filter(mutant -> !mutant.isRare()).forEach(this::hunt);
        System.out.println(
                "\nThat take luck, and that nobody has to find:\n\n| workload | mutant | seeds | for example |\n|---|---|---|---|");
        mutants.stream().filter(Mutant::isRare).forEach(this::huntWithLuck);
        System.out.println("\nThe right nodes with the same seeds:\n\n| right node | seeds | accused |\n|---|---|---|");
        seedsUsed.forEach(this::acquit);
        long required = mutants.stream().filter(mutant -> !mutant.isRare()).count();
        System.out.printf(
                Locale.ROOT,
                "%n%d of %d mutants found from each of %d first seeds; the median of the medians is %.0f, their maximum %.0f;"
                        + " right nodes were accused %d times.%n",
                medians.size(),
                required,
                STARTS.size(),
                medians.isEmpty() ? 0.0 : medians.stream().sorted().toList().get(medians.size() / 2),
                medians.stream().mapToDouble(median -> median).max().orElse(0),
                accused);
        return medians.size() == required && accused == 0;
    }

    private void hunt(Mutant mutant) {
        var hunts =
                STARTS.stream().map(first -> Hunt.of(mutant, first, SEEDS_MAX)).toList();
        var used = seedsUsed.computeIfAbsent(mutant.workload(), first -> new int[STARTS.size()]);
        IntStream.range(0, used.length)
                .forEach(i -> used[i] = Math.max(used[i], hunts.get(i).seeds().orElse(SEEDS_MAX)));
        var found = hunts.stream()
                .flatMapToInt(hunt -> hunt.seeds().stream())
                .sorted()
                .toArray();
        var figures = "found from " + found.length + " of " + hunts.size();
        if (found.length == hunts.size()) {
            medians.add((double) found[found.length / 2]);
            figures = found[0] + " / " + found[found.length / 2] + " / " + found[found.length - 1];
        }
        System.out.println("| " + mutant.workload() + " | " + mutant.name() + " | " + figures + " | "
                + cut(hunts.getFirst().sentence()) + " |");
    }

    private void huntWithLuck(Mutant mutant) {
        var hunt = Hunt.of(mutant, STARTS.getFirst(), RARE_SEEDS_MAX);
        var seeds = hunt.seeds().isPresent() ? hunt.seeds().getAsInt() + "" : "none of " + RARE_SEEDS_MAX;
        System.out.println(
                "| " + mutant.workload() + " | " + mutant.name() + " | " + seeds + " | " + cut(hunt.sentence()) + " |");
    }

    private void acquit(String workload, int[] used) {
        var right = Bed.right(workload);
        var wrong = new ArrayList<String>();
        int runs = 0;
        for (int i = 0; i < used.length; i++) {
            for (long seed = STARTS.get(i); seed < STARTS.get(i) + used[i]; seed++, runs++) {
                var results = Bed.run(workload, right, seed);
                if (results.validity() == Validity.INVALID) {
                    wrong.add("seed " + seed + ": " + cut(results.sentences().getFirst()));
                }
            }
        }
        accused += wrong.size();
        System.out.println(
                "| " + workload + " | " + runs + " | " + (wrong.isEmpty() ? "never" : String.join("; ", wrong)) + " |");
    }

    private static String cut(String sentence) {
        var line = sentence.replace('\n', ' ').replace('|', '/');
        return line.length() <= SENTENCE_CHARS ? line : line.substring(0, SENTENCE_CHARS) + "…";
    }
}

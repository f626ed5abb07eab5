package dev.gyre.maelstrom.mutants;

import dev.gyre.core.checker.Validity;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * One search for a mutant.
 *
 * @param seeds how many seeds it took, the one that shows it included; nothing when it was not found
 * @param sentence what the verdict says of it, or what was found instead, or nothing
 */
record Hunt(OptionalInt seeds, String sentence) {
    /** All mutants, by workload. */
    static List<Mutant> mutants() {
        return Stream.of(
                        PlainMutants.all(),
                        SetMutants.all(),
                        CounterMutants.all(),
                        StoreMutants.all(),
                        KafkaMutants.all(),
                        TxnMutants.all(),
                        TotalsMutants.all())
                .flatMap(List::stream)
                .toList();
    }

    /** Runs a mutant with one seed after another until its anomaly shows. */
    static Hunt of(Mutant mutant, long first, int seedsMax) {
        String other = "";
        for (int i = 0; i < seedsMax; i++) {
            var results = Bed.run(mutant.workload(), mutant.program(), first + i);
            if (results.validity() == Validity.INVALID) {
                var sentence = results.sentences().getFirst();
                if (mutant.anomaly().matcher(sentence).find()) {
                    return new Hunt(OptionalInt.of(i + 1), sentence);
                }
                other = "caught for something else: " + sentence;
            }
        }
        return new Hunt(OptionalInt.empty(), other);
    }
}

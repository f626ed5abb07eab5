package dev.gyre.maelstrom.cli;

import dev.gyre.core.checker.elle.ConsistencyModel;
import dev.gyre.maelstrom.workload.Workloads;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Option;

/** The flags of workloads with keys and transactions, as Maelstrom has them. */
final class KeyFlags {
    @Option(
            names = "--consistency-models",
            paramLabel = "MODELS",
            defaultValue = "strict-serializable",
            description = "For workloads with transactions: the models that must hold, separated by commas. Default:"
                    + " ${DEFAULT-VALUE}.")
    private String consistencyModels = "";

    @Option(
            names = "--max-txn-length",
            paramLabel = "N",
            defaultValue = "4",
            description = "For workloads with transactions: the most operations in one. Default: ${DEFAULT-VALUE}.")
    private int maxTxnLength;

    @Option(
            names = "--key-count",
            paramLabel = "N",
            defaultValue = "10",
            description = "For kafka and workloads with transactions: how many keys are in use at a time. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int keyCount;

    @Option(
            names = "--max-writes-per-key",
            paramLabel = "N",
            defaultValue = "16",
            description =
                    "For kafka and workloads with transactions: the most writes to a key, before another takes its"
                            + " place. Default: ${DEFAULT-VALUE}.")
    private int maxWritesPerKey;

    /**
     * How keys are used.
     *
     * @throws UsageError when a number is below 1 or too large
     */
    Workloads.Keys settings() {
        FlagValues.fromOneTo(Workloads.Keys.MAX, "--max-txn-length", maxTxnLength);
        FlagValues.fromOneTo(Workloads.Keys.MAX, "--key-count", keyCount);
        FlagValues.atLeastOne("--max-writes-per-key", maxWritesPerKey);
        return new Workloads.Keys(keyCount, maxWritesPerKey, maxTxnLength);
    }

    /**
     * The models that transactions must hold to.
     *
     * @throws UsageError when one of them is unknown
     */
    Set<ConsistencyModel> models() {
        return models(consistencyModels);
    }

    /**
     * The models of these names, separated by commas.
     *
     * @throws UsageError when one of them is unknown
     */
    static Set<ConsistencyModel> models(String names) {
        var models = EnumSet.noneOf(ConsistencyModel.class);
        for (var name : names.split(",", -1)) {
            models.add(model(name.strip()));
        }
        return models;
    }

    private static ConsistencyModel model(String name) {
        try {
            return ConsistencyModel.named(name);
        } catch (IllegalArgumentException e) {
            var known = Arrays.stream(ConsistencyModel.values())
                    .map(ConsistencyModel::label)
                    .toList();
            throw FlagValues.unknown("consistency model", name, known);
        }
    }
}

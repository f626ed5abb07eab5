package dev.gyre.core.checker.elle;

import dev.gyre.core.checker.CheckResult;
import dev.gyre.core.checker.elle.graph.CycleFinder;
import dev.gyre.core.checker.elle.graph.DependencyGraph;
import dev.gyre.core.history.Operation;
import java.util.List;
import java.util.Set;

/**
 * Judges transactions over lists that are appended to and read (Elle, "list-append").
 *
 * <p>Elements are unique a list, so a read shows the order of the appends, and from the longest read of each list nearly
 * every dependency between transactions is known. For serializability, alone or with the order of processes or of real
 * time, the verdict is exact: a history that is called valid has a serial order that explains every read of it, one that
 * is called invalid has none.
 *
 * <p>A transaction whose outcome is unknown counts as done if something it wrote was read, and otherwise not. A failed
 * one must leave no trace.
 *
 * <p>The details of the result have {@code anomaly-types} (what the models asked for forbid), {@code also-anomalies}
 * (what they allow), {@code anomalies} (each type with up to 16 cases, cycles step by step), {@code not} (the weakest
 * models that cannot hold) and {@code also-not} (the stronger ones).
 */
public final class ListAppendChecker {
    /**
     * The most dependencies that a checker looks at unless told otherwise: about 300 MB of them. A healthy history has
     * three or four a transaction.
     */
    public static final int DEPENDENCIES_MAX_DEFAULT = 8_000_000;

    private final Set<ConsistencyModel> models;
    private final int dependenciesMax;

    /** Judges by these models, at least one; orders of processes and of real time count only if one of them does. */
    public ListAppendChecker(Set<ConsistencyModel> models) {
        this(models, DEPENDENCIES_MAX_DEFAULT);
    }

    /**
     * Judges by these models within a budget. If a history has more dependencies than that, and those within it show
     * nothing bad, the verdict is unknown.
     *
     * @param models what should hold, at least one
     * @param dependenciesMax the most dependencies to look at, at least 1; those of real time cost nothing
     */
    public ListAppendChecker(Set<ConsistencyModel> models, int dependenciesMax) {
        this.models = Models.checked(models);
        this.dependenciesMax = Models.checkedMax(dependenciesMax);
    }

    /** Judges a history. Answers must repeat their requests with the elements of reads filled in. */
    public CheckResult check(List<Operation<List<ListOp>, List<ListOp>>> history) {
        var findings = new Findings();
        var transactions = new Transactions<>(history, ListAppendChecker::answers);
        var verdict = new Verdict<>(models, transactions, findings, Texts::of);
        var versions = new ListVersions(transactions);
        if (versions.repeated().isPresent()) {
            return verdict.unknown(
                    "Cannot judge: " + versions.repeated().get() + ", so nobody can tell which transaction wrote it.");
        }
        for (int t : transactions.unexpected()) {
            findings.add(AnomalyType.UNEXPECTED_REPLY, Models.unexpected(transactions, t));
        }
        new ListScan(transactions, versions, findings).run();
        var order = ConsistencyModel.order(models);
        var graph = new DependencyGraph.Builder(transactions.size(), dependenciesMax);
        var edges = new ListEdges(transactions, versions, graph);
        edges.run();
        transactions.vertices().addOrder(graph, order);
        findings.addCycles(CycleFinder.find(graph.build(), order), edges::explain);
        return verdict.of(Models.dependencies(graph), !graph.full());
    }

    private static boolean answers(ListOp request, ListOp answer) {
        return (request instanceof ListOp.Read && answer instanceof ListOp.Read)
                ? request.key().equals(answer.key())
                : request.equals(answer);
    }
}

package dev.gyre.core.checker.elle;

import dev.gyre.core.checker.CheckResult;
import dev.gyre.core.checker.elle.graph.CycleFinder;
import dev.gyre.core.checker.elle.graph.DependencyGraph;
import dev.gyre.core.history.Operation;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Judges transactions over registers that are overwritten and read (Elle, "rw-register").
 *
 * <p>A value shows who wrote it, but not which value it replaced. What can be inferred of the order of versions is
 * that the initial one is first, that a transaction's write follows what it had read of the same register (which
 * read-committed implies, and which is taken for granted of read-uncommitted), and, if
 * {@linkplain KeyAssumption assumed}, what processes or real time say. So the verdict is sound but not complete: what
 * is called invalid is, while an anomaly may hide among versions whose order nobody can tell. The details say how much
 * is known: {@code version-edge-count} pairs of versions were put in order, of {@code version-pair-count}.
 *
 * <p>A transaction whose outcome is unknown counts as done if something it wrote was read. A failed one must leave no
 * trace. The other details are those of {@link ListAppendChecker}.
 */
public final class RwRegisterChecker {
    private final Set<ConsistencyModel> models;
    private final Set<KeyAssumption> assumptions;
    private final int dependenciesMax;

    /** Judges by these models, at least one, and assumes nothing of keys. */
    public RwRegisterChecker(Set<ConsistencyModel> models) {
        this(models, Set.of(), ListAppendChecker.DEPENDENCIES_MAX_DEFAULT);
    }

    /**
     * Judges by these models within a budget. If a history has more dependencies than that, and those within it show
     * nothing bad, the verdict is unknown.
     *
     * @param models what should hold, at least one
     * @param assumptions what is taken for granted of each key
     * @param dependenciesMax the most dependencies, of transactions and of versions, to look at, at least 1
     */
    public RwRegisterChecker(Set<ConsistencyModel> models, Set<KeyAssumption> assumptions, int dependenciesMax) {
        this.models = Models.checked(models);
        this.assumptions = EnumSet.noneOf(KeyAssumption.class);
        this.assumptions.addAll(assumptions);
        this.dependenciesMax = Models.checkedMax(dependenciesMax);
    }

    /** Judges a history. Answers must repeat their requests with the values of reads filled in. */
    public CheckResult check(List<Operation<List<RegisterOp>, List<RegisterOp>>> history) {
        var findings = new Findings();
        var transactions = new Transactions<>(history, RwRegisterChecker::answers);
        var verdict = new Verdict<>(models, transactions, findings, Texts::of);
        var versions = new RegisterVersions(transactions);
        if (versions.repeated().isPresent()) {
            return verdict.unknown(
                    "Cannot judge: " + versions.repeated().get() + ", so nobody can tell which transaction wrote it.");
        }
        for (int t : transactions.unexpected()) {
            findings.add(AnomalyType.UNEXPECTED_REPLY, Models.unexpected(transactions, t));
        }
        new RegisterScan(transactions, versions, findings).run();
        var versionOrder = new VersionOrder(transactions, versions, findings, dependenciesMax);
        versionOrder.run(assumptions);
        var order = ConsistencyModel.order(models);
        var graph = new DependencyGraph.Builder(transactions.size(), dependenciesMax);
        var edges = new RegisterEdges(transactions, versions, versionOrder, graph);
        edges.run();
        transactions.vertices().addOrder(graph, order);
        findings.addCycles(CycleFinder.find(graph.build(), order), edges::explain);
        var counts = Models.dependencies(graph);
        counts.put("version-edge-count", versionOrder.pairs().size());
        counts.put("version-pair-count", versionOrder.pairCount());
        return verdict.of(counts, !graph.full() && !versionOrder.full());
    }

    private static boolean answers(RegisterOp request, RegisterOp answer) {
        return (request instanceof RegisterOp.Read && answer instanceof RegisterOp.Read)
                ? request.key().equals(answer.key())
                : request.equals(answer);
    }
}

package dev.gyre.core.checker.elle;

import dev.gyre.core.checker.elle.graph.CycleKind.Order;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a database promises about its transactions, told by the anomalies that it forbids. The lattice is Elle's, which
 * takes it from Adya ("Weak Consistency"), Bailis et al. ("Highly Available Transactions"), Cerone et al. ("A Framework
 * for Transactional Consistency Models with Atomic Visibility") and Daudjee and Salem ("Lazy Database Replication with
 * Ordering Guarantees"), without what no test over keys can tell apart.
 */
// The lists and sets are unmodifiable, which their types cannot tell Error Prone.
@SuppressWarnings("ImmutableEnumChecker")
public enum ConsistencyModel {
    /** Writes do not interleave in a cycle. */
    READ_UNCOMMITTED(
            List.of("read-uncommitted", "PL-1"),
            List.of(),
            List.of(
                    AnomalyType.G0,
                    AnomalyType.DUPLICATE_ELEMENTS,
                    AnomalyType.CYCLIC_VERSIONS,
                    AnomalyType.UNWRITTEN_READ,
                    AnomalyType.UNEXPECTED_REPLY)),
    /** And reads see only what was committed, in its final form, and flow in no circle. */
    READ_COMMITTED(
            List.of("read-committed", "PL-2"),
            List.of(READ_UNCOMMITTED),
            List.of(AnomalyType.G1A, AnomalyType.G1B, AnomalyType.G1C)),
    /** And a transaction's writes show all at once. Judged as read-committed: no anomaly here stands for the difference. */
    MONOTONIC_ATOMIC_VIEW(List.of("monotonic-atomic-view"), List.of(READ_COMMITTED), List.of()),
    /** And a transaction agrees with itself. */
    READ_ATOMIC(
            List.of("read-atomic"),
            List.of(MONOTONIC_ATOMIC_VIEW),
            List.of(AnomalyType.INTERNAL, AnomalyType.FUTURE_READ)),
    /** Read-committed, and no update is lost. */
    CURSOR_STABILITY(List.of("cursor-stability", "PL-CS"), List.of(READ_COMMITTED), List.of(AnomalyType.LOST_UPDATE)),
    /** What was read stays as it was until the end of the transaction. */
    REPEATABLE_READ(
            List.of("repeatable-read", "PL-2.99"),
            List.of(CURSOR_STABILITY, MONOTONIC_ATOMIC_VIEW),
            List.of(AnomalyType.G2_ITEM)),
    /** Snapshots that need not be of one order. */
    PARALLEL_SNAPSHOT_ISOLATION(
            List.of("parallel-snapshot-isolation"), List.of(READ_ATOMIC), List.of(AnomalyType.LOST_UPDATE)),
    /** Every transaction reads from a snapshot, and of two at once that write a key one gives way. */
    SNAPSHOT_ISOLATION(
            List.of("snapshot-isolation", "PL-SI"),
            List.of(PARALLEL_SNAPSHOT_ISOLATION),
            List.of(AnomalyType.G_NONADJACENT)),
    /** As if transactions ran one after the other. */
    SERIALIZABLE(
            List.of("serializable", "PL-3", "conflict-serializable"),
            List.of(REPEATABLE_READ, SNAPSHOT_ISOLATION),
            List.of(AnomalyType.G2_ITEM)),
    /** Read-uncommitted, with the writes of a process in its order. */
    STRONG_SESSION_READ_UNCOMMITTED(
            List.of("strong-session-read-uncommitted", "strong-session-PL-1"),
            List.of(READ_UNCOMMITTED),
            List.of(AnomalyType.G0_PROCESS)),
    /** Read-committed, in the order of each process. */
    STRONG_SESSION_READ_COMMITTED(
            List.of("strong-session-read-committed", "strong-session-PL-2"),
            List.of(READ_COMMITTED, STRONG_SESSION_READ_UNCOMMITTED),
            List.of(AnomalyType.G1C_PROCESS)),
    /** Snapshots that are no older than what the process saw before. */
    STRONG_SESSION_SNAPSHOT_ISOLATION(
            List.of("strong-session-snapshot-isolation"),
            List.of(SNAPSHOT_ISOLATION, STRONG_SESSION_READ_COMMITTED),
            List.of(AnomalyType.G_NONADJACENT_PROCESS)),
    /** Serializable, in an order that agrees with that of each process. */
    STRONG_SESSION_SERIALIZABLE(
            List.of("strong-session-serializable", "strict-session-serializable"),
            List.of(SERIALIZABLE, STRONG_SESSION_SNAPSHOT_ISOLATION),
            List.of(AnomalyType.G2_ITEM_PROCESS)),
    /** Read-uncommitted, with writes in the order of real time. */
    STRONG_READ_UNCOMMITTED(
            List.of("strong-read-uncommitted", "strong-PL-1"),
            List.of(STRONG_SESSION_READ_UNCOMMITTED),
            List.of(AnomalyType.G0_REALTIME)),
    /** Read-committed, in the order of real time. */
    STRONG_READ_COMMITTED(
            List.of("strong-read-committed", "strong-PL-2"),
            List.of(STRONG_SESSION_READ_COMMITTED, STRONG_READ_UNCOMMITTED),
            List.of(AnomalyType.G1C_REALTIME)),
    /** Snapshots of the moment at which the transaction began. */
    STRONG_SNAPSHOT_ISOLATION(
            List.of("strong-snapshot-isolation"),
            List.of(STRONG_SESSION_SNAPSHOT_ISOLATION, STRONG_READ_COMMITTED),
            List.of(AnomalyType.G_NONADJACENT_REALTIME)),
    /** Serializable, in an order that agrees with real time. */
    STRICT_SERIALIZABLE(
            List.of("strict-serializable", "PL-SS", "strong-serializable"),
            List.of(STRONG_SESSION_SERIALIZABLE, STRONG_SNAPSHOT_ISOLATION),
            List.of(AnomalyType.G2_ITEM_REALTIME));

    private final List<String> names;
    private final List<ConsistencyModel> weaker;
    private final Set<AnomalyType> forbidden;

    ConsistencyModel(List<String> names, List<ConsistencyModel> weaker, List<AnomalyType> forbids) {
        this.names = names;
        this.weaker = weaker;
        var all = EnumSet.noneOf(AnomalyType.class);
        for (var model : weaker) {
            all.addAll(model.forbidden);
        }
        for (var type : AnomalyType.values()) {
            if (!Collections.disjoint(type.implied(), forbids)) {
                all.add(type);
            }
        }
        forbidden = Collections.unmodifiableSet(all);
    }

    /** The name by which the command line and results know it, such as {@code repeatable-read}. */
    public String label() {
        return names.getFirst();
    }

    /** Every anomaly that shows the model does not hold, in the order of {@link AnomalyType}. */
    public Set<AnomalyType> forbidden() {
        return forbidden;
    }

    /**
     * The model of a name or an alias, such as Adya's {@code PL-2.99}; letters may be of either case.
     *
     * @throws IllegalArgumentException with the names there are, if it is none
     */
    public static ConsistencyModel named(String name) {
        for (var model : values()) {
            for (var alias : model.names) {
                if (alias.equalsIgnoreCase(name)) {
                    return model;
                }
            }
        }
        var known = new ArrayList<String>();
        for (var model : values()) {
            known.addAll(model.names);
        }
        throw new IllegalArgumentException(
                "there is no consistency model '" + name + "'; known are " + String.join(", ", known));
    }

    /** The models that cannot hold where these anomalies are. */
    static Set<ConsistencyModel> ruledOutBy(Set<AnomalyType> anomalies) {
        var out = EnumSet.noneOf(ConsistencyModel.class);
        for (var model : values()) {
            if (!Collections.disjoint(model.forbidden, anomalies)) {
                out.add(model);
            }
        }
        return out;
    }

    /** Of some models, those that are not merely stronger than another of them. */
    static Set<ConsistencyModel> weakest(Set<ConsistencyModel> models) {
        var weakest = EnumSet.noneOf(ConsistencyModel.class);
        for (var model : models) {
            if (model.weakerThan(EnumSet.noneOf(ConsistencyModel.class)).stream()
                    .noneMatch(models::contains)) {
                weakest.add(model);
            }
        }
        return weakest;
    }

    /** What order a checker must know to judge these models. */
    static Order order(Set<ConsistencyModel> models) {
        var order = Order.DATA;
        for (var model : models) {
            for (var type : model.forbidden) {
                order = type.order().compareTo(order) > 0 ? type.order() : order;
            }
        }
        return order;
    }

    private Set<ConsistencyModel> weakerThan(Set<ConsistencyModel> collected) {
        for (var model : weaker) {
            if (collected.add(model)) {
                model.weakerThan(collected);
            }
        }
        return collected;
    }
}

package dev.gyre.core.checker.elle;

import dev.gyre.core.checker.elle.graph.CycleKind;
import dev.gyre.core.checker.elle.graph.CycleKind.Order;
import dev.gyre.core.checker.elle.graph.CycleKind.Shape;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What can be wrong with a history of transactions, the plainest first: of several, the first makes the best headline.
 * Names are Adya's ("Weak Consistency", 1999) and Elle's; what Elle lacks is said to be ours.
 */
// The field is an optional record of enums, which is immutable; saying so to Error Prone takes a dependency.
@SuppressWarnings("ImmutableEnumChecker")
public enum AnomalyType {
    /** A reply that does not repeat its request. Ours. */
    UNEXPECTED_REPLY("unexpected-reply", "a reply that does not answer its request"),
    /** A read of a value that no transaction wrote. Ours for lists. */
    UNWRITTEN_READ("unwritten-read", "a read of a value that nobody wrote"),
    /** A list that holds an element twice. */
    DUPLICATE_ELEMENTS("duplicate-elements", "an element read twice in one list"),
    /** Versions of a register that come before each other. */
    CYCLIC_VERSIONS("cyclic-versions", "versions without an order"),
    /** A read of what a failed transaction wrote. */
    G1A("G1a", "an aborted read"),
    /** A committed append on top of a failed transaction's. */
    DIRTY_UPDATE("dirty-update", "an append that builds on an aborted one"),
    /** Reads of a list of which neither is the beginning of the other, or a transaction's appends in another order. */
    INCOMPATIBLE_ORDER("incompatible-order", "reads of one list that contradict each other"),
    /** A read of a value that its writer went on to overwrite. */
    G1B("G1b", "an intermediate read"),
    /** A transaction that does not see its own writes, or sees others' change under it. */
    INTERNAL("internal", "a transaction that contradicts itself"),
    /** A transaction that reads what it writes only later. */
    FUTURE_READ("future-read", "a read of a transaction's own later write"),
    /** A cycle of writes. */
    G0(new CycleKind(Shape.G0, Order.DATA), "a cycle of writes"),
    /** A cycle of writes and reads of them. */
    G1C(new CycleKind(Shape.G1C, Order.DATA), "a cycle of information flow"),
    /** Two transactions that read the same version and both replaced it. */
    LOST_UPDATE("lost-update", "a lost update"),
    /** A cycle with one anti-dependency. */
    G_SINGLE(new CycleKind(Shape.G_SINGLE, Order.DATA), "read skew"),
    /** A cycle with anti-dependencies, no two in a row. */
    G_NONADJACENT(new CycleKind(Shape.G_NONADJACENT, Order.DATA), "a long fork"),
    /** A cycle with anti-dependencies. */
    G2_ITEM(new CycleKind(Shape.G2_ITEM, Order.DATA), "write skew"),
    /** {@link #G0} with the order of a process. */
    G0_PROCESS(new CycleKind(Shape.G0, Order.PROCESS), "a cycle of writes and process order"),
    /** {@link #G1C} with the order of a process. */
    G1C_PROCESS(new CycleKind(Shape.G1C, Order.PROCESS), "a cycle of information flow and process order"),
    /** {@link #G_SINGLE} with the order of a process. */
    G_SINGLE_PROCESS(new CycleKind(Shape.G_SINGLE, Order.PROCESS), "a process that reads an older state"),
    /** {@link #G_NONADJACENT} with the order of a process. */
    G_NONADJACENT_PROCESS(new CycleKind(Shape.G_NONADJACENT, Order.PROCESS), "a long fork by process order"),
    /** {@link #G2_ITEM} with the order of a process. */
    G2_ITEM_PROCESS(new CycleKind(Shape.G2_ITEM, Order.PROCESS), "write skew by process order"),
    /** {@link #G0} with real time. */
    G0_REALTIME(new CycleKind(Shape.G0, Order.REALTIME), "a cycle of writes and real time"),
    /** {@link #G1C} with real time. */
    G1C_REALTIME(new CycleKind(Shape.G1C, Order.REALTIME), "a cycle of information flow and real time"),
    /** {@link #G_SINGLE} with real time. */
    G_SINGLE_REALTIME(new CycleKind(Shape.G_SINGLE, Order.REALTIME), "a stale read"),
    /** {@link #G_NONADJACENT} with real time. */
    G_NONADJACENT_REALTIME(new CycleKind(Shape.G_NONADJACENT, Order.REALTIME), "a long fork by real time"),
    /** {@link #G2_ITEM} with real time. */
    G2_ITEM_REALTIME(new CycleKind(Shape.G2_ITEM, Order.REALTIME), "write skew by real time");

    private final String label;
    private final String meaning;
    private final Optional<CycleKind> cycle;

    AnomalyType(String label, String meaning) {
        this.label = label;
        this.meaning = meaning;
        this.cycle = Optional.empty();
    }

    AnomalyType(CycleKind cycle, String meaning) {
        this.label = cycle.label();
        this.meaning = meaning;
        this.cycle = Optional.of(cycle);
    }

    /** The name by which results and the literature know it, such as {@code G-single-realtime}. */
    public String label() {
        return label;
    }

    /** What it is, in a few plain words, such as {@code a stale read}. */
    public String meaning() {
        return meaning;
    }

    /** This anomaly and all those that it is a case of: a model that forbids one of them forbids this one. */
    public Set<AnomalyType> implied() {
        var all = EnumSet.of(this);
        switch (this) {
            case DIRTY_UPDATE, INCOMPATIBLE_ORDER -> all.add(G1A);
            case FUTURE_READ -> all.addAll(G1C.implied());
            case LOST_UPDATE -> all.addAll(G2_ITEM.implied());
            default -> {
                for (var other : values()) {
                    if (cycle.isPresent()
                            && other.cycle.isPresent()
                            && cycle.get().implies(other.cycle.get())) {
                        all.add(other);
                    }
                }
            }
        }
        return Collections.unmodifiableSet(all);
    }

    /** The type of cycles of a kind. */
    static AnomalyType of(CycleKind kind) {
        for (var type : values()) {
            if (type.cycle.isPresent() && type.cycle.get().equals(kind)) {
                return type;
            }
        }
        throw new IllegalArgumentException("no anomaly is a cycle of kind " + kind.label());
    }

    /** What a checker must know beyond data to see it. */
    Order order() {
        return cycle.isPresent() ? cycle.get().order() : Order.DATA;
    }
}

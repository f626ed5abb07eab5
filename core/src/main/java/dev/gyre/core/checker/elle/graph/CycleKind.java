package dev.gyre.core.checker.elle.graph;

import java.util.EnumSet;
import java.util.List;

/**
 * A kind of cycle: what its data dependencies are, and what order they need to close.
 *
 * @param shape the data dependencies
 * @param order what else is in the cycle
 */
public record CycleKind(Shape shape, Order order) {
    /** Kinds of cycles by their data dependencies, worst first (Adya §3; G-nonadjacent is Cerone and Gotsman's). */
    public enum Shape {
        /** Writes alone. */
        G0("G0"),
        /** Writes, and reads of what was written. */
        G1C("G1c"),
        /** One anti-dependency. */
        G_SINGLE("G-single"),
        /** Several anti-dependencies, no two of them in a row. */
        G_NONADJACENT("G-nonadjacent"),
        /** Several anti-dependencies. */
        G2_ITEM("G2-item");

        private final String label;

        Shape(String label) {
            this.label = label;
        }
    }

    /** What order, other than that of data, a cycle rests on. Each holds those before it. */
    public enum Order {
        /** None. */
        DATA(""),
        /** The order of operations in one process. */
        PROCESS("-process"),
        /** The order in real time. */
        REALTIME("-realtime");

        private final String suffix;

        Order(String suffix) {
            this.suffix = suffix;
        }
    }

    /** The name in the literature, such as {@code G-single-realtime}. */
    public String label() {
        return shape.label + order.suffix;
    }

    /** Whether a cycle of this kind is, or shows, one of the other kind too. */
    public boolean implies(CycleKind other) {
        boolean shapeImplies = shape == other.shape
                || (shape == Shape.G0 && other.shape == Shape.G1C)
                || (shape.compareTo(Shape.G_SINGLE) >= 0 && shape.compareTo(other.shape) < 0);
        return shapeImplies && order.compareTo(other.order) <= 0;
    }

    /** The kind of a cycle, judged by its steps. */
    static CycleKind of(List<Step> steps) {
        var present = EnumSet.noneOf(Relation.class);
        int antiDependencies = 0;
        boolean adjacent = false;
        Relation previous = steps.getLast().relation();
        for (var step : steps) {
            present.add(step.relation());
            if (step.relation() == Relation.RW) {
                antiDependencies++;
                adjacent |= previous == Relation.RW;
            }
            previous = step.relation();
        }
        Shape shape = present.contains(Relation.WR) ? Shape.G1C : Shape.G0;
        if (antiDependencies == 1) {
            shape = Shape.G_SINGLE;
        } else if (antiDependencies > 1) {
            shape = adjacent ? Shape.G2_ITEM : Shape.G_NONADJACENT;
        }
        Order order = present.contains(Relation.PROCESS) ? Order.PROCESS : Order.DATA;
        if (present.contains(Relation.REALTIME)) {
            order = Order.REALTIME;
        }
        return new CycleKind(shape, order);
    }

    /** The relations that such a cycle may have, as bits. */
    int mask() {
        return orderMask()
                | switch (shape) {
                    case G0 -> Relation.WW.bit();
                    case G1C -> Relation.WW.bit() | Relation.WR.bit();
                    case G_SINGLE, G_NONADJACENT, G2_ITEM -> Relation.WW.bit() | Relation.WR.bit() | Relation.RW.bit();
                };
    }

    /** The relations that may close such a cycle once it has its {@linkplain #anchor() anchor}. */
    int closingMask() {
        return shape == Shape.G_SINGLE ? mask() & ~Relation.RW.bit() : mask();
    }

    /** A relation that such a cycle must have. */
    Relation anchor() {
        return switch (shape) {
            case G0 -> Relation.WW;
            case G1C -> Relation.WR;
            case G_SINGLE, G_NONADJACENT, G2_ITEM -> Relation.RW;
        };
    }

    /** Whether no two anti-dependencies may be in a row. */
    boolean nonadjacent() {
        return shape == Shape.G_SINGLE || shape == Shape.G_NONADJACENT;
    }

    private int orderMask() {
        return switch (order) {
            case DATA -> 0;
            case PROCESS -> Relation.PROCESS.bit();
            case REALTIME -> Relation.PROCESS.bit() | Relation.REALTIME.bit();
        };
    }
}

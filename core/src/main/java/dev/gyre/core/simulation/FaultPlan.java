package dev.gyre.core.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * When which fault strikes: data, so that a plan can be printed, written by hand, and shrunk. Times are from the beginning of
 * the run. Whatever the plan leaves broken is healed when chaos ends.
 *
 * @param steps what happens, in any order
 */
public record FaultPlan(List<Step> steps) {
    /** Nothing goes wrong. */
    public static final FaultPlan NONE = new FaultPlan(List.of());

    /**
     * One line of a plan.
     *
     * @param at when, from the beginning
     */
    public record Step(Duration at, Fault fault) {}

    /** Keeps a copy. */
    public FaultPlan {
        steps = List.copyOf(steps);
    }

    /** This plan with one more fault. */
    public FaultPlan with(Duration at, Fault fault) {
        var more = new ArrayList<>(steps);
        more.add(new Step(at, fault));
        return new FaultPlan(more);
    }

    /** This plan with a fault that is mended again. */
    public FaultPlan with(Duration from, Duration to, Fault fault, Fault mend) {
        return with(from, fault).with(to, mend);
    }
}

package dev.gyre.maelstrom.nemesis;

import dev.gyre.core.simulation.RandomStreams;
import dev.gyre.core.simulation.Timeline;
import dev.gyre.core.simulation.Timeline.Handle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Lets faults come and go while operations run. Each kind keeps its own time: it begins at once, and after a random time from 0
 * to twice the interval it ends, or begins again. The last step is always a repair.
 */
public final class Nemesis {
    private final Timeline timeline;
    private final FaultTarget target;
    private final long intervalNanos;
    private final Consumer<Step> observer;
    private final List<Cycle> cycles = new ArrayList<>();
    private final Map<String, String> active = new TreeMap<>();

    /**
     * What the nemesis did.
     *
     * @param fault the kind of fault
     * @param begins whether the fault began; otherwise it ended
     * @param description what was chosen, for people; at the end, what came of it, when that is not always the same
     * @param error why that came of it, for people; nothing when it is as it should be
     */
    public record Step(String fault, boolean begins, String description, Optional<String> error) {
        /** A step about which there is no more to say. */
        public Step(String fault, boolean begins, String description) {
            this(fault, begins, description, Optional.empty());
        }
    }

    /**
     * A nemesis at rest.
     *
     * @param intervalNanos the mean time between two steps of a kind, above 0
     * @param observer is told of each step, when it has been done
     */
    public Nemesis(Timeline timeline, FaultTarget target, long intervalNanos, Consumer<Step> observer) {
        this.timeline = timeline;
        this.target = target;
        this.intervalNanos = intervalNanos;
        this.observer = observer;
    }

    /** Begins to bring about some kinds of faults. */
    public void start(Collection<Fault> faults, RandomStreams random) {
        for (var fault : faults) {
            var cycle = new Cycle(fault, random.fork("fault " + fault.name()));
            cycles.add(cycle);
            cycle.begin();
        }
    }

    /** Repairs everything and rests for good. */
    public void stop() {
        cycles.forEach(Cycle::stop);
    }

    /** What is broken now, for people: descriptions by the kind of fault. */
    public Map<String, String> active() {
        return active;
    }

    private final class Cycle {
        private final Fault fault;
        private final RandomGenerator random;
        private Handle next = timeline.at(0, () -> {});

        Cycle(Fault fault, RandomGenerator random) {
            this.fault = fault;
            this.random = random;
        }

        void begin() {
            var description = fault.begin(target, random);
            active.put(fault.name(), description);
            observer.accept(new Step(fault.name(), true, description));
            schedule(this::end);
        }

        void end() {
            repair();
            schedule(this::begin);
        }

        void stop() {
            next.cancel();
            if (active.containsKey(fault.name())) {
                repair();
            }
        }

        private void repair() {
            fault.end(target);
            active.remove(fault.name());
            observer.accept(new Step(fault.name(), false, ""));
        }

        private void schedule(Runnable step) {
            next = timeline.after(random.nextLong(2 * intervalNanos + 1), step);
        }
    }
}

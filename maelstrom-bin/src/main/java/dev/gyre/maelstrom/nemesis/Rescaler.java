package dev.gyre.maelstrom.nemesis;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.ErrorCode;
import dev.gyre.core.simulation.Timeline;
import dev.gyre.core.simulation.Timeline.Handle;
import dev.gyre.maelstrom.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Asks nodes to change how many workers their dataflow has, while operations run and faults come and go. It is no {@link Fault}: a
 * rescale is asked for, and over when it is answered. The first is asked for at once, each other a random time from 0 to twice the
 * interval after the end of the one before. One that is not answered within the interval is waited for no longer, and nobody knows
 * what becomes of it.
 */
public final class Rescaler {
    /** Its name on the command line, and in histories. */
    public static final String NAME = "rescale";

    private static final int SHOWN_MAX = 200;

    private final Timeline timeline;
    private final Target target;
    private final long intervalNanos;
    private final RandomGenerator random;
    private final Consumer<Nemesis.Step> observer;
    private Handle next;
    private Optional<String> active = Optional.empty();
    private int lastWorkers;
    private boolean isStopped;
    private Runnable whenAtRest = () -> {};

    /** How a rescale ended. */
    public enum Ending {
        /** It is committed. */
        COMMITTED,
        /** It surely did not happen. */
        REFUSED,
        /** Nobody knows. */
        UNKNOWN;

        /** As histories have it, such as {@code committed}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The nodes that can be asked. */
    public interface Target {
        /** The names of all nodes, at least one. */
        List<String> nodes();

        /** The names of those that are up, in the order of all. One that stands still is up. */
        List<String> live();

        /**
         * Asks a node something, as a client of its own.
         *
         * @param over is told of the answer, or of nothing when there was none in time; never before this method has returned
         */
        void ask(String node, ObjectNode request, long timeoutNanos, Consumer<Optional<ObjectNode>> over);

        /** Ends the run, which is pointless with such a node. */
        void breakOff(String node, String sentence);
    }

    /**
     * A rescaler at rest.
     *
     * @param intervalNanos the mean time between two rescales, and how long an answer is waited for; above 0
     * @param random fixes what is asked for, and when
     * @param observer is told when a rescale is asked for, and what came of it
     */
    public Rescaler(
            Timeline timeline,
            Target target,
            long intervalNanos,
            RandomGenerator random,
            Consumer<Nemesis.Step> observer) {
        this.timeline = timeline;
        this.target = target;
        this.intervalNanos = intervalNanos;
        this.random = random;
        this.observer = observer;
        next = timeline.at(0, () -> {});
    }

    /** Begins to ask. */
    public void start() {
        ask();
    }

    /**
     * Asks for no more.
     *
     * @param atRest is run once none is under way: at once, or when that one is answered, or waited for no longer
     */
    public void stop(Runnable atRest) {
        isStopped = true;
        next.cancel();
        if (active.isEmpty()) {
            atRest.run();
        } else {
            whenAtRest = atRest;
        }
    }

    /** What is asked for now, for people; nothing when nothing is. */
    public Optional<String> active() {
        return active;
    }

    private void ask() {
        var nodes = target.live().isEmpty() ? target.nodes() : target.live(); // when none is up, nobody will answer
        var node = nodes.get(random.nextInt(nodes.size()));
        lastWorkers = otherThanLast(target.nodes().size());
        var description = "by " + node + " to " + lastWorkers + (lastWorkers == 1 ? " worker" : " workers");
        active = Optional.of(description);
        observer.accept(new Nemesis.Step(NAME, true, description, Optional.empty()));
        var request = Json.body(NAME).put("workers", lastWorkers);
        target.ask(node, request, intervalNanos, reply -> answered(node, reply));
    }

    /** From 1 to a number, each as likely as another; with a single node there is only 1. */
    private int otherThanLast(int max) {
        if (lastWorkers == 0 || max == 1) {
            return 1 + random.nextInt(max);
        }
        int drawn = 1 + random.nextInt(max - 1);
        return drawn < lastWorkers ? drawn : drawn + 1;
    }

    private void answered(String node, Optional<ObjectNode> reply) {
        if (reply.isEmpty()) {
            end(Ending.UNKNOWN, "no reply from " + node + " in time");
            return;
        }
        var body = reply.get();
        var type = body.path("type").asText();
        var code = body.path("code");
        if (type.equals(NAME + "_ok")) {
            end(Ending.COMMITTED, "");
        } else if (!type.equals("error") || !code.isInt() || code.intValue() < 0) {
            var shown = Json.write(body);
            end(
                    Ending.UNKNOWN,
                    node + " answered with " + shown.substring(0, Math.min(SHOWN_MAX, shown.length()))
                            + ", neither rescale_ok nor an error with a code");
        } else {
            refused(node, new ErrorCode(code.intValue()), body.path("text").asText());
        }
    }

    private void refused(String node, ErrorCode code, String text) {
        var said = text.isEmpty() ? code.toString() : code + ": " + text;
        end(code.definite() ? Ending.REFUSED : Ending.UNKNOWN, said);
        if (code.equals(ErrorCode.NOT_SUPPORTED)) {
            target.breakOff(
                    node,
                    "Node " + node + " cannot be rescaled: it answered rescale with error " + said
                            + "; leave rescale out of --nemesis, or run a node that serves {\"type\":\"rescale\","
                            + "\"workers\":3}");
        }
    }

    private void end(Ending ending, String error) {
        active = Optional.empty();
        observer.accept(
                new Nemesis.Step(NAME, false, ending.label(), error.isEmpty() ? Optional.empty() : Optional.of(error)));
        if (isStopped) {
            whenAtRest.run();
        } else {
            next = timeline.after(random.nextLong(2 * intervalNanos + 1), this::ask);
        }
    }
}

package dev.gyre.maelstrom.result;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.history.Operation;
import dev.gyre.maelstrom.engine.HistoryEvent;
import dev.gyre.maelstrom.engine.RunResult;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * How those operations ended that began and ended while no fault was in force. The time in which nodes recover from one that has just been
 * repaired counts.
 *
 * @param ok they were served
 * @param refused they were answered, by what is stored: there is no such key, or it has another value, or somebody else has the lock
 * @param failed they did not happen, for another reason
 * @param unknown nobody can say
 */
public record Calm(int ok, int refused, int failed, int unknown) {
    /** Of nothing. */
    public static final Calm NONE = new Calm(0, 0, 0, 0);

    private static final String BEGINS = "start-";
    private static final Set<ErrorCode> REFUSALS =
            Set.of(ErrorCode.KEY_DOES_NOT_EXIST, ErrorCode.KEY_ALREADY_EXISTS, ErrorCode.PRECONDITION_FAILED);

    /** The calm of a run. */
    public static <I, O> Calm of(RunResult<I, O> run) {
        var stretches = stretches(run.events());
        var calm = NONE;
        for (var operation : run.history()) {
            var stretch = stretches.floorEntry(operation.invokedNanos());
            if (stretch != null && operation.completedNanos() <= stretch.getValue()) {
                calm = calm.plus(of(operation));
            }
        }
        return calm;
    }

    private static Calm of(Operation<?, ?> operation) {
        return switch (operation.outcome()) {
            case Outcome.Ok<?> ok -> new Calm(1, 0, 0, 0);
            case Outcome.Failed<?>(var error) ->
                REFUSALS.contains(error.code()) ? new Calm(0, 1, 0, 0) : new Calm(0, 0, 1, 0);
            case Outcome.Unknown<?> unknown -> new Calm(0, 0, 0, 1);
        };
    }

    /** The ends of the stretches without a fault, by their beginnings. */
    private static NavigableMap<Long, Long> stretches(List<HistoryEvent> events) {
        var ends = new TreeMap<Long, Long>();
        ends.put(0L, Long.MAX_VALUE);
        var faults = new HashSet<String>();
        for (var event : events) {
            if (event.process().equals(HistoryEvent.NEMESIS)) {
                var function = event.function();
                var fault = function.substring(function.indexOf('-') + 1);
                if (function.startsWith(BEGINS)) {
                    if (faults.isEmpty()) {
                        ends.put(ends.lastKey(), event.atNanos());
                    }
                    faults.add(fault);
                } else if (faults.remove(fault) && faults.isEmpty()) {
                    ends.put(event.atNanos(), Long.MAX_VALUE);
                }
            }
        }
        return ends;
    }

    /** Both together. */
    public Calm plus(Calm other) {
        return new Calm(ok + other.ok, refused + other.refused, failed + other.failed, unknown + other.unknown);
    }

    /** How many operations. */
    public int count() {
        return ok + refused + failed + unknown;
    }

    /** The fraction that was served; 1 when there were none. */
    public double okFraction() {
        return count() == 0 ? 1 : (double) ok / count();
    }

    /** The fraction that was answered as it should be, with what was asked for or a refusal; 1 when there were none. */
    public double answeredFraction() {
        return count() == 0 ? 1 : (double) (ok + refused) / count();
    }

    SequencedMap<String, Object> toMap() {
        var map = new LinkedHashMap<String, Object>();
        map.put("count", count());
        map.put("ok-count", ok);
        map.put("refused-count", refused);
        map.put("fail-count", failed);
        map.put("info-count", unknown);
        map.put("ok-fraction", okFraction());
        map.put("answered-fraction", answeredFraction());
        return map;
    }
}

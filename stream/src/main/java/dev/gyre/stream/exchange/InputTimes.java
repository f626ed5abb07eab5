package dev.gyre.stream.exchange;

import java.util.BitSet;
import java.util.List;

/** How far the inputs of an intake are in event time, taken together. */
final class InputTimes {
    private final List<Input> inputs;
    /** Edges whose senders all hear the same of time. */
    private final BitSet together = new BitSet();

    /** The times of inputs, which may come and go. */
    InputTimes(List<Input> inputs) {
        this.inputs = inputs;
    }

    void goTogether(int edge) {
        together.set(edge);
    }

    /** Whether there is an input whose epochs are waited for. */
    boolean isAnyAwaited() {
        return inputs.stream().anyMatch(this::isAwaited);
    }

    /** How far all are that are waited for. */
    long least() {
        long least = Long.MAX_VALUE;
        for (var input : inputs) {
            if (isAwaited(input)) {
                least = Math.min(least, input.epoch);
            }
        }
        return least;
    }

    private boolean isAwaited(Input input) {
        return input.hasTime() || isBehind(input);
    }

    /** Whether an idle input has yet to hear what another one of its edge has heard. */
    private boolean isBehind(Input input) {
        return input.isIdle
                && !input.isClosed()
                && !input.isJoining
                && together.get(input.edge)
                && inputs.stream().anyMatch(other -> other.edge == input.edge && (other.hasTime() || other.isEnded));
    }

    /**
     * How far any worker may be when it has met the markers. Without idle inputs all are equally far then. Who saw one idle when another was far ahead is
     * farther than who saw it awake; and as groups move between them, and keep their promises, all go as far.
     */
    long agreed() {
        long least = Long.MAX_VALUE;
        long most = Input.NONE;
        for (var input : inputs) {
            if (input.isEnded || input.isJoining) {
                continue;
            }
            most = Math.max(most, input.epoch);
            if (!mayBeSkipped(input)) {
                least = Math.min(least, input.epoch);
            }
        }
        return least == Long.MAX_VALUE ? most : least;
    }

    private boolean mayBeSkipped(Input input) {
        return together.get(input.edge)
                ? inputs.stream().allMatch(other -> other.edge != input.edge || other.wasIdle || other.isEnded)
                : input.wasIdle;
    }

    /**
     * Whatever a sender has promised beyond the frontier counts no more: it may have been given a partition, from a worker that was farther behind, and joiners have promised
     * nothing yet. Behind its marker each sender says anew how far it is.
     */
    void restart(long frontier) {
        for (var input : inputs) {
            input.isJoining = false;
            input.isIdle = false;
            input.wasIdle = false;
            input.epoch = frontier;
        }
    }
}

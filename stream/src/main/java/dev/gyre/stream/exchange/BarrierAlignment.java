package dev.gyre.stream.exchange;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Barriers of several inputs: one goes on when each input has sent it, or sends nothing any more; an input that has sent it waits. */
final class BarrierAlignment {
    private final List<Input> inputs;
    private Item.@Nullable Barrier aligning;
    private long lastSnapshot = -1;

    /** No barrier of these inputs, which may come and go, is under way. */
    BarrierAlignment(List<Input> inputs) {
        this.inputs = inputs;
    }

    /** An input has sent a barrier. The barrier, if it goes on now. */
    Optional<Item> arrive(Input input, Item.Barrier barrier) {
        if (barrier.snapshot() <= lastSnapshot || (aligning != null && barrier.snapshot() < aligning.snapshot())) {
            return Optional.empty(); // of a snapshot that these inputs are through with
        }
        if (aligning == null || barrier.snapshot() > aligning.snapshot()) {
            inputs.forEach(other -> other.isAtBarrier = false); // the one before was given up
            aligning = barrier;
        }
        input.isAtBarrier = true;
        return complete(barrier);
    }

    /** An input is not waited for any more. The barrier that was under way, if it goes on now. */
    Optional<Item> closed() {
        return aligning == null ? Optional.empty() : complete(aligning);
    }

    private Optional<Item> complete(Item.Barrier barrier) {
        // Who joins sends no barrier before the markers of the others, and its own may be here before theirs.
        if (inputs.stream().allMatch(input -> input.isAtBarrier || input.isClosed() || input.isJoining)) {
            inputs.forEach(input -> input.isAtBarrier = false);
            aligning = null;
            lastSnapshot = barrier.snapshot();
            return Optional.of(barrier);
        }
        return Optional.empty();
    }
}

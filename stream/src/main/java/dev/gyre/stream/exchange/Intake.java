package dev.gyre.stream.exchange;

import dev.gyre.core.InvariantViolation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes one stream of what several senders send: where all that concerns the stream as a whole is aligned.
 *
 * <ul>
 *   <li><b>Batches</b> are taken from the inputs in turn.
 *   <li><b>Epochs</b> are merged: one goes on when the least over all inputs advances, and none before each input has one. Inputs that are idle,
 *       ended or gone are not waited for.
 *   <li><b>A barrier</b> goes on when every input has sent it; an input that has waits. So does <b>suspend</b>.
 *   <li><b>A marker</b> goes on when every sender of the old assignment has sent it. An input that has goes on to deliver records; only those of groups
 *       that this worker is yet to receive, and all that tells of time, are kept back ({@link HandOverHold}).
 * </ul>
 *
 * An input that has ended or is suspended counts as having sent everything. For one thread; deterministic. Source: spec/stream.md, sections 2 and 3.
 */
public final class Intake {
    private final int me;
    private final int edges;
    private final IntakeKind kind;
    private final Grants grants;
    private final List<Input> inputs = new ArrayList<>();
    private final InputTimes times = new InputTimes(inputs);
    private final ArrayDeque<Item> due = new ArrayDeque<>();
    private @Nullable HandOverHold hold;
    private final BarrierAlignment barriers = new BarrierAlignment(inputs);
    private Item.@Nullable Suspend suspending;
    private long lastVersion;
    /** The version with which this worker came in; 0 if it was there from the beginning. */
    private long joined;

    private List<Integer> leavers = List.of();
    private long frontier = Input.NONE;
    private boolean toldIdle;
    private boolean toldEnd;
    private int turn;
    private int lastEdge;

    /**
     * An intake.
     *
     * @param me the worker that it belongs to
     * @param edges how many edges of the graph lead to it, each from all senders
     * @param senders the workers that send
     */
    public Intake(int me, int edges, Collection<Integer> senders, IntakeKind kind, Grants grants) {
        this.me = me;
        this.edges = edges;
        this.kind = kind;
        this.grants = grants;
        for (int edge = 0; edge < edges; edge++) {
            for (int sender : senders) {
                inputs.add(new Input(edge, sender));
            }
        }
    }

    /**
     * All senders of an edge are told of time by the same others: each will be where one is. So one that is idle is waited for while another is not: it has not
     * heard yet what that one has, and what it gives then is not to be late.
     */
    public void goTogether(int edge) {
        times.goTogether(edge);
    }

    /**
     * Makes this the intake of a worker that joins: groups that are not yet here are waited for.
     *
     * @throws InvariantViolation when a rescale is under way
     */
    public void join(Rescale rescale) {
        joined = rescale.version();
        if (kind == IntakeKind.LOCAL) {
            lastVersion = rescale.version();
        } else {
            begin(rescale);
        }
    }

    /** Begins at the frontier that a snapshot was taken at. */
    public void restore(long atFrontier) {
        adopt(atFrontier);
    }

    /** Takes what a sender has sent. It waits for its turn. */
    public void offer(int edge, int sender, Item item) {
        if (item instanceof Item.Marker(var rescale) && hold == null && rescale.version() > lastVersion) {
            begin(rescale); // the first word of a rescale may be the first word of a sender that joins
        }
        input(edge, sender, item).queue.add(item);
    }

    private Input input(int edge, int sender, Item item) {
        for (var input : inputs) {
            if (input.edge == edge && input.sender == sender) {
                return input;
            }
        }
        throw new InvariantViolation("worker " + me + " got " + item + " from worker " + sender
                + ", which is none of its senders: " + inputs);
    }

    /** The edge that the batch which was polled last has come by. */
    public int edge() {
        return lastEdge;
    }

    /** The latest epoch that was polled, or {@link Long#MIN_VALUE}. */
    public long frontier() {
        return frontier;
    }

    /** Whether all senders have left. */
    public boolean isDeserted() {
        return inputs.isEmpty();
    }

    /** The version of the latest rescale that this intake is through with; 0 when there was none. */
    public long version() {
        return lastVersion;
    }

    /** Whether a marker was seen and not all that it means for this intake was done; those who leave have not all said so, for example. */
    public boolean isRescaling() {
        return hold != null || inputs.stream().anyMatch(input -> leavers.contains(input.sender));
    }

    /** The next item of the merged stream; nothing when there is none yet. */
    public @Nullable Item poll() {
        while (true) {
            var next = due.poll();
            if (next != null) {
                return next;
            }
            if (hold != null) {
                var released = hold.poll();
                if (released != null) {
                    return deliver(released.input(), released.batch());
                }
                finishRescale();
                if (!due.isEmpty()) {
                    continue;
                }
            }
            var input = nextOpen();
            if (input == null) {
                return null;
            }
            var batch = take(input);
            if (batch != null) {
                return batch;
            }
        }
    }

    private @Nullable Input nextOpen() {
        for (int i = 0; i < inputs.size(); i++) {
            turn = turn + 1 < inputs.size() ? turn + 1 : 0;
            var input = inputs.get(turn);
            if (!input.queue.isEmpty() && !isBlocked(input)) {
                return input;
            }
        }
        return null;
    }

    private boolean isBlocked(Input input) {
        return input.isAtBarrier
                || (input.isMarked && kind == IntakeKind.FROM_KEYED && hold != null && !hold.isAligned());
    }

    private Records deliver(Input input, Records batch) {
        lastEdge = input.edge;
        grants.consumed(input.edge, input.sender, batch.size());
        return batch;
    }

    /** Takes one item of an input: a batch is to be delivered, anything else has its effect. */
    private @Nullable Records take(Input input) {
        var item = Objects.requireNonNull(input.queue.poll());
        if (item instanceof Records batch) {
            wake(input);
            var now = input.isMarked && hold != null ? hold.admit(input, batch) : batch;
            return now.size() == 0 ? null : deliver(input, now);
        }
        if (item instanceof Item.Control control) {
            if (hold != null && input.isMarked && hold.holds(control)) {
                hold.keep(input, control);
            } else {
                follow(input, control);
            }
        }
        return null;
    }

    private void follow(Input input, Item.Control control) {
        switch (control) {
            case Item.Epoch(var time) -> {
                wake(input);
                input.epoch = Math.max(input.epoch, time);
                advance();
            }
            case Item.Idle() -> {
                input.isIdle = true;
                input.wasIdle = true;
                advance();
            }
            case Item.Barrier barrier -> barriers.arrive(input, barrier).ifPresent(due::add);
            case Item.Marker marker -> arrive(input, marker);
            case Item.Suspend suspend -> {
                input.isSuspended = true;
                suspending = suspend;
                closed();
            }
            case Item.End() -> {
                input.isEnded = true;
                closed();
            }
            case Item.Goodbye() -> {
                inputs.remove(input);
                turn = 0;
                closed();
            }
        }
    }

    private void wake(Input input) {
        input.isIdle = false;
        toldIdle = false;
    }

    /** Something is no longer waited for. */
    private void closed() {
        barriers.closed().ifPresent(due::add);
        advance();
        if (suspending != null && inputs.stream().allMatch(Input::isClosed)) {
            due.add(suspending);
            suspending = null;
        }
        if (!toldEnd && !inputs.isEmpty() && inputs.stream().allMatch(input -> input.isEnded)) {
            toldEnd = true;
            advanceTo(Long.MAX_VALUE);
            due.add(new Item.End());
        }
    }

    private HandOverHold begin(Rescale rescale) {
        if (hold != null) {
            throw new InvariantViolation("worker " + me + ": version " + rescale.version() + " begins before "
                    + hold.rescale() + " is done");
        }
        var begun = new HandOverHold(rescale, me, kind != IntakeKind.LOCAL);
        hold = begun;
        if (kind == IntakeKind.LOCAL) {
            return begun;
        }
        for (int edge = 0; edge < edges; edge++) {
            for (int worker : rescale.to().workers()) {
                if (!has(edge, worker) && !rescale.from().workers().contains(worker)) {
                    var joiner = new Input(edge, worker);
                    joiner.isJoining = true;
                    inputs.add(joiner);
                }
            }
        }
        return begun;
    }

    private boolean has(int edge, int sender) {
        return inputs.stream().anyMatch(input -> input.edge == edge && input.sender == sender);
    }

    private void arrive(Input input, Item.Marker marker) {
        var rescale = marker.rescale();
        if (rescale.version() == lastVersion && !rescale.from().workers().contains(input.sender)) {
            return; // of one who joined: it was not waited for
        }
        if (rescale.version() <= lastVersion) {
            throw new InvariantViolation("worker " + me + ": " + input + " sent the marker of version "
                    + rescale.version() + " after version " + lastVersion);
        }
        var under = hold == null ? begin(rescale) : hold;
        input.isMarked = true;
        if (!under.isAligned() && inputs.stream().allMatch(other -> other.isMarked || !isOld(other, rescale))) {
            under.align();
            if (kind == IntakeKind.LOCAL) { // what follows may be earlier
                frontier = Input.NONE;
                toldIdle = false;
            } else {
                advanceTo(times.agreed());
            }
            times.restart(frontier);
            due.add(marker);
        }
    }

    private void advanceTo(long time) {
        if (time > frontier) {
            frontier = time;
            due.add(new Item.Epoch(time));
        }
    }

    private boolean isOld(Input input, Rescale rescale) {
        return kind == IntakeKind.LOCAL || rescale.from().workers().contains(input.sender);
    }

    /** A group that was waited for is here: what was kept back for it follows. */
    public void arrived(int group) {
        if (hold == null) {
            throw new InvariantViolation("worker " + me + " got group " + group + " and no rescale is under way");
        }
        hold.arrived(group);
    }

    /**
     * A worker has handed over all that it had to.
     *
     * @param version of the rescale
     * @param itsFrontier how far it was: for a worker that joins its own first frontier
     * @return the groups that are this worker's now, and of which the other knew nothing
     */
    public List<Integer> handedOver(int worker, long version, long itsFrontier) {
        if (hold == null || hold.rescale().version() != version) {
            if (version == joined && version == lastVersion) {
                adopt(itsFrontier);
            }
            // It had nothing for this worker, which was through with the rescale, and may be in the next.
            return List.of();
        }
        var blank = hold.handedOver(worker);
        if (kind != IntakeKind.LOCAL && !hold.rescale().from().workers().contains(me)) {
            adopt(itsFrontier);
        }
        return blank;
    }

    /** A worker that joins begins at the frontier of those that it takes over from. */
    private void adopt(long itsFrontier) {
        if (itsFrontier > frontier) {
            inputs.forEach(input -> input.epoch = Math.max(input.epoch, itsFrontier));
            advanceTo(itsFrontier);
        }
    }

    /** When nothing is awaited any more: time goes on. */
    private void finishRescale() {
        if (hold == null || !hold.isDone()) {
            return;
        }
        var done = hold;
        hold = null;
        lastVersion = done.rescale().version();
        boolean hearsOfLeavers =
                kind != IntakeKind.LOCAL && done.rescale().to().workers().contains(me);
        leavers = new ArrayList<>(hearsOfLeavers ? done.rescale().from().workers() : List.of());
        leavers.removeAll(done.rescale().to().workers());
        inputs.forEach(input -> input.isMarked = false);
        done.controls().forEach(kept -> follow(kept.input(), kept.control()));
    }

    private void advance() {
        boolean hasIdle = inputs.stream().anyMatch(input -> input.isIdle && !input.isClosed());
        // Who is idle may be late, but not later than the end of time: nothing would ever come of that.
        if (times.isAnyAwaited() && !(hasIdle && times.least() == Long.MAX_VALUE)) {
            advanceTo(times.least());
        } else if (!toldIdle && hasIdle) {
            toldIdle = true;
            due.add(new Item.Idle());
        }
    }

    @Override
    public String toString() {
        return inputs + (hold == null ? "" : " in " + hold) + (due.isEmpty() ? "" : ", due " + due);
    }
}

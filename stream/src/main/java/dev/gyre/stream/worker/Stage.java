package dev.gyre.stream.worker;

import dev.gyre.stream.exchange.Intake;
import dev.gyre.stream.exchange.IntakeKind;
import dev.gyre.stream.exchange.Item;
import dev.gyre.stream.exchange.Records;
import dev.gyre.stream.exchange.Rescale;
import dev.gyre.stream.graph.Plan;
import dev.gyre.stream.operator.Feeder;
import dev.gyre.stream.operator.GroupedOperator;
import dev.gyre.stream.operator.Operator;
import dev.gyre.stream.operator.SourceNews;
import java.util.ArrayList;
import java.util.Optional;

/**
 * A stage at one worker that takes in what other stages send: an {@link Intake} and the chain behind it.
 *
 * <p>It takes items only while each outlet has credit and each sink is ready: who is slow stops who is before it.
 */
final class Stage {
    private final Plan.StagePlan plan;
    private final int me;
    private final Intake intake;
    private final Chain chain;
    private final Operator head;
    private final Feeder[] feeders;
    private final Events events;
    private long version;
    private boolean isEnded;
    private boolean isSuspended;
    private boolean leaves;
    private boolean isGone;
    /** Something was taken since what comes of it was handed on last. */
    private boolean hasGathered;

    /** What a stage tells its worker. */
    interface Events {
        /** Sends a frame to another worker. */
        void send(int worker, Frame frame);

        /** The generation of this worker. */
        long generation();

        /** Records that were polled have been read. */
        void used(Records records);

        /** A barrier has passed: what the stage knows now belongs to the snapshot. */
        void barrier(Stage stage, Item.Barrier barrier);
    }

    Stage(Plan.StagePlan plan, int me, Intake intake, Chain chain, Events events) {
        this.plan = plan;
        this.me = me;
        this.intake = intake;
        this.chain = chain;
        this.events = events;
        this.head = chain.heads().getFirst();
        this.feeders = new Feeder[plan.root().inputs().size()];
        for (int i = 0; i < feeders.length; i++) {
            var port = chain.heads().get(Math.min(i, chain.heads().size() - 1));
            feeders[i] = (Feeder) plan.loops().get(i).create(port);
        }
    }

    Plan.StagePlan plan() {
        return plan;
    }

    Intake intake() {
        return intake;
    }

    Chain chain() {
        return chain;
    }

    boolean isEnded() {
        return isEnded;
    }

    /** How far time is here; where streams of this worker alone come together, that says nothing of others, and what is behind counts. */
    long reached() {
        return plan.kind() == IntakeKind.LOCAL ? head.reached() : intake.frontier();
    }

    boolean isSuspended() {
        return isSuspended;
    }

    /** Makes this a stage of a worker that joins. Its marker is not this stage's to send: it goes before all else, as the worker knows the new assignment alone. */
    void join(Rescale rescale) {
        version = rescale.version();
        intake.join(rescale);
    }

    /** Whether all that a rescale means for this stage is done. */
    boolean hasRescaled(long toVersion) {
        return version >= toVersion && intake.version() >= toVersion && !intake.isRescaling();
    }

    /** Takes an item, if there is one and room for what comes of it. Whether it did. */
    boolean step() {
        var item = chain.isReady() ? intake.poll() : null;
        if (item == null) {
            return false;
        }
        take(item);
        hasGathered = true;
        return true;
    }

    /** @param flushes whether what was gathered is to go on now */
    void endTurn(boolean flushes) {
        if (flushes && hasGathered) {
            hasGathered = false;
            chain.flush();
        }
        sayGoodbye();
    }

    private void take(Item item) {
        switch (item) {
            case Records records -> {
                feeders[intake.edge()].feed(records);
                events.used(records);
                head.pause();
            }
            case Item.Epoch(var time) -> head.epoch(time);
            case Item.Idle() -> head.idle();
            case Item.Barrier barrier -> {
                events.barrier(this, barrier);
                pass(barrier);
            }
            case Item.Marker marker -> {
                if (marker.rescale().version() > version) {
                    if (plan.kind() == IntakeKind.LOCAL) {
                        chain.flush();
                        head.news(new SourceNews.Restart());
                    }
                    pass(marker);
                    handOver(marker.rescale());
                }
            }
            case Item.Suspend suspend -> {
                pass(suspend);
                isSuspended = true;
            }
            case Item.End() -> {
                head.end();
                isEnded = true;
            }
            case Item.Goodbye() -> throw new IllegalStateException("a goodbye ends in the intake");
        }
    }

    private void pass(Item.Control item) {
        chain.outlets().forEach(outlet -> outlet.control(item));
    }

    private void handOver(Rescale rescale) {
        version = rescale.version();
        leaves = !rescale.to().workers().contains(me);
        if (plan.kind() == IntakeKind.LOCAL || !rescale.from().workers().contains(me)) {
            return;
        }
        for (int group = 0; group < rescale.to().groups(); group++) {
            if (rescale.moves(group) && rescale.from().owner(group) == me) {
                release(group, rescale);
            }
        }
        for (int worker : rescale.to().workers()) {
            if (worker != me) {
                events.send(
                        worker, new Frame.HandOverDone(events.generation(), plan.index(), version, intake.frontier()));
            }
        }
    }

    private void release(int group, Rescale rescale) {
        var states = new ArrayList<Optional<Object>>();
        chain.grouped().forEach(operator -> states.add(operator.release(group)));
        if (states.stream().anyMatch(Optional::isPresent)) {
            events.send(
                    rescale.to().owner(group),
                    new Frame.HandOver(events.generation(), plan.index(), version, group, states));
        }
    }

    void adopt(Frame.HandOver handOver) {
        for (int i = 0; i < chain.grouped().size(); i++) {
            adopt(chain.grouped().get(i), handOver.group(), handOver.states().get(i));
        }
        intake.arrived(handOver.group());
    }

    private static void adopt(GroupedOperator<?> operator, int group, Optional<Object> state) {
        if (state.isPresent()) {
            operator.adopt(group, state.get());
        } else {
            operator.open(group);
        }
    }

    void handedOver(int worker, Frame.HandOverDone done) {
        for (int group : intake.handedOver(worker, done.version(), done.frontier())) {
            chain.grouped().forEach(operator -> operator.open(group));
        }
    }

    /** A worker that is no more among the receivers takes its leave, behind the last that it sends. */
    private void sayGoodbye() {
        boolean hasNoInput = plan.kind() == IntakeKind.LOCAL ? intake.isDeserted() : leaves;
        if (hasNoInput && !isGone) {
            isGone = true;
            pass(new Item.Goodbye());
        }
    }

    @Override
    public String toString() {
        return plan.root() + (chain.isReady() ? "" : " without room") + (isEnded ? " ended" : "") + " takes " + intake;
    }
}

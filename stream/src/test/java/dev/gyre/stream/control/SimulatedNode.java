package dev.gyre.stream.control;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A node of the Raft group: follows the log at its own pace, and has a coordinator. What becomes of its proposals is drawn by lot. */
final class SimulatedNode {
    /** Encoding is most of what a run costs. */
    private static final int COMPARED_EACH = 8;

    /** What will become of a proposal. */
    enum Fate {
        COMMITTED,
        COMMITTED_TWICE,
        COMMITTED_UNKNOWN,
        LOST_FAILED,
        LOST_UNKNOWN
    }

    private record Flight(ControlEntry entry, Fate fate, int commitRound, int toldRound, long life) {}

    final int id;
    private final SimulatedLog log;
    private final ControlSettings settings;
    private final Random random;
    private final int groups;
    private ControlState state;
    private Coordinator coordinator;
    private Optional<Flight> flight = Optional.empty();
    private int applied;
    private int toldAt = -1;
    private int readAt = -1;
    private long life;
    boolean leads;

    SimulatedNode(int id, SimulatedLog log, ControlSettings settings, int groups, Random random) {
        this.id = id;
        this.log = log;
        this.settings = settings;
        this.groups = groups;
        this.random = random;
        this.state = new ControlState(groups);
        this.coordinator = new Coordinator(state, settings);
    }

    ControlState state() {
        return state;
    }

    boolean isUpToDate() {
        return applied == log.size();
    }

    /** Crashes and comes back, from some snapshot of the log. What it had proposed may still be committed. */
    void restart() {
        life++;
        leads = false;
        state = new ControlState(groups);
        coordinator = new Coordinator(state, settings);
        toldAt = -1;
        readAt = -1;
        applied = applied == 0 ? 0 : random.nextInt(applied + 1);
        if (applied > 0) {
            state.restore(log.line(applied - 1).stateAfter());
        }
    }

    ControlOutput step(ControlInput input, long nowNanos) {
        return coordinator.step(input, nowNanos);
    }

    void propose(ControlEntry entry, int round, boolean isFaulty) {
        if (isInFlight()) {
            throw new AssertionError("two proposals at a time");
        }
        int lot = isFaulty ? random.nextInt(20) : 0;
        var fate = lot < 12
                ? Fate.COMMITTED
                : lot < 14
                        ? Fate.COMMITTED_TWICE
                        : lot < 16 ? Fate.COMMITTED_UNKNOWN : lot < 18 ? Fate.LOST_FAILED : Fate.LOST_UNKNOWN;
        int delay = isFaulty ? random.nextInt(10) : 0;
        flight = Optional.of(new Flight(entry, fate, round + delay, round + (isFaulty ? random.nextInt(10) : 0), life));
    }

    private boolean isInFlight() {
        return flight.isPresent() && flight.get().life == life;
    }

    void read() {
        readAt = log.size();
    }

    /** Commits what is due, and says what there is to say to the coordinator. */
    Optional<ControlInput> fly(int round, List<Flying> late) {
        if (flight.isEmpty()) {
            return Optional.empty();
        }
        var one = flight.get();
        boolean isDue = one.commitRound <= round;
        boolean isTold = one.toldRound <= round;
        return switch (one.fate) {
            case COMMITTED, COMMITTED_TWICE -> {
                if (isDue && toldAt < 0) {
                    log.commit(one.entry);
                    if (one.fate == Fate.COMMITTED_TWICE) {
                        late.add(new Flying(one.entry, round + 1 + random.nextInt(15)));
                    }
                    if (one.life == life) {
                        toldAt = log.size();
                    } else {
                        flight = Optional.empty();
                    }
                }
                yield Optional.empty();
            }
            case COMMITTED_UNKNOWN -> {
                if (isTold) {
                    late.add(new Flying(one.entry, Math.max(round, one.commitRound)));
                }
                yield isTold ? land(one, ControlInput.ProposalOutcome.UNKNOWN) : Optional.empty();
            }
            case LOST_FAILED -> isTold ? land(one, ControlInput.ProposalOutcome.FAILED) : Optional.empty();
            case LOST_UNKNOWN -> isTold ? land(one, ControlInput.ProposalOutcome.UNKNOWN) : Optional.empty();
        };
    }

    private Optional<ControlInput> land(Flight one, ControlInput.ProposalOutcome outcome) {
        flight = Optional.empty();
        return one.life == life ? Optional.of(new ControlInput.ProposalEnded(outcome)) : Optional.empty();
    }

    /** An entry that is committed later on. */
    record Flying(ControlEntry entry, int round) {}

    /** Applies the next entry, if there is any. */
    boolean applyNext() {
        if (isUpToDate()) {
            return false;
        }
        var line = log.line(applied++);
        if (!state.apply(line.entry()).equals(line.decisions())
                || (applied % COMPARED_EACH == 0 && !Arrays.equals(state.encode(), line.stateAfter()))) {
            throw new AssertionError("node " + id + " has another state than others after " + line.entry());
        }
        return true;
    }

    /** What follows on what was applied. */
    Optional<ControlInput> afterApplied(boolean isTrueLeader) {
        if (toldAt >= 0 && applied >= toldAt) {
            toldAt = -1;
            return land(flight.orElseThrow(), ControlInput.ProposalOutcome.COMMITTED);
        }
        if (readAt >= 0 && (!isTrueLeader || applied >= readAt)) {
            readAt = -1;
            return Optional.of(isTrueLeader ? new ControlInput.ReadDone() : new ControlInput.ReadFailed());
        }
        return Optional.empty();
    }
}

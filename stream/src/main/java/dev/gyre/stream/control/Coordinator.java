package dev.gyre.stream.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What the leader of the Raft group does for a job: from the state, from what workers report and from what users ask, it proposes what comes
 * next. Every node has one; those that do not lead answer "elsewhere".
 *
 * <p>It keeps nothing that matters: what was decided is in the {@link ControlState}, and what workers said can be asked again. So a new leader first
 * reads what was committed before it, then asks all workers, and goes on from there. At most one proposal is on its way; when it fails, or when nobody
 * knows what becomes of it, the state is read again and judged anew. An entry of before may still come: each names what it takes for granted, so the
 * state refuses it if the answer was another by then.
 *
 * <p>For one thread.
 */
public final class Coordinator {
    private final ControlState state;
    private final ControlSettings settings;
    private final Heard heard;
    private final Desk desk;
    private final Plan plan;

    private boolean isLeading;
    private boolean isCaughtUp;
    private boolean isReading;
    private boolean isReadStale;
    private boolean isProposing;
    private boolean isSolicitingNow;
    private long solicitedNanos;
    private long steppedNanos;
    private Optional<String> notice = Optional.empty();

    /**
     * The coordinator of a node, which does not lead yet.
     *
     * @param state of this node; read here, and changed by who applies entries
     * @throws IllegalArgumentException when the settings {@linkplain ControlSettings#check are none}
     */
    public Coordinator(ControlState state, ControlSettings settings) {
        settings.check();
        this.state = state;
        this.settings = settings;
        this.heard = new Heard(state);
        this.desk = new Desk(state);
        this.plan = new Plan(state, settings, heard, desk);
    }

    /**
     * Something has happened.
     *
     * @param nowNanos of a clock that does not go back
     * @return what to do about it
     */
    public ControlOutput step(ControlInput input, long nowNanos) {
        // A node that stood still for long has not heard what came meanwhile.
        if (nowNanos - steppedNanos > settings.heartbeatTimeout().toNanos() / 2) {
            heard.forgive(nowNanos);
        }
        steppedNanos = nowNanos;
        var answers = new ArrayList<Answer>();
        switch (input) {
            case ControlInput.Leads leads -> lead(true, answers);
            case ControlInput.Follows follows -> lead(false, answers);
            case ControlInput.StateChanged changed -> {}
            case ControlInput.Tick tick -> {}
            case ControlInput.ProposalEnded(var outcome) -> ended(outcome);
            case ControlInput.ReadDone done -> {
                isCaughtUp = isLeading && !isReadStale;
                isReading = false;
                isReadStale = false;
            }
            case ControlInput.ReadFailed failed -> {
                isReading = false;
                isReadStale = false;
            }
            case ControlInput.Reported(var worker, var report) -> {
                if (isLeading) {
                    heard.report(worker, report, nowNanos);
                }
            }
            case ControlInput.Requested(var request) -> ask(request, answers);
        }
        boolean mayRead = !(input instanceof ControlInput.ReadFailed); // the next tick tries again
        return react(answers, mayRead, nowNanos);
    }

    private void lead(boolean leads, List<Answer> answers) {
        if (leads == isLeading) {
            return;
        }
        isLeading = leads;
        distrust();
        isSolicitingNow = leads;
        heard.forget();
        plan.forget();
        notice = Optional.empty();
        answers.addAll(desk.close());
    }

    /** What was committed may be more than is known here. */
    private void distrust() {
        isCaughtUp = false;
        isReadStale = isReading;
    }

    private void ended(ControlInput.ProposalOutcome outcome) {
        isProposing = false;
        switch (outcome) {
            case COMMITTED -> {}
            case FAILED, UNKNOWN -> distrust();
        }
    }

    private void ask(Request request, List<Answer> answers) {
        if (request instanceof Request.Status(var id)) {
            answers.add(standing(id));
        } else if (isLeading) {
            desk.take(request).ifPresent(answers::add);
        } else {
            answers.add(new Answer.Elsewhere(request.id()));
        }
    }

    private Answer standing(String id) {
        return new Answer.Standing(
                id,
                state.phase(),
                state.generation(),
                state.version(),
                state.workers(),
                state.alive(),
                state.operation().map(Operation::toString),
                state.lastCommitted().map(CommittedSnapshot::snapshot),
                notice.stream().toList());
    }

    private ControlOutput react(List<Answer> answers, boolean mayRead, long nowNanos) {
        if (!isLeading) {
            return ControlOutput.idle(false, answers);
        }
        if (!isCaughtUp) {
            boolean read = mayRead && !isReading;
            isReading |= read;
            return ControlOutput.idle(read, answers);
        }
        heard.follow();
        answers.addAll(desk.settle());
        Optional<ControlEntry> propose = isProposing ? Optional.empty() : plan.next(nowNanos);
        isProposing |= propose.isPresent();
        var before = notice;
        notice = plan.notice(nowNanos);
        var told = notice.equals(before) ? Optional.<String>empty() : notice;
        return new ControlOutput(
                propose, false, solicit(nowNanos), answers, told.stream().toList(), plan.wakeAt());
    }

    private Optional<Solicitation> solicit(long nowNanos) {
        if (!isSolicitingNow
                && nowNanos - solicitedNanos < settings.solicitInterval().toNanos()) {
            return Optional.empty();
        }
        isSolicitingNow = false;
        solicitedNanos = nowNanos;
        var all = new TreeSet<>(state.alive());
        all.addAll(state.workers());
        state.operation().ifPresent(one -> all.addAll(one.participants()));
        return Optional.of(new Solicitation(state.generation(), List.copyOf(all)));
    }
}

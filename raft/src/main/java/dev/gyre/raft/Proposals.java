package dev.gyre.raft;

import dev.gyre.core.NodeContext;
import dev.gyre.raft.OpenProposals.Open;
import dev.gyre.raft.OpenProposals.Stage;
import dev.gyre.raft.core.Answer;
import dev.gyre.raft.core.Entry;
import dev.gyre.raft.core.Notice;
import dev.gyre.raft.core.RoleName;
import dev.gyre.raft.wire.Forwarded;
import dev.gyre.raft.wire.Proposal;
import dev.gyre.raft.wire.RaftWire;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Proposals on their way to the leader, and what became of those of this node. Each ends in one way: committed, failed for certain, or unknown.
 *
 * <p>They are gathered during a turn of the node and go together: into the own log if this node leads, to the leader if it is known, or they wait for
 * one. A proposal is handed on once. What happens to it then is known from the log, where it comes with its name; from the leader, which tells what it
 * did not take; or from the own core, if it was appended here. Where none of them tells anything in time, its fate is unknown.
 */
final class Proposals<E> {
    private final RaftOptions<E> options;
    private final RaftPart part;
    private final Consumer<RaftEvent<E>> events;
    private final Counters counters;
    private final String self;
    private final long life;
    private final OpenProposals<E> open;
    private final ForwardedHere<E> here;
    private ArrayDeque<Proposal<E>> queue = new ArrayDeque<>();

    /** @param storedTerm that this node starts from */
    Proposals(
            RaftOptions<E> options, RaftPart part, Consumer<RaftEvent<E>> events, Counters counters, long storedTerm) {
        this.options = options;
        this.part = part;
        this.events = events;
        this.counters = counters;
        NodeContext<?, ?> node = part.node();
        this.self = node.nodeId();
        // Both far from those of an earlier life of this node, and exact in any JSON library.
        this.life = node.random().nextLong(1L << 53);
        this.open = new OpenProposals<>(1 + (node.random().nextLong(1L << 30) << 20));
        this.here = new ForwardedHere<>(storedTerm);
    }

    int openCount() {
        return open.count();
    }

    boolean isAnyQueued() {
        return !queue.isEmpty();
    }

    /** When the oldest is given up; {@code Long.MAX_VALUE} if there is none. */
    long deadlineNanos() {
        var oldest = open.oldest();
        return oldest == null ? Long.MAX_VALUE : oldest.deadlineNanos;
    }

    /** Takes one; its fate is told later. */
    void propose(E value) {
        counters.proposals++;
        if (open.count() >= options.proposals().waitingMax()) {
            events.accept(new RaftEvent.ProposalFailed<>(value, open.count() + " proposals wait already"));
            return;
        }
        var bytes = options.codec().encode(value);
        int max =
                Math.min(options.codec().maxBytes(), options.settings().limits().maxEntryBytes());
        if (bytes.length > max) {
            events.accept(
                    new RaftEvent.ProposalFailed<>(value, "it has " + bytes.length + " bytes; the limit is " + max));
            return;
        }
        long deadline = part.node().nowNanos() + options.proposals().timeout().toNanos();
        var same = options.codec().afterJourney(value, bytes);
        queue.add(new Proposal<>(self, open.add(same, deadline), same, bytes));
    }

    // ---- on their way

    /**
     * Hands on what was gathered.
     *
     * @param append proposes to the own core
     */
    void flush(Notice.LeadershipChanged leadership, Function<List<Proposal<E>>, Answer> append) {
        if (queue.isEmpty()) {
            return;
        }
        boolean isForwarded = options.proposals().isForwarded();
        if (leadership.role() == RoleName.LEADER) {
            var taken = queue;
            queue = new ArrayDeque<>();
            append(taken, append);
        } else if (!isForwarded) {
            failQueued(leadership.leader().map(leader -> leader + " leads").orElse("no leader is known"));
        } else if (leadership.leader().isPresent()) {
            forward(leadership.leader().get(), leadership.term());
        }
    }

    private void append(ArrayDeque<Proposal<E>> taken, Function<List<Proposal<E>>, Answer> append) {
        int batchMax = options.settings().limits().maxBatchBytes();
        while (!taken.isEmpty()) {
            List<Proposal<E>> batch = new ArrayList<>(taken.size());
            long bytes = 0;
            while (!taken.isEmpty() && (batch.isEmpty() || bytes < batchMax)) {
                var proposal = taken.removeFirst();
                bytes += Entry.OVERHEAD_BYTES + proposal.bytes().length;
                batch.add(proposal);
            }
            switch (append.apply(batch)) {
                case Answer.Accepted(long term, long first, long last) -> appended(batch, term, first);
                case Answer.Overloaded(var reason) -> refused(batch, reason);
                case Answer.Refused(var reason) -> refused(batch, reason);
                case Answer.NotLeader(var leader) -> refused(batch, "leadership was lost");
                case Answer.Started() -> throw new IllegalStateException("a proposal was answered as a change");
            }
        }
    }

    private void appended(List<Proposal<E>> batch, long term, long first) {
        long index = first;
        for (var proposal : batch) {
            if (proposal.origin().equals(self)) {
                var mine = open.find(proposal.ticket());
                if (mine != null) {
                    mine.stage = Stage.APPENDED;
                    mine.term = term;
                    mine.index = index;
                }
            } else {
                here.appended(index, proposal);
            }
            index++;
        }
    }

    private void refused(List<Proposal<E>> batch, String reason) {
        for (var proposal : batch) {
            if (proposal.origin().equals(self)) {
                fail(proposal.ticket(), reason);
            } else {
                tellFailed(proposal.origin(), List.of(proposal.ticket()), reason);
            }
        }
    }

    private void failQueued(String reason) {
        var failed = queue;
        queue = new ArrayDeque<>();
        refused(List.copyOf(failed), reason);
    }

    private void forward(String leader, long term) {
        List<Proposal<E>> mine = new ArrayList<>(queue.size());
        for (var proposal : queue) {
            var waiting = open.find(proposal.ticket());
            if (!proposal.origin().equals(self)) {
                // Taken as the leader of a turn ago; it may be handed on once, and was.
                tellFailed(proposal.origin(), List.of(proposal.ticket()), self + " does not lead any more");
            } else if (waiting != null) {
                waiting.stage = Stage.FORWARDED;
                mine.add(proposal);
            }
        }
        queue.clear();
        counters.forwarded += mine.size();
        if (!mine.isEmpty()) {
            part.send(
                    leader, new RaftWire.RaftForward(options.group(), term, life, Forwarded.of(mine, options.codec())));
        }
    }

    // ---- from other nodes

    /** Another node means this one to lead, and hands on proposals of its own. */
    void forwarded(String from, RaftWire.RaftForward forward, Notice.LeadershipChanged leadership) {
        List<Proposal<E>> proposals =
                RaftPart.readable(from, () -> forward.proposals().read(from, options.codec()));
        boolean leads = leadership.role() == RoleName.LEADER && leadership.term() == forward.term();
        if (leads) {
            queue.addAll(here.fresh(from, forward.life(), proposals));
        } else if (here.neverLed(forward.term(), leadership.term())) {
            tellFailed(
                    from,
                    proposals.stream().map(Proposal::ticket).toList(),
                    self + " does not lead term " + forward.term());
        }
    }

    private void tellFailed(String origin, List<Long> tickets, String reason) {
        part.send(origin, new RaftWire.RaftForwardFailed(options.group(), tickets, reason));
    }

    /** The node that these were handed to has not taken them. */
    void forwardFailed(RaftWire.RaftForwardFailed failed) {
        for (long ticket : failed.tickets()) {
            var mine = open.find(ticket);
            if (mine != null && mine.stage == Stage.FORWARDED) {
                fail(ticket, failed.reason());
            }
        }
    }

    // ---- fates

    /** Whether a committed proposal is one of those that are open here; it is closed with that. */
    boolean isOwn(Proposal<E> proposal) {
        return proposal.origin().equals(self) && open.close(proposal.ticket()) != null;
    }

    /** Everything up to an index is committed. */
    void committedUpTo(long index) {
        here.committedUpTo(index);
    }

    void noticed(Notice notice) {
        switch (notice) {
            case Notice.LeadershipChanged(var role, long term, var leader)
            when role == RoleName.LEADER -> here.lead(term);
            case Notice.ProposalsLost(long term, long first, long last) -> {
                close(
                        term,
                        first,
                        last,
                        value -> new RaftEvent.ProposalFailed<>(value, "another leader's log prevailed"));
                here.lost(
                        term,
                        first,
                        last,
                        (origin, tickets) -> tellFailed(origin, tickets, "another leader's log prevailed"));
            }
            case Notice.ProposalsUnknown(long term, long first, long last) ->
                close(
                        term,
                        first,
                        last,
                        value -> new RaftEvent.ProposalUnknown<>(value, "a snapshot came in place of the log"));
            default -> {}
        }
    }

    private void close(long term, long first, long last, Function<E, RaftEvent<E>> event) {
        open.closeIf(
                one -> one.stage == Stage.APPENDED && one.term == term && one.index >= first && one.index <= last,
                closed -> events.accept(event.apply(closed.value)));
    }

    private void fail(long ticket, String reason) {
        var closed = open.close(ticket);
        if (closed != null) {
            events.accept(new RaftEvent.ProposalFailed<>(closed.value, reason));
        }
    }

    /** Gives up those whose time is over. */
    void expire(long nowNanos) {
        var oldest = open.oldest();
        while (oldest != null && oldest.deadlineNanos - nowNanos <= 0) {
            long ticket = open.oldestTicket();
            open.close(ticket);
            events.accept(late(oldest));
            if (oldest.stage == Stage.WAITING) {
                queue.removeIf(proposal -> proposal.origin().equals(self) && proposal.ticket() == ticket);
            }
            oldest = open.oldest();
        }
    }

    private RaftEvent<E> late(Open<E> one) {
        long millis = options.proposals().timeout().toMillis();
        return one.stage == Stage.WAITING
                ? new RaftEvent.ProposalFailed<>(one.value, "no leader was found within " + millis + " ms")
                : new RaftEvent.ProposalUnknown<>(one.value, "not known to be committed within " + millis + " ms");
    }
}

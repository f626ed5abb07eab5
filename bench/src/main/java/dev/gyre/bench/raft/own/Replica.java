package dev.gyre.bench.raft.own;

import dev.gyre.bench.raft.Applied;
import dev.gyre.bench.raft.Completion;
import dev.gyre.bench.raft.Tally;
import dev.gyre.core.Event;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Service;
import dev.gyre.raft.RaftEvent;
import dev.gyre.raft.RaftOptions;
import dev.gyre.raft.RaftService;
import dev.gyre.raft.core.RoleName;
import dev.gyre.raft.storage.EntryCodec;
import java.nio.ByteBuffer;

/** A node that replicates operations and counts them. */
final class Replica implements Service<Replica.Command, RaftEvent<Replica.Op>> {
    private final RaftService<Op> raft;
    private final View view;

    /** What it is told to do by the thread outside. */
    sealed interface Command {
        /** Replicate an operation. */
        record Submit(Op op) implements Command {}

        /** Let another node lead. */
        record HandOver(String target) implements Command {}
    }

    /**
     * An operation, with whom to tell at the node where it was submitted.
     *
     * @param value what is replicated; not compared
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Op(byte[] value, Completion completion) {}

    /** The value alone is written. */
    static final class OpCodec implements EntryCodec<Op> {
        @Override
        public int maxBytes() {
            return DEFAULT_MAX_BYTES;
        }

        @Override
        public byte[] encode(Op op) {
            return op.value;
        }

        @Override
        public Op decode(byte[] bytes) {
            return new Op(bytes, committed -> {});
        }

        @Override
        public Op afterJourney(Op op, byte[] bytes) {
            return op; // with whom to tell
        }
    }

    /** What other threads see of the node. */
    static final class View {
        private final int number;
        private final Tally tally;
        private volatile boolean leads;

        View(int number) {
            this.number = number;
            this.tally = new Tally(number);
        }

        int number() {
            return number;
        }

        Tally tally() {
            return tally;
        }

        boolean leads() {
            return leads;
        }
    }

    Replica(NodeContext<Command, RaftEvent<Op>> node, RaftOptions<Op> options, View view) {
        raft = RaftService.embed(node, options, event -> event);
        this.view = view;
    }

    @Override
    public void step(Event<Command, RaftEvent<Op>> event, Network<Command> network) {
        switch (event) {
            case Event.Received<Command, RaftEvent<Op>>(var message) -> {
                switch (message.payload()) {
                    case Command.Submit(var op) -> raft.propose(op);
                    case Command.HandOver(var target) -> raft.transferLeadership(target);
                }
            }
            case Event.Signal<Command, RaftEvent<Op>>(var signal) -> follow(signal);
            case Event.EndOfInput<Command, RaftEvent<Op>> end -> {}
        }
    }

    private void follow(RaftEvent<Op> event) {
        switch (event) {
            case RaftEvent.Committed<Op>(var index, var term, var op, var here) -> {
                view.tally.apply(op.value);
                if (here) {
                    op.completion.done(true);
                }
            }
            case RaftEvent.ProposalFailed<Op>(var op, var reason) -> op.completion.done(false);
            case RaftEvent.ProposalUnknown<Op>(var op, var reason) -> op.completion.done(false);
            case RaftEvent.LeaderChanged<Op>(var role, var term, var leader) -> view.leads = role == RoleName.LEADER;
            case RaftEvent.SnapshotRequested<Op>(var index) -> raft.snapshot(index, snapshot());
            case RaftEvent.RestoreSnapshot<Op>(var index, var term, var state) -> restore(ByteBuffer.wrap(state));
            case RaftEvent.MembershipChanged<Op> seen -> {}
        }
    }

    private byte[] snapshot() {
        var applied = view.tally.snapshot();
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(applied.count())
                .putLong(applied.checksum())
                .array();
    }

    private void restore(ByteBuffer state) {
        view.tally.install(new Applied(state.getLong(), state.getLong()));
    }
}

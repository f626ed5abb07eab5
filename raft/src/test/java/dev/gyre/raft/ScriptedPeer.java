package dev.gyre.raft;

import dev.gyre.core.Event;
import dev.gyre.core.Network;
import dev.gyre.core.Service;
import dev.gyre.core.simulation.Fault;
import dev.gyre.core.simulation.SimulationRun;
import dev.gyre.raft.HostValue.HostPut;
import dev.gyre.raft.core.Entry;
import dev.gyre.raft.core.Position;
import dev.gyre.raft.wire.Forwarded;
import dev.gyre.raft.wire.Proposal;
import dev.gyre.raft.wire.RaftWire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The other one of two nodes, which hands a proposal to the leader twice: the copy comes when the leader has crashed, is back, and campaigns for a
 * later term. What it took in its earlier life is in its log, and is committed in the end; so it must not tell that it failed.
 */
final class ScriptedPeer implements Service<RaftWire, Runnable> {
    private static final Duration UNTIL_CRASH = Duration.ofMillis(30);
    private static final long TICKET = 7;

    private final SimulationRun<HostMessage> run;
    private final String leader;
    private long ledTerm;
    private boolean isCopySent;
    boolean isCommitted;
    final List<RaftWire.RaftForwardFailed> failures = new ArrayList<>();

    ScriptedPeer(SimulationRun<HostMessage> run, String leader) {
        this.run = run;
        this.leader = leader;
    }

    static Proposal<HostPut> proposal(String origin, long ticket) {
        var put = new HostPut(ticket, "");
        return new Proposal<>(origin, ticket, put, HostValue.BINARY.encode(put));
    }

    @Override
    public void step(Event<RaftWire, Runnable> event, Network<RaftWire> network) {
        if (event instanceof Event.Received<RaftWire, Runnable>(var message)) {
            switch (message.payload()) {
                case RaftWire.RaftPreVote(var group, long term, var last) ->
                    network.send(leader, new RaftWire.RaftPreVoteReply(group, term, true));
                case RaftWire.RaftVote vote -> voteOrSendCopy(vote, network);
                case RaftWire.RaftAppend append -> append(append, network);
                case RaftWire.RaftForwardFailed failed -> failures.add(failed);
                default -> {}
            }
        }
    }

    private void voteOrSendCopy(RaftWire.RaftVote vote, Network<RaftWire> network) {
        if (ledTerm != 0 && !isCopySent) {
            isCopySent = true;
            forward(network);
        } else {
            network.send(leader, new RaftWire.RaftVoteReply(vote.group(), vote.term(), true));
        }
    }

    private void forward(Network<RaftWire> network) {
        var proposals = Forwarded.of(List.of(proposal("n0", TICKET)), HostValue.BINARY);
        network.send(leader, new RaftWire.RaftForward("raft", ledTerm, 1, proposals));
    }

    private void append(RaftWire.RaftAppend append, Network<RaftWire> network) {
        if (ledTerm == 0) {
            ledTerm = append.term();
            forward(network);
            run.after(UNTIL_CRASH, () -> {
                run.inject(new Fault.Crash(leader));
                run.inject(new Fault.Restart(leader));
            });
        } else if (append.term() > ledTerm) {
            if (append.previous().index() > 0 && !isCommitted) {
                network.send(
                        leader,
                        new RaftWire.RaftAppendReject(
                                append.group(), append.term(), append.previous().index(), Position.START));
                return;
            }
            List<Entry<Proposal<HostPut>>> entries =
                    append.entries().read(append.previous().index() + 1, HostValue.BINARY);
            isCommitted |= entries.stream().anyMatch(entry -> entry instanceof Entry.Data);
            long match = append.previous().index() + entries.size();
            network.send(leader, new RaftWire.RaftAppendAck(append.group(), append.term(), match));
        }
    }
}

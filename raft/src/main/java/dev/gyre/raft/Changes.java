package dev.gyre.raft;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.RpcError;
import dev.gyre.raft.core.Answer;
import dev.gyre.raft.core.Membership;
import dev.gyre.raft.core.Notice;
import dev.gyre.raft.core.RoleName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Operations that an operator asks a leader for, one of each kind at a time: a change of members, and a transfer of leadership. */
final class Changes {
    /** One that is under way. */
    private record Pending<T>(T target, Promise<T> promise) {}

    private @Nullable Pending<Membership> change;
    private @Nullable Pending<String> transfer;

    Promise<Membership> begin(Membership target, Optional<Answer> answer) {
        var begun = begin(new Pending<>(target, new Promise<>()), answer);
        change = begun.promise.isDone() ? change : begun;
        return begun.promise;
    }

    Promise<String> begin(String target, Optional<Answer> answer) {
        var begun = begin(new Pending<>(target, new Promise<>()), answer);
        transfer = begun.promise.isDone() ? transfer : begun;
        return begun.promise;
    }

    private static <T> Pending<T> begin(Pending<T> pending, Optional<Answer> answer) {
        switch (answer.orElse(new Answer.Overloaded("the node is starting"))) {
            case Answer.Started() -> {}
            case Answer.NotLeader(var leader) ->
                pending.promise.complete(failed(
                        ErrorCode.TEMPORARILY_UNAVAILABLE,
                        leader.map(name -> name + " leads: ask there").orElse("no leader is known")));
            case Answer.Overloaded(var reason) ->
                pending.promise.complete(failed(ErrorCode.TEMPORARILY_UNAVAILABLE, reason));
            case Answer.Refused(var reason) -> pending.promise.complete(failed(ErrorCode.PRECONDITION_FAILED, reason));
            case Answer.Accepted accepted -> throw new IllegalStateException("a change was answered as a proposal");
        }
        return pending;
    }

    void noticed(Notice notice, String self) {
        switch (notice) {
            case Notice.MembershipSettled(var index, var members) -> settled(members);
            case Notice.MembershipChangeAborted(var target, var reason) -> endChange(failed(ErrorCode.ABORT, reason));
            case Notice.TransferAborted(var target, var reason) -> endTransfer(failed(ErrorCode.ABORT, reason));
            case Notice.LeadershipChanged(var role, var term, var leader)
            when role != RoleName.LEADER -> leaderChanged(leader, self);
            case Notice.LeadershipChanged again -> endTransfer(failed(ErrorCode.ABORT, self + " leads again"));
            default -> {}
        }
    }

    private void settled(Membership members) {
        if (change != null && members.equals(change.target)) {
            endChange(new Outcome.Ok<>(members));
        }
    }

    /** Whoever leads now completes a change that is joint, but this node may never hear of it. */
    private void leaderChanged(Optional<String> leader, String self) {
        endChange(new Outcome.Unknown<>(
                new RpcError(ErrorCode.TIMEOUT, self + " lost leadership during the change; look at the membership")));
        if (transfer != null && leader.isPresent()) {
            endTransfer(
                    leader.get().equals(transfer.target)
                            ? new Outcome.Ok<>(transfer.target)
                            : failed(ErrorCode.ABORT, leader.get() + " leads now"));
        }
    }

    private void endChange(Outcome<Membership> outcome) {
        var ended = change;
        if (ended != null) {
            change = null;
            ended.promise.complete(outcome);
        }
    }

    private void endTransfer(Outcome<String> outcome) {
        var ended = transfer;
        if (ended != null) {
            transfer = null;
            ended.promise.complete(outcome);
        }
    }

    private static <T> Outcome<T> failed(ErrorCode code, String reason) {
        return Outcome.of(new RpcError(code, reason));
    }
}

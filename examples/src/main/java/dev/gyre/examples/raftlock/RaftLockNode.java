package dev.gyre.examples.raftlock;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.NodeContext;
import dev.gyre.core.RpcError;
import dev.gyre.core.host.Node;
import dev.gyre.examples.Flags;
import dev.gyre.examples.lock.LockNode.Msg;
import dev.gyre.examples.replicated.Command;
import dev.gyre.examples.replicated.ReplicatedNode;
import dev.gyre.examples.replicated.State;
import dev.gyre.raft.RaftEvent;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A replica of a lock. An acquire or release of unknown outcome may still come to pass, but only once: so a client that was not answered
 * gives the lock back, and asks for it again.
 */
public final class RaftLockNode extends ReplicatedNode<Msg, RaftLockNode.Lock> {
    /** Who has the lock: one or none. The lock is not re-entrant: its holder is refused like anybody. */
    public record Lock(SortedSet<Long> holder) implements State<Msg> {
        @Override
        public boolean isRead(Msg request) {
            return false;
        }

        @Override
        public Msg serve(Msg request) {
            return switch (request) {
                case Msg.Acquire(long who) -> {
                    require(holder.isEmpty(), "the lock is taken");
                    holder.add(who);
                    yield new Msg.AcquireOk();
                }
                case Msg.Release(long who) -> {
                    require(holder.remove(who), who + " does not hold the lock");
                    yield new Msg.ReleaseOk();
                }
                case Msg.AcquireOk ok -> throw new RpcError(ErrorCode.NOT_SUPPORTED, "this is a reply");
                case Msg.ReleaseOk ok -> throw new RpcError(ErrorCode.NOT_SUPPORTED, "this is a reply");
            };
        }

        private static void require(boolean condition, String refusal) {
            if (!condition) {
                throw new RpcError(ErrorCode.PRECONDITION_FAILED, refusal);
            }
        }
    }

    /** A replica of a lock that is free at first. */
    public RaftLockNode(NodeContext<Msg, RaftEvent<Command<Msg>>> node) {
        super(node, Msg.class, Lock.class, new Lock(new TreeSet<>()));
    }

    /** Runs the node under Maelstrom. */
    public static void main(String[] args) {
        Node.run(Msg.class, RaftLockNode::new, Flags.none(args));
    }
}

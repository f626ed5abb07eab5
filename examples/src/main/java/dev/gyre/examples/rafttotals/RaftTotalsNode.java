package dev.gyre.examples.rafttotals;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.NodeContext;
import dev.gyre.core.RpcError;
import dev.gyre.core.host.Node;
import dev.gyre.examples.Flags;
import dev.gyre.examples.replicated.Command;
import dev.gyre.examples.replicated.ReplicatedNode;
import dev.gyre.examples.replicated.State;
import dev.gyre.raft.RaftEvent;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A replica of totals of values by key. An add of unknown outcome may still come to pass, but only once: it is never proposed again, so a client that
 * was not answered has to live with not knowing.
 */
public final class RaftTotalsNode extends ReplicatedNode<RaftTotalsNode.Msg, RaftTotalsNode.Totals> {
    /** What this node understands. */
    public sealed interface Msg {
        /** Adds a value to the total of a key. */
        record Add(String key, long value) implements Msg {}

        /** It counts, whatever happens. */
        record AddOk() implements Msg {}

        /** Asks for the total of a key. */
        record Total(String key) implements Msg {}

        /** The sum of the values that were added; 0 when there are none. */
        record TotalOk(long value) implements Msg {}
    }

    /** The total of each key. */
    public record Totals(SortedMap<String, Long> totals) implements State<Msg> {
        @Override
        public boolean isRead(Msg request) {
            return request instanceof Msg.Total;
        }

        @Override
        public Msg serve(Msg request) {
            return switch (request) {
                case Msg.Add(var key, long value) -> {
                    totals.put(key, plus(totals.getOrDefault(key, 0L), value));
                    yield new Msg.AddOk();
                }
                case Msg.Total(var key) -> new Msg.TotalOk(totals.getOrDefault(key, 0L));
                case Msg.AddOk ok -> throw new RpcError(ErrorCode.NOT_SUPPORTED, "this is a reply");
                case Msg.TotalOk ok -> throw new RpcError(ErrorCode.NOT_SUPPORTED, "this is a reply");
            };
        }

        private static long plus(long total, long value) {
            long sum = total + value;
            if (((total ^ sum) & (value ^ sum)) < 0) {
                throw new RpcError(ErrorCode.PRECONDITION_FAILED, total + " and " + value + " make no 64-bit total");
            }
            return sum;
        }
    }

    /** A replica of totals that are 0 at first. */
    public RaftTotalsNode(NodeContext<Msg, RaftEvent<Command<Msg>>> node) {
        super(node, Msg.class, Totals.class, new Totals(new TreeMap<>()));
    }

    /** Runs the node under Maelstrom. */
    public static void main(String[] args) {
        Node.run(Msg.class, RaftTotalsNode::new, Flags.none(args));
    }
}

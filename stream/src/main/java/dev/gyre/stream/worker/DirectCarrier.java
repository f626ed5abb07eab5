package dev.gyre.stream.worker;

import dev.gyre.core.NodeContext;
import java.util.Optional;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** See {@link Carriage.Direct}. */
final class DirectCarrier implements Carrier {
    private static final Logger log = LoggerFactory.getLogger(DirectCarrier.class);

    private final NodeContext<JobMessage, JobNode.Signal> node;
    private final int me;
    private final Receiver receiver;

    DirectCarrier(NodeContext<JobMessage, JobNode.Signal> node, int me, Receiver receiver) {
        this.node = node;
        this.me = me;
        this.receiver = receiver;
    }

    @Override
    public void send(int to, Frame frame) {
        node.network().send(node.nodeIds().get(to), new JobMessage.Framed(me, frame));
    }

    @Override
    public void receive(String src, JobMessage message) {
        if (message instanceof JobMessage.Framed(var from, var frame)) {
            receiver.receive(from, frame);
        } else {
            log.warn(
                    "{}: {} speaks over links, and this node does not: all need the same carriage", node.nodeId(), src);
        }
    }

    /** The credit of records is all that there is. */
    @Override
    public void consumed(int edge, int sender, int records) {}

    @Override
    public void live(long incarnation) {}

    /** What is of an earlier generation is told by the frame itself. */
    @Override
    public void begin(long generation, IntFunction<Optional<Long>> lives) {}

    @Override
    public void tick() {}
}

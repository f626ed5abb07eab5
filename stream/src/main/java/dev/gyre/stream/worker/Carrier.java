package dev.gyre.stream.worker;

import dev.gyre.core.NodeContext;
import java.util.Optional;
import java.util.function.IntFunction;

/** Brings frames to other workers, in order for each of their channels and each once, and theirs here. For the node's thread. */
interface Carrier {
    /** Whom a carrier tells. */
    interface Receiver {
        /** A frame of another worker has come. */
        void receive(int from, Frame frame);

        /** Something of a generation is lost for good: it has to be given up. */
        void lost(long generation, String reason);

        /** Something of a generation can never be sent. */
        void failed(long generation, RuntimeException failure);
    }

    /** The carrier of a node. */
    static Carrier of(NodeContext<JobMessage, JobNode.Signal> node, Carriage carriage, int me, Receiver receiver) {
        return switch (carriage) {
            case Carriage.Direct() -> new DirectCarrier(node, me, receiver);
            case Carriage.OverLinks links -> new LinkedCarrier(node, links, receiver);
        };
    }

    /** Sends a frame. A carrier that has no room for it keeps it. */
    void send(int to, Frame frame);

    /** Records of another worker have been consumed, and need no more memory. */
    void consumed(int edge, int sender, int records);

    /** The worker at this node is known in a life. May be said again. */
    void live(long incarnation);

    /**
     * A generation has begun, or other workers take part in it: nothing of an earlier one is carried from here on.
     *
     * @param lives the latest life of each worker; none of one that is not known
     */
    void begin(long generation, IntFunction<Optional<Long>> lives);

    /** A message of another node's carrier, {@link JobMessage.Framed} or {@link JobMessage.Linked}. */
    void receive(String src, JobMessage message);

    /** Time has gone on. */
    void tick();
}

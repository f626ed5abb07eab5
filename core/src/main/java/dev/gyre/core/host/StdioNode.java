package dev.gyre.core.host;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.ServiceFactory;
import dev.gyre.core.StorageException;
import dev.gyre.core.codec.ErrorBody;
import dev.gyre.core.codec.LineDecoder;
import dev.gyre.core.codec.LineMessage;
import dev.gyre.core.codec.MalformedPayload;
import dev.gyre.core.codec.PayloadTypes;
import dev.gyre.core.host.Inbox.Input;
import dev.gyre.core.loop.NodeLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of one node on two streams: the handshake, then its loop, then its end. For the node's thread. */
final class StdioNode<M, S> {
    /** Peers that are ahead may send this many messages before the node knows its own id; more are dropped and logged. */
    private static final int MAX_EARLY_MESSAGES = 10_000;

    private static final Logger log = LoggerFactory.getLogger(StdioNode.class);
    private static final PayloadTypes<Handshake> HANDSHAKE = PayloadTypes.of(Handshake.class);

    private final PayloadTypes<M> types;
    private final ServiceFactory<M, S> factory;
    private final List<String> arguments;
    private final StdioPort port;
    private final List<LineMessage> early = new ArrayList<>();
    private @Nullable NodeLoop node;

    StdioNode(PayloadTypes<M> types, ServiceFactory<M, S> factory, List<String> arguments, StdioPort port) {
        this.types = types;
        this.factory = factory;
        this.arguments = arguments;
        this.port = port;
    }

    int run(Inbox inbox, LineDecoder decoder) throws InterruptedException {
        try {
            loop(inbox, decoder);
            if (node != null) {
                node.endOfInput();
            }
            port.flush();
            return StdioHost.EXIT_OK;
        } catch (IOException e) {
            log.error("nobody reads this node's messages any more ({}): it ends", e.getMessage());
            return StdioHost.EXIT_FAILED;
        } catch (NodeNotStarted e) {
            if (e.getCause() instanceof StorageException disk) {
                throw disk;
            }
            log.error("the service could not be made: the node ends", e.getCause());
            return StdioHost.EXIT_FAILED;
        }
    }

    private void loop(Inbox inbox, LineDecoder decoder) throws InterruptedException, IOException, NodeNotStarted {
        boolean isOver = false;
        while (true) {
            var batch = inbox.poll();
            if (batch == null) {
                port.flush();
                batch = inbox.poll(patience());
            }
            if (batch != null) {
                isOver |= batch.isEmpty();
                for (var input : batch) {
                    take(input, decoder);
                    port.flushIfDue();
                }
            }
            if (isOver && !port.isBusy()) {
                return;
            }
            if (node != null) {
                node.runDueTimers();
                port.flushIfDue();
            }
        }
    }

    /** How long to wait for input: until the next timer is due. */
    private long patience() {
        long deadline = node == null ? Long.MAX_VALUE : node.nextDeadlineNanos();
        return deadline == Long.MAX_VALUE ? deadline : deadline - port.nowNanos();
    }

    private void take(Input input, LineDecoder decoder) throws NodeNotStarted, IOException {
        switch (input) {
            case Input.Done(Runnable next) -> running().perform(next);
            case Input.Bad(long lineNumber, String reason) -> log.warn("line {}: {}", lineNumber, reason);
            case Input.Good(LineMessage message) when message.type().equals(Handshake.INIT) -> init(message, decoder);
            case Input.Good(LineMessage message) -> {
                if (node != null) {
                    node.receive(message);
                } else if (early.size() < MAX_EARLY_MESSAGES) {
                    early.add(message);
                } else {
                    log.warn("{}: dropped: {} messages came before init", message.where(), MAX_EARLY_MESSAGES);
                }
            }
        }
    }

    private NodeLoop running() {
        return Objects.requireNonNull(node, "a sync ended before there was a node");
    }

    private void init(LineMessage message, LineDecoder decoder) throws NodeNotStarted, IOException {
        if (node != null) {
            refuse(message, ErrorCode.PRECONDITION_FAILED, "this node has its id already");
            return;
        }
        Handshake.Init init;
        try {
            init = (Handshake.Init) message.payload(HANDSHAKE);
        } catch (MalformedPayload e) {
            refuse(message, ErrorCode.MALFORMED_REQUEST, String.valueOf(e.getMessage()));
            return;
        }
        if (!init.nodeIds().contains(init.nodeId())) {
            refuse(message, ErrorCode.MALFORMED_REQUEST, init.nodeId() + " is not among node_ids " + init.nodeIds());
            return;
        }
        start(message, init, decoder);
    }

    private void start(LineMessage message, Handshake.Init init, LineDecoder decoder)
            throws NodeNotStarted, IOException {
        port.flush();
        port.useNodeId(init.nodeId());
        var made = new NodeLoop(port, init.nodeId(), init.nodeIds(), arguments);
        try {
            made.start(types, factory);
        } catch (RuntimeException e) {
            boolean isDisk = e instanceof StorageException;
            refuse(message, ErrorCode.CRASH, "the service could not be made: " + (isDisk ? e.getMessage() : e));
            port.flush();
            throw new NodeNotStarted(e);
        }
        decoder.useRoutes(made::protocolOf);
        node = made;
        port.sendFirst(() ->
                port.send(message.src(), OptionalLong.empty(), message.msgId(), new Handshake.InitOk(), HANDSHAKE));
        early.forEach(made::receive);
        early.clear();
    }

    private void refuse(LineMessage init, ErrorCode code, String text) {
        log.warn("{}: {}", init.where(), text);
        if (node == null) {
            port.useNodeId(init.dest());
        }
        port.send(init.src(), OptionalLong.empty(), init.msgId(), new ErrorBody(code.value(), text), ErrorBody.TYPES);
    }

    /** The service's factory has thrown: there is no node. */
    private static final class NodeNotStarted extends Exception {
        private static final long serialVersionUID = 1L;

        NodeNotStarted(RuntimeException cause) {
            super(cause);
        }
    }
}

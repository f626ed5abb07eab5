package dev.gyre.core.simulation;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Event;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Outcome;
import dev.gyre.core.Request;
import dev.gyre.core.RpcError;
import dev.gyre.core.Service;
import dev.gyre.core.ServiceFactory;
import dev.gyre.core.StorageException;
import dev.gyre.core.StorageFile;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** A set that one node keeps on its disk: an append-only file of elements, each followed by its complement as a checksum. */
final class DurableSet implements Service<DurableSet.Msg, Void> {
    sealed interface Msg {
        record Add(long element) implements Msg {}

        record AddOk() implements Msg {}

        record Read() implements Msg {}

        record ReadOk(List<Long> elements) implements Msg {}
    }

    /** What may be done wrong. */
    record Care(boolean syncsContents, boolean syncsNames, boolean checksRecords, boolean mindsFailures) {
        static final Care ALL = new Care(true, true, true, true);
    }

    private static final int RECORD_BYTES = 2 * Long.BYTES;

    private final Care care;
    private final StorageFile log;
    private final Network<Msg> network;
    private final TreeSet<Long> elements = new TreeSet<>();
    private boolean isReady;

    private DurableSet(NodeContext<Msg, Void> node, Care care) {
        this.care = care;
        this.network = node.network();
        log = node.storage().open("log");
        recover();
        if (care.syncsNames) {
            node.storage().sync().whenDone(outcome -> isReady = orStop(outcome));
        } else {
            isReady = true;
        }
    }

    static ServiceFactory<Msg, Void> with(UnaryOperator<Care> change) {
        var care = change.apply(Care.ALL);
        return node -> new DurableSet(node, care);
    }

    private void recover() {
        var buffer = ByteBuffer.allocate(RECORD_BYTES);
        long position = 0;
        while (log.read(position, buffer.clear()) == RECORD_BYTES) {
            long element = buffer.getLong(0);
            if (care.checksRecords && buffer.getLong(Long.BYTES) != ~element) {
                break;
            }
            elements.add(element);
            position += RECORD_BYTES;
        }
        log.truncate(position);
    }

    private boolean orStop(Outcome<?> outcome) {
        if (care.mindsFailures && outcome instanceof Outcome.Unknown<?>(RpcError error)) {
            throw new StorageException(StorageException.Kind.FAILED, error.text());
        }
        return true;
    }

    @Override
    public void step(Event<Msg, Void> event, Network<Msg> net) {
        if (event instanceof Event.Received<Msg, Void>(var message)) {
            if (message.payload() instanceof Msg.Add(long element)) {
                if (!isReady) {
                    throw new RpcError(ErrorCode.TEMPORARILY_UNAVAILABLE, "the disk is not ready");
                }
                add(element, message.request());
            } else if (message.payload() instanceof Msg.Read) {
                network.reply(message, new Msg.ReadOk(List.copyOf(elements)));
            }
        }
    }

    private void add(long element, Request request) {
        log.append(ByteBuffer.allocate(RECORD_BYTES)
                .putLong(element)
                .putLong(~element)
                .flip());
        if (care.syncsContents) {
            log.sync().whenDone(outcome -> {
                orStop(outcome);
                acknowledge(element, request);
            });
        } else {
            acknowledge(element, request);
        }
    }

    private void acknowledge(long element, Request request) {
        elements.add(element);
        network.reply(request, new Msg.AddOk());
    }
}

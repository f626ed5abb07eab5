package dev.gyre.core.link;

import java.util.ArrayDeque;
import java.util.Optional;

/** A channel at its receiver: what waits to be taken, and how much more may come. */
final class InChannel<P> {
    final String name;
    /** In order of arrival, which is the order of sending. */
    final ArrayDeque<Arrival<P>> queue = new ArrayDeque<>();
    /** Whether its credit has changed since the sender was told. */
    boolean isDirty;
    /** The latest epoch of which data or control was refused here: later barriers of it do not count. */
    long refusedEpoch = -1;

    private final LinkFrame.Sizes sizes;
    private Optional<String> schema = Optional.empty();
    private long dataCount;
    private long dataReceived;
    private long controlReceived;
    private long dataConsumed;
    private long controlConsumed;
    private long waiting;

    InChannel(String name, LinkFrame.Sizes sizes) {
        this.name = name;
        this.sizes = sizes;
    }

    /** What is wrong with an item that is the next one; nothing if it is taken into account. */
    Optional<String> receive(LinkFrame.Item<P> item) {
        switch (item.body()) {
            case LinkFrame.Body.Data<P> data -> {
                if (item.schema().isEmpty() && schema.isEmpty()) {
                    return Optional.of("its first data bears no schema");
                }
                if (schema.isPresent() && item.schema().isPresent() && !schema.equals(item.schema())) {
                    return Optional.of("it carries schema " + schema.get() + ", not "
                            + item.schema().get());
                }
                if (dataReceived + item.bytes() > limits().dataBytes()) {
                    return Optional.of("data beyond its credit of " + limits().dataBytes() + " bytes");
                }
                schema = schema.or(item::schema);
                dataReceived += item.bytes();
                dataCount++;
            }
            case LinkFrame.Body.Barrier<P> barrier
            when barrier.dataBefore() != dataCount -> {
                return Optional.of("a barrier after " + barrier.dataBefore() + " items of data, of which " + dataCount
                        + " have come");
            }
            case LinkFrame.Body.Barrier<P> barrier -> {
                return receiveControl(item);
            }
            case LinkFrame.Body.Control<P> control -> {
                return receiveControl(item);
            }
        }
        return Optional.empty();
    }

    private Optional<String> receiveControl(LinkFrame.Item<P> item) {
        if (controlReceived + item.bytes() > limits().controlBytes()) {
            return Optional.of("control beyond its credit of " + limits().controlBytes() + " bytes");
        }
        controlReceived += item.bytes();
        return Optional.empty();
    }

    /** Notes that an item is in memory until it is consumed. */
    void hold(int bytes) {
        waiting += bytes;
    }

    /** Of what is in memory, in the queue or with the consumer. */
    long heldBytes() {
        return waiting;
    }

    /** Gives back what an item held. */
    void release(boolean isData, int bytes) {
        waiting -= bytes;
        credit(isData, bytes);
    }

    /** Lets as much more come. */
    void credit(boolean isData, int bytes) {
        if (isData) {
            dataConsumed += bytes;
        } else {
            controlConsumed += bytes;
        }
        isDirty = true;
    }

    /** How much may come in all. */
    LinkFrame.Credit limits() {
        return new LinkFrame.Credit(
                name, dataConsumed + sizes.dataWindowBytes(), controlConsumed + sizes.controlWindowBytes());
    }
}

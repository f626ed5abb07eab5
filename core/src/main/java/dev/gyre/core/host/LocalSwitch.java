package dev.gyre.core.host;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.MemoryStorage;
import dev.gyre.core.codec.ErrorBody;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the nodes of a {@link LocalHost} share: which inbox belongs to which id, and what outlives a node. For any thread. */
final class LocalSwitch {
    private static final Logger log = LoggerFactory.getLogger(LocalSwitch.class);

    private final Map<String, LocalInbox> inboxes = new ConcurrentHashMap<>();
    private final Map<String, Place> places = new ConcurrentHashMap<>();

    /** What belongs to an id rather than to one of its lives. */
    static final class Place {
        /** How many nodes of this id there have been. */
        final AtomicLong lives = new AtomicLong();

        private final AtomicLong dropped = new AtomicLong();

        /** Its files, if they are kept in memory: for the thread of the life at hand. */
        final MemoryStorage memory = new MemoryStorage();
    }

    LocalSwitch(List<String> nodeIds) {
        nodeIds.forEach(this::place);
    }

    Place place(String id) {
        return places.computeIfAbsent(id, absent -> new Place());
    }

    void connect(String id, LocalInbox inbox) {
        inboxes.put(id, inbox);
    }

    /** No message comes to this inbox from now on, but for those of senders that are at it. */
    void disconnect(String id, LocalInbox inbox) {
        inboxes.remove(id, inbox);
    }

    /**
     * Passes a message on, if its receiver is up and has room.
     *
     * @param sleepers is told whom to wake
     * @return why it was surely not delivered, if that is known; a message to a node that is down is lost without a word
     */
    Optional<ErrorBody> deliver(LocalMessage message, Sleepers sleepers) {
        var inbox = inboxes.get(message.dest());
        if (inbox == null) {
            return places.containsKey(message.dest())
                    ? Optional.empty()
                    : Optional.of(new ErrorBody(
                            ErrorCode.NODE_NOT_FOUND.value(), "there has never been a node " + message.dest()));
        }
        if (!inbox.offer(message)) {
            return Optional.of(dropped(message));
        }
        if (inbox.isParked()) {
            sleepers.add(inbox);
        }
        return Optional.empty();
    }

    /** Passes on a message of a thread that is no node, and wakes its receiver; says whether it is in the inbox. */
    boolean hand(LocalMessage message) {
        var inbox = inboxes.get(message.dest());
        if (inbox == null) {
            return false;
        }
        if (!inbox.offer(message)) {
            dropped(message);
            return false;
        }
        inbox.wake();
        return true;
    }

    private ErrorBody dropped(LocalMessage message) {
        long count = place(message.dest()).dropped.incrementAndGet();
        if (Long.bitCount(count) == 1) { // now and then: at each power of two
            log.warn("{} does not keep up, its inbox is full: {} messages dropped so far", message.dest(), count);
        }
        return new ErrorBody(ErrorCode.TEMPORARILY_UNAVAILABLE.value(), "the inbox of " + message.dest() + " is full");
    }

    long droppedBy(String id) {
        var place = places.get(id);
        return place == null ? 0 : place.dropped.get();
    }
}

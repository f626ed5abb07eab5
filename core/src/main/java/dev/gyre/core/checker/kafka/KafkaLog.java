package dev.gyre.core.checker.kafka;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is known of the log of one key, from polls and acknowledged sends. All of it is in maps of what was seen, so
 * memory goes with the number of messages and never with their offsets.
 */
final class KafkaLog {
    /**
     * A send.
     *
     * @param operation its operation's index in the history
     * @param vertex the vertex of that operation, or -1 if it failed
     * @param message what was sent
     * @param offset where it was put; {@link #NOWHERE} if nobody acknowledged it
     */
    record SentMessage(int operation, int vertex, long message, long offset) {
        boolean failed() {
            return vertex < 0;
        }

        boolean acknowledged() {
            return offset != NOWHERE;
        }
    }

    /** Stands for no offset. */
    static final long NOWHERE = Long.MIN_VALUE;

    private final Map<Long, Long> messageAt = new LinkedHashMap<>();
    private final Map<Long, Long> offsetOf = new LinkedHashMap<>();
    private final SortedMap<Long, SortedSet<Long>> conflicts = new TreeMap<>();
    private final SortedMap<Long, SortedSet<Long>> duplicates = new TreeMap<>();
    private final Map<Long, SentMessage> sends = new LinkedHashMap<>();
    private final Map<Long, Integer> firstPoller = new LinkedHashMap<>();
    private long[] offsets = new long[0];
    private long highestPolled = NOWHERE;
    private int highestPoller = -1;

    /** Notes a send; false if the message was sent to this key before. */
    boolean addSend(SentMessage send) {
        if (sends.putIfAbsent(send.message(), send) != null) {
            return false;
        }
        if (send.acknowledged()) {
            addEntry(send.offset(), send.message());
        }
        return true;
    }

    /** Notes a message that an operation polled. */
    void addPolled(LogEntry entry, int operation) {
        addEntry(entry.offset(), entry.message());
        firstPoller.putIfAbsent(entry.message(), operation);
        if (entry.offset() > highestPolled) {
            highestPolled = entry.offset();
            highestPoller = operation;
        }
    }

    private void addEntry(long offset, long message) {
        Long other = messageAt.putIfAbsent(offset, message);
        if (other != null && other != message) {
            var messages = conflicts.computeIfAbsent(offset, o -> new TreeSet<>());
            messages.add(other);
            messages.add(message);
        }
        Long elsewhere = offsetOf.putIfAbsent(message, offset);
        if (elsewhere != null && elsewhere != offset) {
            var places = duplicates.computeIfAbsent(message, m -> new TreeSet<>());
            places.add(elsewhere);
            places.add(offset);
        }
    }

    /** Must be called when all is noted, and before anything is asked. */
    void seal() {
        offsets = new long[messageAt.size()];
        int i = 0;
        for (long offset : messageAt.keySet()) {
            offsets[i++] = offset;
        }
        Arrays.sort(offsets);
    }

    /** Offsets with several messages. */
    SortedMap<Long, SortedSet<Long>> conflicts() {
        return conflicts;
    }

    /** Messages at several offsets. */
    SortedMap<Long, SortedSet<Long>> duplicates() {
        return duplicates;
    }

    /** The sends, in the order in which they were noted. */
    Iterable<SentMessage> sends() {
        return sends.values();
    }

    /** The send of a message, of which there is at most one. */
    List<SentMessage> sendOf(long message) {
        var send = sends.get(message);
        return send == null ? List.of() : List.of(send);
    }

    /** The messages that were polled, each with the first operation that did. */
    Map<Long, Integer> firstPoller() {
        return firstPoller;
    }

    /** The highest offset that was polled, or {@link #NOWHERE}. */
    long highestPolled() {
        return highestPolled;
    }

    /** The operation that polled it. */
    int highestPoller() {
        return highestPoller;
    }

    /** How many messages are known. */
    int size() {
        return offsets.length;
    }

    /** The known messages in the order of their offsets; of several at one offset, the one met first. */
    List<LogEntry> entries() {
        var entries = new ArrayList<LogEntry>(offsets.length);
        for (long offset : offsets) {
            entries.add(new LogEntry(offset, messageAt.getOrDefault(offset, NOWHERE)));
        }
        return entries;
    }

    /** How many known messages lie from one offset on and before another. */
    int countBetween(long from, long to) {
        return Math.max(0, countBefore(to) - countBefore(from));
    }

    /** The first known message from an offset on; there must be one. */
    LogEntry firstFrom(long from) {
        long offset = offsets[countBefore(from)];
        return new LogEntry(offset, messageAt.getOrDefault(offset, NOWHERE));
    }

    private int countBefore(long offset) {
        int place = Arrays.binarySearch(offsets, offset);
        return place >= 0 ? place : -place - 1;
    }
}

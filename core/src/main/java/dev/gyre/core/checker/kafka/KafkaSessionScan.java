package dev.gyre.core.checker.kafka;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Follows each process through the logs: its offsets must go up, without leaving out a message on the way. */
final class KafkaSessionScan {
    /** Where a process last was in a log. */
    private record Position(int vertex, long offset) {}

    private static final class Session {
        private final Map<String, Position> polled = new TreeMap<>();
        private final Map<String, Position> sent = new TreeMap<>();

        void keep(List<String> keys) {
            polled.keySet().retainAll(keys);
            sent.keySet().retainAll(keys);
        }
    }

    private final KafkaHistory history;
    private final KafkaFindings findings;
    private final Map<Integer, Session> sessions = new LinkedHashMap<>();

    KafkaSessionScan(KafkaHistory history, KafkaFindings findings) {
        this.history = history;
        this.findings = findings;
    }

    /** Adds what it finds to the findings. */
    void run() {
        for (int v = 0; v < history.vertices().size(); v++) {
            int process = history.vertices().operation(v).process();
            var session = sessions.computeIfAbsent(process, p -> new Session());
            for (var part : history.parts(v)) {
                switch (part.request()) {
                    case KafkaRequest.Assign(var keys, var anew) -> session.keep(anew ? Collections.emptyList() : keys);
                    case KafkaRequest.Subscribe(var keys) -> session.keep(keys);
                    default -> {}
                }
            }
            checkPolls(v, session);
            checkSends(v, session);
        }
    }

    private void checkPolls(int v, Session session) {
        SortedMap<String, List<LogEntry>> polled = new TreeMap<>();
        for (var part : history.parts(v)) {
            if (part.request() instanceof KafkaRequest.Poll(var offsets)
                    && part.reply().isPresent()
                    && part.reply().get() instanceof KafkaReply.Polled(var entries)) {
                entries.forEach((key, list) -> {
                    if (!list.isEmpty() && !polled.containsKey(key)) {
                        checkBegin(v, key, list.getFirst(), offsets, session);
                    }
                    polled.computeIfAbsent(key, k -> new ArrayList<>()).addAll(list);
                });
            }
        }
        polled.forEach((key, entries) -> {
            for (int i = 1; i < entries.size(); i++) {
                checkPair(v, key, entries.get(i - 1), entries.get(i));
            }
            if (!entries.isEmpty()) {
                session.polled.put(key, new Position(v, entries.getLast().offset()));
            }
        });
    }

    /** A poll begins where it was asked to, or else where the process stopped. */
    private void checkBegin(int v, String key, LogEntry first, SortedMap<String, Long> asked, Session session) {
        var position = session.polled.get(key);
        long begin;
        String where;
        if (asked.containsKey(key)) {
            begin = asked.getOrDefault(key, 0L);
            where = " was asked to poll key " + key + " from offset " + begin + " on";
        } else if (position != null) {
            begin = position.offset() + 1;
            where = " polled key " + key + " after " + history.nameWithin(position.vertex())
                    + " of the same process had polled up to offset " + position.offset();
        } else {
            return;
        }
        if (first.offset() < begin) {
            findings.add(
                    KafkaAnomaly.NONMONOTONIC_POLL,
                    history.name(v) + where + ", and began at offset " + first.offset());
        }
        reportSkipped(KafkaAnomaly.POLL_SKIP, history.name(v) + where, key, begin, first.offset());
    }

    private void checkPair(int v, String key, LogEntry one, LogEntry next) {
        String name = history.name(v) + " polled offset " + one.offset() + " of key " + key;
        if (next.offset() <= one.offset()) {
            findings.add(KafkaAnomaly.INT_NONMONOTONIC_POLL, name + " and then offset " + next.offset());
        }
        reportSkipped(KafkaAnomaly.INT_POLL_SKIP, name, key, one.offset() + 1, next.offset());
    }

    private void reportSkipped(KafkaAnomaly type, String name, String key, long from, long to) {
        var log = history.logs().getOrDefault(key, new KafkaLog());
        int skipped = log.countBetween(from, to);
        if (skipped > 0) {
            var first = log.firstFrom(from);
            findings.add(
                    type,
                    name + ", and went on at offset " + to + ", leaving out message " + first.message() + " at offset "
                            + first.offset() + (skipped > 1 ? " and " + (skipped - 1) + " more" : ""));
        }
    }

    private void checkSends(int v, Session session) {
        Map<String, Position> before = new TreeMap<>(session.sent);
        Map<String, Long> here = new LinkedHashMap<>();
        for (var part : history.parts(v)) {
            if (part.request() instanceof KafkaRequest.Send(var key, var message)
                    && part.reply().isPresent()
                    && part.reply().get() instanceof KafkaReply.Sent(var offset)) {
                Long within = here.put(key, offset);
                var position = before.get(key);
                String name = history.name(v) + " sent message " + message + " to offset " + offset + " of key " + key;
                if (within != null) {
                    checkSendsWithin(name, key, within, offset);
                } else if (position != null && offset <= position.offset()) {
                    findings.add(
                            KafkaAnomaly.NONMONOTONIC_SEND,
                            name + ", after " + history.nameWithin(position.vertex())
                                    + " of the same process had sent to offset " + position.offset());
                }
                session.sent.put(key, new Position(v, offset));
            }
        }
    }

    private void checkSendsWithin(String name, String key, long previous, long offset) {
        if (offset <= previous) {
            findings.add(
                    KafkaAnomaly.INT_NONMONOTONIC_SEND, name + ", after it had sent to offset " + previous + " itself");
        }
        reportSkipped(KafkaAnomaly.INT_SEND_SKIP, name + " after offset " + previous, key, previous + 1, offset);
    }
}

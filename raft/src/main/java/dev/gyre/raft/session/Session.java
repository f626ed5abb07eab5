package dev.gyre.raft.session;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is known of one client: up to where it has seen all answers, and the answers after that. */
final class Session {
    private final SortedMap<Long, byte[]> answers = new TreeMap<>();
    private long lastUsedNanos;
    private long acknowledged;
    private long answerBytes;

    Session(long lastUsedNanos, long acknowledged) {
        this.lastUsedNanos = lastUsedNanos;
        this.acknowledged = acknowledged;
    }

    void use(long nowNanos) {
        lastUsedNanos = nowNanos;
    }

    void acknowledge(long upTo) {
        if (upTo > acknowledged) {
            acknowledged = upTo;
            var seen = answers.headMap(upTo + 1);
            seen.values().forEach(answer -> answerBytes -= answer.length);
            seen.clear();
        }
    }

    void put(long sequence, byte[] answer) {
        answers.put(sequence, answer);
        answerBytes += answer.length;
    }

    byte @Nullable [] answer(long sequence) {
        return answers.get(sequence);
    }

    /** Whether another request may be carried out: of its answer, nothing is known before. */
    boolean hasRoom(long sequence, SessionSettings settings) {
        return sequence - acknowledged <= settings.window() && answerBytes < settings.maxAnswerBytes();
    }

    long lastUsedNanos() {
        return lastUsedNanos;
    }

    long acknowledged() {
        return acknowledged;
    }

    long answerBytes() {
        return answerBytes;
    }

    /** By sequence number, ascending. */
    SortedMap<Long, byte[]> answers() {
        return answers;
    }
}

package dev.gyre.examples.streamcount;

import dev.gyre.examples.streamcount.Entry.Question;
import java.util.Optional;

/**
 * What the job reads: something is added to the totals of a key, or somebody asks for them, or time goes on.
 *
 * @param key empty for that
 * @param value 0 when nothing is added
 * @param nanos the clock of the log: never goes back, and is the same at all nodes
 */
record Change(String key, int value, long nanos, Optional<Question> question) {
    static Change tick(long nanos) {
        return new Change("", 0, nanos, Optional.empty());
    }

    static Change add(String key, int value, long nanos) {
        return new Change(key, value, nanos, Optional.empty());
    }

    boolean isTick() {
        return key.isEmpty();
    }

    boolean isQuestion(boolean isForWindows) {
        return question.isPresent() && question.get().isForWindows() == isForWindows;
    }
}

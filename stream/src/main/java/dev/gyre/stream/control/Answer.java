package dev.gyre.stream.control;

import java.util.List;
import java.util.Optional;

/** What a request comes to. */
public sealed interface Answer {
    /** The request. */
    String request();

    /** It was done. */
    record Done(String request, String detail) implements Answer {}

    /** It was begun and came to nothing; ask anew with another id. */
    record Failed(String request, String reason) implements Answer {}

    /** It cannot be done as the job stands; nothing was begun. */
    record Refused(String request, String reason) implements Answer {}

    /** Nobody here can say what becomes of it: ask again with the same id, where the leader is. */
    record Elsewhere(String request) implements Answer {}

    /**
     * How the job stands.
     *
     * @param workers those that run it
     * @param alive those and the spare ones
     * @param operation what is under way, in words
     * @param snapshot the last committed one
     * @param notices what the leader has to say, such as what takes too long
     */
    record Standing(
            String request,
            JobPhase phase,
            long generation,
            long version,
            List<Integer> workers,
            List<Integer> alive,
            Optional<String> operation,
            Optional<Long> snapshot,
            List<String> notices)
            implements Answer {}
}

package dev.gyre.raft.session;

/**
 * What became of one copy of a request. A request whose entry was lost may come once more, so there may be several copies in the log.
 *
 * @param <A> the answers
 */
public sealed interface SessionOutcome<A> {
    /** This copy was the first: the command was carried out, now. */
    record Applied<A>(A answer) implements SessionOutcome<A> {}

    /** An earlier copy was carried out, and this is what it was answered. */
    record Repeated<A>(A answer) implements SessionOutcome<A> {}

    /**
     * The client has acknowledged this request, so its answer is kept no more. Nothing was done. A client that gave the request up without
     * an answer may take it that no copy will be carried out from here on; whether one was, it cannot know.
     */
    record Forgotten<A>() implements SessionOutcome<A> {}

    /**
     * There is no such session any more, or there never was. Nothing was done with this copy. The client must not assume anything of its
     * requests that are not answered: each may have been carried out, or not, but none will be from here on. It must not send them again
     * in a new session unless it can bear that they are carried out twice.
     */
    record Expired<A>() implements SessionOutcome<A> {}

    /**
     * The session keeps as many answers as it may, or the request is too far ahead. Nothing was done with this copy. The client sends the
     * request again, with the same number, once it can acknowledge more.
     *
     * @param acknowledged up to where the client has acknowledged
     */
    record Full<A>(long acknowledged) implements SessionOutcome<A> {}
}

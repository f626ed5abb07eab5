package dev.gyre.raft.session;

/**
 * Which request of which client this is: what an entry carries besides the command. It is made of what a client sends, so make it, and
 * refuse what cannot be one, before it is proposed: an entry that cannot be read stops every replica.
 *
 * @param session the number of the session: the index of the entry that registered it
 * @param sequence the client's number for the request, from 1; a retry has the same
 * @param acknowledged the client will not ask again for any request up to this one: it has seen the answers, or has given them up; from 0
 *     to below {@code sequence}
 */
public record SessionRequest(long session, long sequence, long acknowledged) {
    /**
     * A request.
     *
     * @throws IllegalArgumentException when it is none that a client may send
     */
    public SessionRequest {
        if (session < 1) {
            throw new IllegalArgumentException("session " + session + ": they are numbered from 1");
        }
        if (acknowledged < 0 || acknowledged >= sequence) {
            throw new IllegalArgumentException("request " + sequence + " of session " + session + " acknowledges "
                    + acknowledged + ": must be from 0 to below its own number, which is from 1");
        }
    }
}

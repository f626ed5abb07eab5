package dev.gyre.examples.replicated;

/**
 * What is replicated: a record, whose components are its snapshot, as JSON. They may be collections that change.
 *
 * @param <M> the messages of the node
 */
public interface State<M> {
    /** Whether a request changes nothing, whatever the state: it is then served without an entry in the log. */
    boolean isRead(M request);

    /**
     * Serves a request: changes this state, and returns the reply. What it does depends on the request and the state alone, so it is the
     * same at every node.
     *
     * @throws dev.gyre.core.RpcError to refuse the request; nothing may have changed then. Any other exception ends the node, and all others
     *     with it, so what no client may ask for has to be refused by the constructors of messages
     */
    M serve(M request);
}

package dev.gyre.maelstrom.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.RpcError;

/** A service: it answers each request at once. */
@FunctionalInterface
public interface ServiceNode {
    /**
     * Serves a request.
     *
     * @param src who asks
     * @param request the request's body; may be kept, is not changed
     * @return the reply's body, without {@code in_reply_to}
     * @throws RpcError when the answer is an error
     */
    ObjectNode handle(String src, ObjectNode request);
}

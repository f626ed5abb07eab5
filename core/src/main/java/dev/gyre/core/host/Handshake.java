package dev.gyre.core.host;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** How a node learns who it is (Maelstrom, "Initialization"). */
sealed interface Handshake {
    /** The name of the type that begins it. */
    String INIT = "init";

    /** The node's id, and those of all nodes, in the order that all of them see. */
    record Init(
            @JsonProperty("node_id") String nodeId,
            @JsonProperty("node_ids") List<String> nodeIds) implements Handshake {}

    /** The node is ready. */
    record InitOk() implements Handshake {}
}

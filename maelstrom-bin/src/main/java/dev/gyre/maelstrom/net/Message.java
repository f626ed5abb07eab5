package dev.gyre.maelstrom.net;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.maelstrom.json.Json;

/**
 * A message on its way.
 *
 * @param id the network's number for it, unique in a run, from 0
 * @param src who sent it
 * @param dest whom it is for
 * @param body what it says; not to be changed by anyone once it is sent
 */
public record Message(long id, String src, String dest, ObjectNode body) {
    /** The line that a node reads, without the line feed. */
    public String toLine() {
        var line = Json.object().put("id", id).put("src", src).put("dest", dest);
        line.set("body", body);
        return Json.write(line);
    }
}

package dev.gyre.maelstrom.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.RpcError;
import dev.gyre.core.simulation.RandomStreams;
import dev.gyre.maelstrom.json.Json;
import dev.gyre.maelstrom.net.Message;
import dev.gyre.maelstrom.net.Network;

/** The services of a run, as participants of its network. */
public final class Services {
    private Services() {}

    /** Adds {@code lin-kv}, {@code seq-kv}, {@code lww-kv} and {@code lin-tso} to a network. */
    public static void attach(Network network, RandomStreams random) {
        attach(network, "lin-kv", new LinKv());
        attach(network, "seq-kv", new SeqKv(random.fork("seq-kv")));
        attach(network, "lww-kv", new LwwKv(random.fork("lww-kv")));
        attach(network, "lin-tso", new LinTso());
    }

    /** Adds a service to a network under a name. */
    public static void attach(Network network, String name, ServiceNode service) {
        network.attach(name, message -> {
            // A reply, say to an error of ours, is not a request; answering it could go on forever.
            if (!message.body().has("in_reply_to")) {
                network.send(name, message.src(), reply(service, message));
            }
        });
    }

    private static ObjectNode reply(ServiceNode service, Message message) {
        ObjectNode reply;
        try {
            reply = service.handle(message.src(), message.body());
        } catch (RpcError error) {
            reply = Json.body("error").put("code", error.code().value()).put("text", error.text());
        }
        JsonNode id = message.body().get("msg_id");
        if (id != null) {
            reply.set("in_reply_to", id);
        }
        return reply;
    }
}

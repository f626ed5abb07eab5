package dev.gyre.examples.replicated;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gyre.core.Request;
import dev.gyre.core.json.JsonRecords;
import dev.gyre.raft.storage.EntryCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Commands as JSON: an array of the client and its request, which is written as in a message. */
final class CommandCodec<M> implements EntryCodec<Command<M>> {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JsonRecords<Request> clients = JsonRecords.of(Request.class);
    private final JsonRecords<M> requests;

    CommandCodec(Class<M> messages) {
        requests = JsonRecords.of(messages);
    }

    @Override
    public int maxBytes() {
        return DEFAULT_MAX_BYTES;
    }

    @Override
    public boolean isJson() {
        return true;
    }

    @Override
    public byte[] encode(Command<M> command) {
        var client = new String(clients.encode(command.client()), StandardCharsets.UTF_8);
        var request = new String(requests.encode(command.request()), StandardCharsets.UTF_8);
        return ("[" + client + "," + request + "]").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Command<M> decode(byte[] bytes) {
        try {
            var pair = JSON.readTree(bytes);
            return new Command<>(
                    clients.decode(JSON.writeValueAsBytes(pair.path(0))),
                    requests.decode(JSON.writeValueAsBytes(pair.path(1))));
        } catch (IOException e) {
            throw new IllegalArgumentException("no command: " + e.getMessage(), e);
        }
    }
}

package dev.gyre.examples.replicated;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gyre.core.Request;
import dev.gyre.core.json.JsonRecords;
import dev.gyre.raft.storage.EntryCodec;
import java.io.IOException;

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
        var pair = JSON.createArrayNode().add(clients.toTree(command.client())).add(requests.toTree(command.request()));
        try {
            return JSON.writeValueAsBytes(pair);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a command cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public Command<M> decode(byte[] bytes) {
        // The two are found first and then read where they are: a node that starts reads all of its log.
        try (var parser = JSON.createParser(bytes)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new IllegalArgumentException("no command: it is no array");
            }
            int client = next(parser);
            int clientEnd = skip(parser);
            int request = next(parser);
            int requestEnd = skip(parser);
            return new Command<>(
                    clients.decode(bytes, client, clientEnd - client),
                    requests.decode(bytes, request, requestEnd - request));
        } catch (IOException e) {
            throw new IllegalArgumentException("no command: " + e.getMessage(), e);
        }
    }

    /** Where the next object begins. */
    private static int next(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("no command: a client and its request are objects");
        }
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** Where the object at hand ends. */
    private static int skip(JsonParser parser) throws IOException {
        parser.skipChildren();
        return (int) parser.currentLocation().getByteOffset();
    }
}

package dev.gyre.examples.replicated;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gyre.core.Request;
import dev.gyre.core.json.JsonRecords;
import dev.gyre.raft.storage.EntryCodec;

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
        int client = 1;
        int clientEnd = endOfObject(bytes, client);
        int request = clientEnd + 1;
        int requestEnd = endOfObject(bytes, request);
        if (requestEnd != bytes.length - 1 || bytes[0] != '[' || bytes[clientEnd] != ',' || bytes[requestEnd] != ']') {
            throw new IllegalArgumentException("no command: it is no array of a client and its request");
        }
        return new Command<>(
                clients.decode(bytes, client, clientEnd - client),
                requests.decode(bytes, request, requestEnd - request));
    }

    /** Where the object ends that begins at an offset; what is in it is looked at by who reads it. */
    private static int endOfObject(byte[] json, int from) {
        boolean isInText = false;
        int depth = 0;
        for (int i = from; i < json.length; i++) {
            switch (json[i]) {
                case '"' -> isInText = !isInText;
                case '\\' -> i++; // there are none outside of text, and what follows ends no text
                case '{' -> depth += isInText ? 0 : 1;
                case '}' -> depth -= isInText ? 0 : 1;
                default -> {}
            }
            if (depth == 0) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("no command: a client and its request are objects");
    }
}

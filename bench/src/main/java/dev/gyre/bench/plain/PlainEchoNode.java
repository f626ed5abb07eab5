package dev.gyre.bench.plain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;

/** An echo node as one writes it in an afternoon: a tree for each line, in one loop. It flushes only when no input waits. */
public final class PlainEchoNode {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private PlainEchoNode() {}

    /** Runs the node on standard input and output. */
    public static void main(String[] args) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var out = new BufferedWriter(
                new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8));
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            out.write(MAPPER.writeValueAsString(reply(MAPPER.readTree(line))));
            out.write('\n');
            if (!in.ready()) {
                out.flush();
            }
        }
        out.flush();
    }

    private static JsonNode reply(JsonNode request) {
        var body = request.get("body");
        var reply = MAPPER.createObjectNode();
        reply.set("src", request.get("dest"));
        reply.set("dest", request.get("src"));
        var replyBody = reply.putObject("body");
        replyBody.put("type", body.get("type").asText() + "_ok");
        replyBody.set("in_reply_to", body.get("msg_id"));
        if (body.has("echo")) {
            replyBody.set("echo", body.get("echo"));
        }
        return reply;
    }
}

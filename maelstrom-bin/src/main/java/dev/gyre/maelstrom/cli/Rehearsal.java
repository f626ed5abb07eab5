package dev.gyre.maelstrom.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.maelstrom.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * A short run that touches what every run touches, so that the JVM can keep the classes of it in a cache. The launcher starts it
 * once; nobody reads its verdict. As its own node it answers everything with {@code ok}.
 */
public final class Rehearsal {
    private static final String AS_NODE = "node";

    private Rehearsal() {}

    /** Rehearses, or is the node of a rehearsal. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length > 0 && arguments[0].equals(AS_NODE)) {
            answer();
        } else {
            rehearse();
        }
    }

    private static void rehearse() throws IOException {
        var folder = Files.createTempDirectory("gyre-rehearsal");
        try {
            var silence = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
            var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            var flags = "test -w broadcast --node-count 2 --time-limit 0.6 --rate 100 --nemesis partition --latency 1"
                    + " --nemesis-interval 0.1 --final-wait 0 --bin " + java + " -- -cp "
                    + System.getProperty("java.class.path") + " " + Rehearsal.class.getName() + " " + AS_NODE;
            new Maelstrom(new Console(silence, silence, true), folder).run(flags.split(" "));
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> files;
        try (var walk = Files.walk(folder)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (var file : files) {
            Files.delete(file);
        }
    }

    private static void answer() throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (Json.parse(line) instanceof ObjectNode message) {
                out.println(reply(message));
            }
        }
    }

    private static ObjectNode reply(ObjectNode message) {
        var request = message.path("body");
        String type = request.path("type").asText();
        var body = Json.body(type + "_ok");
        body.set("in_reply_to", request.path("msg_id"));
        if (type.equals("read")) {
            body.putArray("messages").add(0);
        }
        var reply = Json.object();
        reply.set("src", message.path("dest"));
        reply.set("dest", message.path("src"));
        reply.set("body", body);
        return reply;
    }
}

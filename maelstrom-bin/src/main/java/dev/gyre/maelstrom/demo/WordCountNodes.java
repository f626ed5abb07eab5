package dev.gyre.maelstrom.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.maelstrom.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the demonstration knows of {@code word-count-node}: its arguments, its requests, and the files that it writes. */
public final class WordCountNodes {
    /** The name of its executable. */
    public static final String EXECUTABLE = "word-count-node";

    private WordCountNodes() {}

    /**
     * How the job of a node stands, as the node sees it.
     *
     * @param phase a word; {@code complete} at the end
     * @param leader the node that decides; empty when the node knows of none
     * @param workers the nodes that work
     * @param generation rises with each recovery
     * @param snapshot the last that is committed; 0 before the first
     * @param records how many lines this node has read since its process began
     */
    record Status(String phase, String leader, List<String> workers, long generation, long snapshot, long records) {
        boolean isComplete() {
            return phase.equals("complete");
        }
    }

    /**
     * The arguments of a node.
     *
     * @param input a folder of texts, or one text; an absolute path
     * @param output a folder for the totals; an absolute path
     */
    public static List<String> arguments(Path input, Path output, int workers, long linesASecond) {
        return List.of(
                "--input",
                input.toString(),
                "--output",
                output.toString(),
                "--workers",
                Integer.toString(workers),
                "--lines-a-second",
                Long.toString(linesASecond));
    }

    static ObjectNode askStatus() {
        return Json.body("job_status");
    }

    static ObjectNode askRescale(int workers) {
        return Json.body("rescale").put("workers", workers);
    }

    static boolean isRescaled(ObjectNode reply) {
        return reply.path("type").asText().equals("rescale_ok");
    }

    /** What a node says of its job; nothing when it says something else, such as an error. */
    static Optional<Status> status(ObjectNode reply) {
        if (!reply.path("type").asText().equals("job_status_ok")) {
            return Optional.empty();
        }
        var workers = new ArrayList<String>();
        reply.path("workers").forEach(worker -> workers.add(worker.asText()));
        return Optional.of(new Status(
                reply.path("phase").asText(),
                reply.path("leader").asText(""),
                workers,
                reply.path("generation").asLong(),
                reply.path("snapshot").asLong(),
                reply.path("records").asLong()));
    }

    /**
     * Reads the totals that nodes have written: in each file, a word, a tab and its count a line.
     *
     * @throws DemoFailure when a line is none, or a word is there twice
     */
    static SortedMap<String, Long> totals(Path output) throws IOException, DemoFailure {
        var totals = new TreeMap<String, Long>();
        for (var file : TextInput.filesIn(output)) {
            int number = 0;
            for (var line : Files.readAllLines(file)) {
                number++;
                int tab = line.indexOf('\t');
                if (tab <= 0 || !line.substring(tab + 1).matches("[0-9]{1,18}")) {
                    throw new DemoFailure(file + ":" + number + ": \"" + line + "\" is no word, tab and count");
                }
                var word = line.substring(0, tab);
                var earlier = totals.put(word, Long.parseLong(line.substring(tab + 1)));
                if (earlier != null) {
                    throw new DemoFailure(file + ":" + number + ": \"" + word + "\" is there a second time, and was "
                            + earlier + " before; a total must be written once");
                }
            }
        }
        return totals;
    }
}

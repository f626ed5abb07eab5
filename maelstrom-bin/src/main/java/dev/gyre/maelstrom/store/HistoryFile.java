package dev.gyre.maelstrom.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.maelstrom.engine.HistoryEvent;
import dev.gyre.maelstrom.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The history on disk: an event a line, as JSON with Jepsen's field names. */
public final class HistoryFile {
    /** Its name in the folder of a run. */
    public static final String NAME = "history.jsonl";

    private static final List<String> FIELDS = List.of("index", "time", "type", "process", "f", "value", "error");

    private HistoryFile() {}

    /** Writes a history, over a file that is there. */
    public static void write(Path file, List<HistoryEvent> events) throws IOException {
        try (var out = Files.newBufferedWriter(file)) {
            int index = 0;
            for (var event : events) {
                var line = Json.object()
                        .put("index", index++)
                        .put("time", event.atNanos())
                        .put("type", event.type().name().toLowerCase(Locale.ROOT));
                if (event.process().equals(HistoryEvent.NEMESIS)) {
                    line.put("process", event.process());
                } else {
                    line.put("process", Integer.parseInt(event.process()));
                }
                line.put("f", event.function()).set("value", event.value());
                event.error().ifPresent(error -> line.put("error", error));
                line.setAll(event.details());
                out.write(Json.write(line));
                out.write('\n');
            }
        }
    }

    /**
     * Reads a history back.
     *
     * @throws UnreadableFile when it is not there, or a line of it is no event; the message names the line
     */
    public static List<HistoryEvent> read(Path file) throws IOException, UnreadableFile {
        var events = new ArrayList<HistoryEvent>();
        try (BufferedReader in = Files.newBufferedReader(file)) {
            for (var text = in.readLine(); text != null; text = in.readLine()) {
                String where = file + ":" + (events.size() + 1);
                try {
                    events.add(event(where, Json.parse(text)));
                } catch (JsonProcessingException e) {
                    throw new UnreadableFile(where + ": this is not JSON: " + e.getOriginalMessage());
                }
            }
        } catch (NoSuchFileException e) {
            throw new UnreadableFile(file + ": there is no such file; did the run come to its end?");
        } catch (CharacterCodingException e) {
            throw new UnreadableFile(file + " is no text in UTF-8");
        }
        return events;
    }

    private static HistoryEvent event(String where, JsonNode line) throws UnreadableFile {
        var process = line.path("process");
        boolean nemesis = process.asText().equals(HistoryEvent.NEMESIS);
        if (!(line instanceof ObjectNode object)
                || !(nemesis || process.isInt())
                || !line.path("f").isTextual()
                || !line.path("time").canConvertToLong()
                || !line.has("value")) {
            throw new UnreadableFile(
                    where + ": an event has time, type, process, f and value; was it changed by hand?");
        }
        var type = Arrays.stream(HistoryEvent.Type.values())
                .filter(it -> it.name()
                        .toLowerCase(Locale.ROOT)
                        .equals(line.path("type").asText()))
                .findFirst()
                .orElseThrow(() -> new UnreadableFile(
                        where + ": type " + line.path("type") + " is none of invoke, ok, fail, info"));
        var error = line.path("error");
        return new HistoryEvent(
                line.path("time").longValue(),
                type,
                process.asText(),
                line.path("f").textValue(),
                line.path("value"),
                error.isTextual() ? Optional.of(error.textValue()) : Optional.empty(),
                object.without(FIELDS));
    }
}

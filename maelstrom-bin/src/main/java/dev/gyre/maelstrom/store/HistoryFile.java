package dev.gyre.maelstrom.store;

import dev.gyre.maelstrom.engine.HistoryEvent;
import dev.gyre.maelstrom.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The history on disk: an event a line, as JSON with Jepsen's field names. */
public final class HistoryFile {
    /** Its name in the folder of a run. */
    public static final String NAME = "history.jsonl";

    private HistoryFile() {}

    static void write(Path file, List<HistoryEvent> events) throws IOException {
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
                out.write(Json.write(line));
                out.write('\n');
            }
        }
    }
}

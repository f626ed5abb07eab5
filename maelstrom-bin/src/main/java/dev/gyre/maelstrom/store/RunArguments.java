package dev.gyre.maelstrom.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.gyre.maelstrom.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a run was started, so that it can be started again.
 *
 * @param command the command, such as {@code simulate}
 * @param flags its flags, with the seed of this run, and with paths that hold in any folder
 * @param nodeArguments what nodes were started with
 */
public record RunArguments(String command, List<String> flags, List<String> nodeArguments) {
    /** Where it stands in the folder of a run. */
    public static final String FILE = "run.json";

    /** Keeps copies. */
    public RunArguments {
        flags = List.copyOf(flags);
        nodeArguments = List.copyOf(nodeArguments);
    }

    /** Writes them into the folder of a run. */
    public void write(StoreFolder folder) throws IOException {
        var object = Json.object().put("command", command);
        var flagArray = object.putArray("flags");
        flags.forEach(flagArray::add);
        var argumentArray = object.putArray("node-arguments");
        nodeArguments.forEach(argumentArray::add);
        Files.writeString(folder.resolve(FILE), object.toPrettyString() + "\n");
    }

    /** Reads those of a run from its folder. */
    public static RunArguments read(Path folder) throws IOException, UnreadableFile {
        var file = folder.resolve(FILE);
        try {
            var object = Json.parse(Files.readString(file));
            var command = object.path("command");
            if (!command.isTextual()) {
                throw new UnreadableFile(file + " names no command; was it changed by hand?");
            }
            return new RunArguments(
                    command.textValue(), texts(file, object, "flags"), texts(file, object, "node-arguments"));
        } catch (NoSuchFileException e) {
            throw new UnreadableFile(
                    Files.isDirectory(folder)
                            ? folder + " has no " + FILE + "; name the folder of a run of this version, such as"
                                    + " store/broadcast/latest"
                            : folder + ": there is no such folder; name that of a run, such as store/broadcast/latest");
        } catch (JsonProcessingException e) {
            throw new UnreadableFile(file + " is not JSON: " + e.getOriginalMessage() + "; was it changed by hand?");
        }
    }

    private static List<String> texts(Path file, JsonNode object, String field) throws UnreadableFile {
        var texts = new ArrayList<String>();
        for (var text : object.path(field)) {
            if (!text.isTextual()) {
                throw new UnreadableFile(
                        file + " has \"" + field + "\" that are not all texts; was it changed by hand?");
            }
            texts.add(text.textValue());
        }
        return texts;
    }
}

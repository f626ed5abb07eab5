package dev.gyre.maelstrom.analyze;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.RpcError;
import dev.gyre.maelstrom.edn.EdnException;
import dev.gyre.maelstrom.edn.EdnReader;
import dev.gyre.maelstrom.edn.EdnValue;
import dev.gyre.maelstrom.edn.EdnValue.Int;
import dev.gyre.maelstrom.edn.EdnValue.Keyword;
import dev.gyre.maelstrom.edn.EdnValue.MapOf;
import dev.gyre.maelstrom.edn.EdnValue.Nil;
import dev.gyre.maelstrom.edn.EdnValue.Tagged;
import dev.gyre.maelstrom.engine.HistoryEvent;
import dev.gyre.maelstrom.store.UnreadableFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads a history that Jepsen has written: a map an operation, one after another or in a vector. */
final class JepsenFile {
    /** More operations than a checker can judge in the memory of a usual machine. */
    private static final int LINES_MAX = 10_000_000;

    /** Where places take the place of times: sentences then read as if each line came a second after the one before. */
    private static final long NANOS_PER_LINE = 1_000_000_000L;

    private final Path file;
    private final List<Line<EdnValue>> lines = new ArrayList<>();
    private boolean timesAreUsable = true;
    private long lastNanos = Long.MIN_VALUE;

    private JepsenFile(Path file) {
        this.file = file;
    }

    /**
     * The lines of clients. When not each has a time, or times go backwards, their places in the file take the place of times.
     *
     * @throws UnreadableFile when the file cannot be read or is no history; the message names the line and the column
     */
    static List<Line<EdnValue>> read(Path file) throws UnreadableFile {
        var history = new JepsenFile(file);
        try (BufferedReader in = Files.newBufferedReader(file)) {
            history.readAll(new EdnReader(in));
        } catch (NoSuchFileException e) {
            throw new UnreadableFile(file + ": there is no such file; check the path");
        } catch (CharacterCodingException e) {
            throw new UnreadableFile(file + " is no text in UTF-8, so it is no history in EDN");
        } catch (EdnException e) {
            throw new UnreadableFile(file + ":" + e.getMessage());
        } catch (IOException e) {
            throw new UnreadableFile(file + " cannot be read: " + e.getMessage());
        }
        return history.timesAreUsable ? history.lines : history.byPlace();
    }

    private void readAll(EdnReader reader) throws IOException, EdnException, UnreadableFile {
        reader.enter();
        for (var next = reader.next(); next.isPresent(); next = reader.next()) {
            var value = next.get() instanceof Tagged(String tag, EdnValue record) ? record : next.get();
            String where = file + ":" + reader.line() + ":" + reader.column();
            if (!(value instanceof MapOf operation)) {
                throw new UnreadableFile(where + ": an operation is a map, not " + Shown.of(value));
            }
            add(where, operation);
            if (lines.size() > LINES_MAX) {
                throw new UnreadableFile(
                        file + " has more than " + LINES_MAX + " lines of clients; judge a part of it");
            }
        }
    }

    private void add(String where, MapOf operation) throws UnreadableFile {
        var process = operation.get("process");
        if (process instanceof Nil) {
            throw new UnreadableFile(where + ": the operation has no :process");
        }
        if (process instanceof Keyword(String name) && name.equals("nemesis")) {
            return;
        }
        if (!(process instanceof Int(var number)) || number.bitLength() >= Integer.SIZE) {
            throw new UnreadableFile(
                    where + ": :process is an integer of 32 bits, or :nemesis, not " + Shown.of(process));
        }
        if (!(operation.get("f") instanceof Keyword(String function))) {
            throw new UnreadableFile(where + ": :f is a keyword, such as :read, not " + Shown.of(operation.get("f")));
        }
        var type = type(where, operation.get("type"));
        long nanos = operation.get("time") instanceof Int(var time) && time.bitLength() < Long.SIZE
                ? time.longValue()
                : Long.MIN_VALUE;
        timesAreUsable &= nanos > Long.MIN_VALUE && nanos >= lastNanos;
        lastNanos = nanos;
        lines.add(new Line<>(
                where, type, number.intValue(), function, nanos, error(type, operation), operation.get("value")));
    }

    private static HistoryEvent.Type type(String where, EdnValue type) throws UnreadableFile {
        if (type instanceof Keyword(String name)) {
            for (var known : HistoryEvent.Type.values()) {
                if (known.name().toLowerCase(Locale.ROOT).equals(name)) {
                    return known;
                }
            }
        }
        throw new UnreadableFile(
                where + ": unknown :type " + Shown.of(type) + "; there are :invoke, :ok, :fail, :info");
    }

    private static RpcError error(HistoryEvent.Type type, MapOf operation) {
        var error = operation.get("error");
        return new RpcError(
                type == HistoryEvent.Type.FAIL ? ErrorCode.ABORT : ErrorCode.TIMEOUT,
                error instanceof Nil ? "" : error.toString());
    }

    private List<Line<EdnValue>> byPlace() {
        var placed = new ArrayList<Line<EdnValue>>(lines.size());
        for (var line : lines) {
            placed.add(new Line<>(
                    line.where(),
                    line.type(),
                    line.process(),
                    line.function(),
                    placed.size() * NANOS_PER_LINE,
                    line.error(),
                    line.value()));
        }
        return placed;
    }
}

package dev.gyre.maelstrom.analyze;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.RpcError;
import dev.gyre.core.history.Operation;
import dev.gyre.maelstrom.engine.HistoryEvent;
import dev.gyre.maelstrom.store.HistoryFile;
import dev.gyre.maelstrom.store.UnreadableFile;
import dev.gyre.maelstrom.workload.MalformedReply;
import dev.gyre.maelstrom.workload.Recorded;
import dev.gyre.maelstrom.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The history of a run in our store. */
public final class StoredHistory {
    /** As errors are written: a number, its name, and a text when there is one. */
    private static final Pattern ERROR = Pattern.compile("([0-9]{1,9}) [^ :]+(?:: (.*))?", Pattern.DOTALL);

    private StoredHistory() {}

    /**
     * The operations in the folder of a run.
     *
     * @throws UnreadableFile when the file is not there, or no such history
     */
    public static <I, O> List<Operation<I, O>> read(Path folder, Workload<I, O> workload)
            throws IOException, UnreadableFile {
        var file = folder.resolve(HistoryFile.NAME);
        var lines = new ArrayList<Line<Recorded>>();
        int number = 0;
        for (var event : HistoryFile.read(file)) {
            number++;
            if (!event.process().equals(HistoryEvent.NEMESIS)
                    && !event.function().equals(HistoryEvent.CRASH)) {
                lines.add(new Line<>(
                        file + ":" + number,
                        event.type(),
                        Integer.parseInt(event.process()),
                        event.function(),
                        event.atNanos(),
                        error(event.error()),
                        new Recorded(event.function(), event.value(), event.details())));
            }
        }
        return Pairing.operations(lines, new Pairing.Values<>() {
            @Override
            public I input(Line<Recorded> invocation) throws UnreadableFile {
                try {
                    return workload.readInput(invocation.value());
                } catch (MalformedReply e) {
                    throw new UnreadableFile(invocation.where() + ": " + e.problem());
                }
            }

            @Override
            public O output(I input, Line<Recorded> completion) throws UnreadableFile {
                try {
                    return workload.readOutput(input, completion.value());
                } catch (MalformedReply e) {
                    throw new UnreadableFile(completion.where() + ": " + e.problem());
                }
            }
        });
    }

    private static RpcError error(Optional<String> text) {
        var matcher = ERROR.matcher(text.orElse(""));
        return matcher.matches()
                ? new RpcError(
                        new ErrorCode(Integer.parseInt(matcher.group(1))),
                        Optional.ofNullable(matcher.group(2)).orElse(""))
                : new RpcError(ErrorCode.TIMEOUT, text.orElse(""));
    }
}

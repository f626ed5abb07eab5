package dev.gyre.core.checker.kafka;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.RpcError;
import dev.gyre.core.history.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Histories of logs written by hand: a line an operation, in order of invocation: the process, the times of invocation
 * and completion, ok, unknown or failed, and then {@code send key message @offset}, {@code poll key:offset=message…},
 * {@code from key=offset… poll …}, {@code assign key…}, {@code rewind key…}, {@code subscribe key…}, {@code commit
 * key=offset…} or {@code list key…}. Parts of a transaction have a bar between them.
 */
final class KafkaScript {
    private record Part(KafkaRequest request, KafkaReply reply) {}

    private KafkaScript() {}

    static List<Operation<KafkaRequest, KafkaReply>> parse(String text) {
        var history = new ArrayList<Operation<KafkaRequest, KafkaReply>>();
        for (String line : text.strip().split("\n", -1)) {
            var words = words(line);
            var parts = new ArrayList<Part>();
            for (String one : String.join(" ", words.subList(3, words.size())).split("\\|", -1)) {
                parts.add(part(words(one)));
            }
            var whole = parts.size() == 1
                    ? parts.getFirst()
                    : new Part(
                            new KafkaRequest.Transaction(
                                    parts.stream().map(Part::request).toList()),
                            new KafkaReply.TransactionDone(
                                    parts.stream().map(Part::reply).toList()));
            var times = words.get(1).split("-", -1);
            history.add(new Operation<>(
                    history.size(),
                    Integer.parseInt(words.get(0).substring(1)),
                    whole.request(),
                    Long.parseLong(times[0]),
                    outcome(words.get(2), whole.reply()),
                    Long.parseLong(times[1])));
        }
        return history;
    }

    private static Outcome<KafkaReply> outcome(String word, KafkaReply reply) {
        return switch (word) {
            case "ok" -> new Outcome.Ok<>(reply);
            case "unknown" -> Outcome.of(new RpcError(ErrorCode.TIMEOUT, ""));
            default -> Outcome.of(new RpcError(ErrorCode.ABORT, ""));
        };
    }

    private static Part part(List<String> words) {
        var rest = words.subList(1, words.size());
        return switch (words.get(0)) {
            case "send" ->
                new Part(
                        new KafkaRequest.Send(words.get(1), Long.parseLong(words.get(2))),
                        new KafkaReply.Sent(
                                words.size() > 3 ? Long.parseLong(words.get(3).substring(1)) : -1));
            case "poll" -> new Part(new KafkaRequest.Poll(), polled(rest));
            case "from" -> {
                int poll = words.indexOf("poll");
                yield new Part(
                        new KafkaRequest.Poll(offsets(words.subList(1, poll))),
                        polled(words.subList(poll + 1, words.size())));
            }
            case "assign" -> new Part(new KafkaRequest.Assign(rest, false), new KafkaReply.Done());
            case "rewind" -> new Part(new KafkaRequest.Assign(rest, true), new KafkaReply.Done());
            case "subscribe" -> new Part(new KafkaRequest.Subscribe(rest), new KafkaReply.Done());
            case "commit" -> new Part(new KafkaRequest.Commit(offsets(rest)), new KafkaReply.Done());
            default -> new Part(new KafkaRequest.ListCommitted(rest), new KafkaReply.Committed(new TreeMap<>()));
        };
    }

    private static KafkaReply polled(List<String> words) {
        var entries = new TreeMap<String, List<LogEntry>>();
        for (String word : words) {
            var keyAndEntry = word.split(":", -1);
            var entry = keyAndEntry[1].split("=", -1);
            entries.computeIfAbsent(keyAndEntry[0], k -> new ArrayList<>())
                    .add(new LogEntry(Long.parseLong(entry[0]), Long.parseLong(entry[1])));
        }
        return new KafkaReply.Polled(entries);
    }

    private static SortedMap<String, Long> offsets(List<String> words) {
        var offsets = new TreeMap<String, Long>();
        for (String word : words) {
            var keyAndOffset = word.split("=", -1);
            offsets.put(keyAndOffset[0], Long.parseLong(keyAndOffset[1]));
        }
        return offsets;
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.strip().split("\\s+", -1));
    }
}

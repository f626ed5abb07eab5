package dev.gyre.core.checker.kafka;

import dev.gyre.core.Outcome;
import dev.gyre.core.checker.elle.graph.Vertices;
import dev.gyre.core.checker.kafka.KafkaLog.SentMessage;
import dev.gyre.core.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A history of logs, taken apart: its operations that happened or may have, in order, and what they show of each log. */
final class KafkaHistory {
    /** A part of an operation with its answer; none if the outcome is unknown. */
    record Part(KafkaRequest request, Optional<KafkaReply> reply) {
        /** Whether the answer, if there is one, is of the right kind. */
        boolean fits() {
            return reply.isEmpty()
                    || switch (request) {
                        case KafkaRequest.Send send -> reply.get() instanceof KafkaReply.Sent;
                        case KafkaRequest.Poll poll -> reply.get() instanceof KafkaReply.Polled;
                        case KafkaRequest.ListCommitted list -> reply.get() instanceof KafkaReply.Committed;
                        case KafkaRequest.Assign assign -> reply.get() instanceof KafkaReply.Done;
                        case KafkaRequest.Subscribe subscribe -> reply.get() instanceof KafkaReply.Done;
                        case KafkaRequest.Commit commit -> reply.get() instanceof KafkaReply.Done;
                        case KafkaRequest.Transaction transaction -> false;
                    };
        }
    }

    private final Vertices<Operation<KafkaRequest, KafkaReply>> vertices;
    private final List<List<Part>> parts = new ArrayList<>();
    private final SortedMap<String, KafkaLog> logs = new TreeMap<>();
    private final KafkaFindings findings;
    private Optional<String> repeated = Optional.empty();
    private int polls;

    KafkaHistory(List<Operation<KafkaRequest, KafkaReply>> history, KafkaFindings findings) {
        this.findings = findings;
        vertices = new Vertices<>(history);
        for (int v = 0; v < vertices.size(); v++) {
            parts.add(partsOf(vertices.operation(v)));
            for (var part : parts.get(v)) {
                note(v, part);
            }
        }
        for (var operation : history) {
            if (operation.outcome() instanceof Outcome.Failed<KafkaReply>) {
                noteFailed(operation.index(), operation.input());
            }
        }
        logs.values().forEach(KafkaLog::seal);
    }

    /** Parts whose answer is of the wrong kind are reported, and taken as unanswered. */
    private List<Part> partsOf(Operation<KafkaRequest, KafkaReply> operation) {
        var found = pair(operation);
        if (found.stream().allMatch(Part::fits)) {
            return found;
        }
        findings.add(
                KafkaAnomaly.UNEXPECTED_REPLY,
                "Operation " + operation.index() + " asked for " + operation.input()
                        + " and was answered by something else");
        return found.stream()
                .map(part -> new Part(part.request(), Optional.empty()))
                .toList();
    }

    private static List<Part> pair(Operation<KafkaRequest, KafkaReply> operation) {
        Optional<KafkaReply> reply = operation.outcome() instanceof Outcome.Ok<KafkaReply>(var value)
                ? Optional.of(value)
                : Optional.empty();
        if (!(operation.input() instanceof KafkaRequest.Transaction(var requests))) {
            return List.of(new Part(operation.input(), reply));
        }
        List<KafkaReply> replies =
                reply.isPresent() && reply.get() instanceof KafkaReply.TransactionDone(var all) ? all : List.of();
        boolean matches = reply.isPresent() && replies.size() == requests.size();
        var parts = new ArrayList<Part>();
        for (int i = 0; i < requests.size(); i++) {
            parts.add(new Part(requests.get(i), matches ? Optional.of(replies.get(i)) : Optional.empty()));
        }
        if (reply.isPresent() && !matches) {
            parts.add(new Part(operation.input(), reply));
        }
        return parts;
    }

    private void note(int vertex, Part part) {
        int operation = vertices.operation(vertex).index();
        if (part.request() instanceof KafkaRequest.Send(var key, var message)) {
            long offset = part.reply().isPresent() && part.reply().get() instanceof KafkaReply.Sent(var at)
                    ? at
                    : KafkaLog.NOWHERE;
            add(key, new SentMessage(operation, vertex, message, offset));
        }
        if (part.reply().isPresent() && part.reply().get() instanceof KafkaReply.Polled(var entries)) {
            polls++;
            entries.forEach((key, list) -> list.forEach(entry -> log(key).addPolled(entry, operation)));
        }
    }

    private void noteFailed(int operation, KafkaRequest request) {
        switch (request) {
            case KafkaRequest.Send(var key, var message) ->
                add(key, new SentMessage(operation, -1, message, KafkaLog.NOWHERE));
            case KafkaRequest.Transaction(var requests) -> requests.forEach(one -> noteFailed(operation, one));
            default -> {}
        }
    }

    private void add(String key, SentMessage send) {
        if (!log(key).addSend(send)) {
            repeated = Optional.of("message " + send.message() + " is sent to key " + key + " more than once");
        }
    }

    private KafkaLog log(String key) {
        return logs.computeIfAbsent(key, k -> new KafkaLog());
    }

    /** The operations that happened or may have. */
    Vertices<Operation<KafkaRequest, KafkaReply>> vertices() {
        return vertices;
    }

    /** The parts of the operation of a vertex. */
    List<Part> parts(int vertex) {
        return parts.get(vertex);
    }

    /** What is known of each key's log. */
    SortedMap<String, KafkaLog> logs() {
        return logs;
    }

    /** Says which message was sent twice, which leaves unknown which send a poll shows. */
    Optional<String> repeated() {
        return repeated;
    }

    /** How many polls were served. */
    int polls() {
        return polls;
    }

    /** What to call an operation at the beginning of a sentence. */
    String name(int vertex) {
        return "Operation " + vertices.operation(vertex).index();
    }

    /** What to call an operation within a sentence. */
    String nameWithin(int vertex) {
        return "operation " + vertices.operation(vertex).index();
    }
}

package dev.gyre.maelstrom.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.checker.Validity;
import dev.gyre.core.simulation.Letter;
import dev.gyre.maelstrom.engine.FakeCluster.Node;
import dev.gyre.maelstrom.json.Json;
import dev.gyre.maelstrom.workload.Workloads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs of kafka: right logs pass, and each wrong one is caught by its anomaly. */
class KafkaRunTest {
    /** What is wrong with a log. */
    enum Fault {
        NONE,
        LOST_SEND,
        OFFSET_REUSED,
        SENT_TWICE,
        REFUSED_SEND_STAYS,
        POLL_LEAVES_OUT,
        POLL_GOES_BACK,
        OUT_OF_ORDER,
        MESSAGE_MADE_UP,
        END_HIDDEN
    }

    /** A message at an offset. */
    private record Entry(long offset, long message) {}

    /** All nodes are fronts of the same logs, whose offsets have gaps. */
    private static final class Logs implements BiConsumer<Node, Letter> {
        private final Fault fault;
        private final int batch;
        private final Map<String, List<Entry>> logs = new TreeMap<>();
        private final Map<String, Long> ends = new TreeMap<>();
        private final Map<String, Long> committed = new TreeMap<>();
        private int count;

        Logs(Fault fault, int batch) {
            this.fault = fault;
            this.batch = batch;
        }

        @Override
        public void accept(Node node, Letter message) {
            boolean faulty = ++count % 11 == 0;
            var body = message.toBody();
            switch (body.path("type").asText()) {
                case "send" ->
                    send(
                            node,
                            message,
                            body.path("key").asText(),
                            body.path("msg").longValue(),
                            faulty);
                case "poll" -> {
                    var shown = Json.object();
                    body.path("offsets")
                            .properties()
                            .forEach(log -> poll(log.getKey(), log.getValue().longValue(), faulty, shown));
                    WorkloadRun.answer(node, message, "poll_ok", "msgs", shown);
                }
                case "commit_offsets" -> {
                    body.path("offsets")
                            .properties()
                            .forEach(log ->
                                    committed.merge(log.getKey(), log.getValue().longValue(), Math::max));
                    node.ok(message);
                }
                case "list_committed_offsets" -> {
                    var offsets = Json.object();
                    for (var key : body.path("keys")) {
                        if (committed.containsKey(key.asText())) {
                            offsets.put(key.asText(), committed.get(key.asText()));
                        }
                    }
                    WorkloadRun.answer(node, message, "list_committed_offsets_ok", "offsets", offsets);
                }
                default -> throw new IllegalArgumentException(body.toString());
            }
        }

        private void send(Node node, Letter message, String key, long value, boolean faulty) {
            var log = logs.computeIfAbsent(key, first -> new ArrayList<>());
            long last = ends.getOrDefault(key, -1L);
            long offset = faulty && fault == Fault.OFFSET_REUSED && last >= 0 ? last : last + 1 + count % 3;
            ends.put(key, offset);
            if (!faulty || fault != Fault.LOST_SEND) {
                log.add(new Entry(offset, value));
            }
            if (faulty && fault == Fault.SENT_TWICE) {
                log.add(new Entry(offset + 1, value));
                ends.put(key, offset + 1);
            }
            if (faulty && fault == Fault.REFUSED_SEND_STAYS) {
                WorkloadRun.refuse(node, message, 11);
            } else {
                node.reply(message, Json.body("send_ok").put("offset", offset));
            }
        }

        private void poll(String key, long from, boolean faulty, ObjectNode shown) {
            long begin = faulty && fault == Fault.POLL_GOES_BACK ? 0 : from;
            var entries = new ArrayList<>(logs.getOrDefault(key, List.of()).stream()
                    .filter(it -> it.offset() >= begin)
                    .limit(batch)
                    .toList());
            if (faulty && fault == Fault.POLL_LEAVES_OUT && entries.size() > 1) {
                entries.removeFirst();
            }
            if (faulty && fault == Fault.OUT_OF_ORDER && entries.size() > 1) {
                entries.add(entries.removeFirst());
            }
            if (faulty && fault == Fault.MESSAGE_MADE_UP) {
                entries.add(new Entry(1_000_000, -5));
            }
            if (fault == Fault.END_HIDDEN) {
                entries.removeIf(it -> it.message() == 16);
            }
            var pairs = shown.putArray(key);
            entries.forEach(it -> pairs.addArray().add(it.offset()).add(it.message()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000})
    void rightLogsHoldHoweverMuchAPollShows(int batch) {
        var judged = new WorkloadRun("kafka").load(4, 100, 30).run(new Logs(Fault.NONE, batch));

        assertThat(judged.results().sentences()).asString().contains("messages");
        assertThat(judged.results().validity()).isEqualTo(Validity.VALID);
        assertThat(judged.workload("bad-error-types")).isEqualTo("[]");
        assertThat(judged.events("poll", HistoryEvent.Type.OK).stream()
                        .filter(it -> !it.value().path(0).path(1).isEmpty())
                        .count())
                .isGreaterThan(100);
    }

    @ParameterizedTest
    @CsvSource({
        "LOST_SEND,          lost-write",
        "OFFSET_REUSED,      inconsistent-offsets",
        "SENT_TWICE,         duplicate",
        "REFUSED_SEND_STAYS, G1a",
        "POLL_LEAVES_OUT,    poll-skip",
        "POLL_GOES_BACK,     nonmonotonic-poll",
        "OUT_OF_ORDER,       int-nonmonotonic-poll",
        "MESSAGE_MADE_UP,    unsent-message",
        "END_HIDDEN,         unseen"
    })
    void wrongLogsAreCaughtByTheirAnomaly(Fault fault, String anomaly) {
        var judged = new WorkloadRun("kafka").load(4, 100, 15).run(new Logs(fault, 1_000));

        assertThat(judged.results().validity()).isEqualTo(Validity.INVALID);
        assertThat(judged.workload("bad-error-types")).contains(anomaly);
        assertThat(judged.sentence()).containsIgnoringCase("key ").endsWith("(" + anomaly + ").");
    }

    @Test
    void clientsBreakDownAboutEveryThirtySecondsAndGoOnAsAnotherProcess() {
        var judged = new WorkloadRun("kafka").load(6, 20, 300).run(new Logs(Fault.NONE, 1_000));

        // Sixty are due in 300 seconds, and each of six workers breaks down once more at the end.
        var crashes = judged.events("crash", HistoryEvent.Type.INFO);
        assertThat(crashes.size() - 6).isBetween(40, 80);
        var dead = new TreeSet<String>();
        for (var event : judged.run().events()) {
            assertThat(dead).doesNotContain(event.process());
            if (crashes.contains(event)) {
                dead.add(event.process());
            }
        }
        assertThat(dead).hasSize(crashes.size());
        assertThat(judged.results().validity()).isEqualTo(Validity.VALID);
        assertThat(judged.results().map().get("stats").toString()).doesNotContain("crash");
    }

    @Test
    void eachWorkerReadsAllLogsFromTheirBeginningAtTheEnd() {
        var logs = new Logs(Fault.NONE, 3);
        var judged = new WorkloadRun("kafka").load(3, 50, 20).run(logs);

        for (int worker = 0; worker < 3; worker++) {
            int number = worker;
            var seen = new TreeMap<String, List<Long>>();
            judged.events("poll", HistoryEvent.Type.OK).stream()
                    .filter(it -> Integer.parseInt(it.process()) % 3 == number)
                    .filter(it -> it.atNanos() > 21 * RunSetup.SECOND)
                    .forEach(it -> it.value()
                            .path(0)
                            .path(1)
                            .properties()
                            .forEach(log -> log.getValue()
                                    .forEach(pair -> seen.computeIfAbsent(log.getKey(), key -> new ArrayList<>())
                                            .add(pair.get(1).longValue()))));
            var stored = new TreeMap<String, List<Long>>();
            logs.logs.forEach((key, log) ->
                    stored.put(key, log.stream().map(Entry::message).toList()));
            assertThat(seen).isEqualTo(stored);
        }
    }

    @Test
    void logsThatLoseEverythingDoNotKeepTheRunFromEnding() {
        var judged = new WorkloadRun("kafka").load(3, 50, 5).run((node, message) -> {
            var body = message.toBody();
            switch (body.path("type").asText()) {
                case "send" ->
                    node.reply(
                            message,
                            Json.body("send_ok").put("offset", body.path("msg").longValue()));
                case "poll" -> WorkloadRun.answer(node, message, "poll_ok", "msgs", Json.object());
                default ->
                    WorkloadRun.answer(node, message, body.path("type").asText() + "_ok", "offsets", Json.object());
            }
        });

        assertThat(judged.workload("bad-error-types")).contains("unseen");
        assertThat(judged.run().history()).hasSizeBetween(350, 450);
    }

    @Test
    void hotKeysAreReplacedOnceTheyAreFull() {
        var logs = new Logs(Fault.NONE, 1_000);
        new WorkloadRun("kafka")
                .keys(new Workloads.Keys(3, 5, 1))
                .load(3, 100, 20)
                .run(logs);

        assertThat(logs.logs).hasSizeGreaterThan(100).containsKeys("0", "1", "2");
        assertThat(logs.logs.values()).allMatch(it -> it.size() <= 5);
    }
}

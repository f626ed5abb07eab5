package dev.gyre.maelstrom.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.gyre.core.checker.Validity;
import dev.gyre.core.simulation.Letter;
import dev.gyre.maelstrom.engine.FakeCluster.Node;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs of lin-kv: a right store passes, and each wrong one is caught. */
class LinKvRunTest {
    /** What is wrong with a store. */
    enum Fault {
        NONE,
        STALE_READS,
        WRITES_LOST,
        CAS_DOES_NOT_COMPARE,
        FAILED_CAS_TAKES_EFFECT,
        READS_FIND_NOTHING,
        READS_ANSWER_TEXT
    }

    /** All nodes are fronts of one store. */
    private static final class Store implements BiConsumer<Node, Letter> {
        private final Fault fault;
        private final Map<Long, JsonNode> now = new TreeMap<>();
        private final Map<Long, JsonNode> before = new TreeMap<>();
        private int count;

        Store(Fault fault) {
            this.fault = fault;
        }

        @Override
        public void accept(Node node, Letter message) {
            boolean faulty = ++count % 5 == 0;
            long key = message.toBody().path("key").longValue();
            var found = now.getOrDefault(key, NullNode.getInstance());
            switch (message.toBody().path("type").asText()) {
                case "read" -> read(node, message, key, faulty);
                case "write" -> {
                    if (fault != Fault.WRITES_LOST || !faulty) {
                        put(key, message.toBody().required("value"));
                    }
                    node.ok(message);
                }
                case "cas" -> {
                    boolean fits = found.equals(message.toBody().required("from"));
                    if (found.isNull()) {
                        WorkloadRun.refuse(node, message, 20);
                    } else if (fits || (fault == Fault.CAS_DOES_NOT_COMPARE && faulty)) {
                        put(key, message.toBody().required("to"));
                        node.ok(message);
                    } else {
                        if (fault == Fault.FAILED_CAS_TAKES_EFFECT) {
                            put(key, message.toBody().required("to"));
                        }
                        WorkloadRun.refuse(node, message, 22);
                    }
                }
                default -> throw new IllegalArgumentException(message.toString());
            }
        }

        private void put(long key, JsonNode value) {
            before.put(key, now.getOrDefault(key, NullNode.getInstance()));
            now.put(key, value);
        }

        private void read(Node node, Letter message, long key, boolean faulty) {
            var from = fault == Fault.STALE_READS && faulty ? before : now;
            JsonNode value = Objects.requireNonNullElse(from.get(key), NullNode.getInstance());
            if (fault == Fault.READS_FIND_NOTHING && faulty) {
                value = NullNode.getInstance();
            } else if (value.isNull()) {
                WorkloadRun.refuse(node, message, 20);
                return;
            } else if (fault == Fault.READS_ANSWER_TEXT) {
                value = JsonNodeFactory.instance.textNode(value.asText());
            }
            WorkloadRun.answer(node, message, "read_ok", "value", value);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 6, 7, 12, 40})
    void rightStoreHoldsAtAnyConcurrency(int workers) {
        var judged = new WorkloadRun("lin-kv").load(workers, 50, 20).run(new Store(Fault.NONE));

        assertThat(judged.results().sentences()).asString().contains("each is valid");
        assertThat(judged.results().validity()).isEqualTo(Validity.VALID);
        assertThat(judged.run().history()).hasSizeGreaterThan(800);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void wrongStoreIsCaughtAndTheKeyNamed(Fault fault) {
        var judged = new WorkloadRun("lin-kv").run(new Store(fault));

        assertThat(judged.results().validity()).isEqualTo(Validity.INVALID);
        assertThat(judged.sentence()).startsWith("Key 0: ");
        assertThat(judged.workload("failures")).isEqualTo("[0]");
    }

    @Test
    void aReadThatFindsNothingBeforeTheFirstWriteIsRight() {
        var judged = new WorkloadRun("lin-kv").load(3, 100, 5).run((node, message) -> {
            if (message.toBody().path("type").asText().equals("read")) {
                WorkloadRun.answer(node, message, "read_ok", "value", NullNode.getInstance());
            } else {
                WorkloadRun.refuse(node, message, 11);
            }
        });

        assertThat(judged.workload("valid?")).isEqualTo("true");
        assertThat(judged.results().sentences()).containsExactly("No cas was served.", "No write was served.");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 300})
    void clientsWaitTenLatenciesAndAtLeastASecond(int latencyMillis) {
        var judged = new WorkloadRun("lin-kv")
                .latency(Duration.ofMillis(latencyMillis))
                .run((node, message) -> {});

        assertThat(judged.run().history())
                .isNotEmpty()
                .allMatch(it -> it.completedNanos() - it.invokedNanos()
                        == Math.max(RunSetup.SECOND, latencyMillis * 10_000_000L));
    }

    @Test
    void aKeyIsLeftForTheNextBeforeItHasMoreThanTwentyProcesses() {
        var store = new Store(Fault.NONE);
        var judged = new WorkloadRun("lin-kv").load(6, 20, 60).run((node, message) -> {
            if (message.toBody().path("type").asText().equals("write")) {
                store.count++;
                store.put(
                        message.toBody().path("key").longValue(),
                        message.toBody().required("value"));
                if (store.count % 4 == 0) {
                    return;
                }
                node.ok(message);
            } else {
                store.accept(node, message);
            }
        });

        var processes = new TreeMap<Long, TreeSet<String>>();
        for (var event : judged.run().events()) {
            processes
                    .computeIfAbsent(event.value().get(0).longValue(), key -> new TreeSet<>())
                    .add(event.process());
        }
        assertThat(processes).hasSizeGreaterThan(2);
        assertThat(processes.values()).allMatch(it -> it.size() <= 20);
        assertThat(processes.get(0L)).hasSize(20);
        assertThat(judged.results().validity()).isEqualTo(Validity.VALID);
    }
}

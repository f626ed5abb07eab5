package dev.gyre.maelstrom.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.gyre.core.checker.Validity;
import dev.gyre.core.checker.elle.ConsistencyModel;
import dev.gyre.core.simulation.Letter;
import dev.gyre.maelstrom.engine.FakeCluster.Node;
import dev.gyre.maelstrom.json.Json;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs of both workloads with transactions: right stores pass, and each wrong one is caught by its anomaly. */
class TxnRunTest {
    /** What is wrong with a store. */
    enum Fault {
        NONE,
        /** A write is acknowledged and forgotten. */
        LOST_WRITE,
        /** A transaction is refused, and takes effect. */
        ABORTED_WRITE,
        /** Reads show the state before the transaction's own writes. */
        BLIND_TO_ITSELF,
        /** Every now and then a transaction that only reads sees an old state. */
        STALE_READ,
        /** A write is applied twice. */
        TWICE,
        /** The answer leaves out the last operation. */
        SHORT_ANSWER,
        /** The answer names keys as text. */
        KEYS_AS_TEXT
    }

    /** All nodes are fronts of one store, which does one transaction at a time. */
    private static final class Store implements BiConsumer<Node, Letter> {
        private static final int OLD = 20;
        private final Fault fault;
        private final Map<Integer, Map<String, JsonNode>> states = new TreeMap<>(Map.of(0, new TreeMap<>()));
        private int count;

        Store(Fault fault) {
            this.fault = fault;
        }

        @Override
        public void accept(Node node, Letter message) {
            boolean faulty = count % 7 == 0;
            var before = new TreeMap<>(states.getOrDefault(count, Map.of()));
            var after = new TreeMap<>(before);
            var answer = JsonNodeFactory.instance.arrayNode();
            boolean reads = true;
            for (var part : message.toBody().required("txn")) {
                reads &= part.get(0).asText().equals("r");
            }
            if (faulty && reads && fault == Fault.STALE_READ) {
                after = new TreeMap<>(states.getOrDefault(Math.max(0, count - OLD), Map.of()));
            }
            for (var part : message.toBody().required("txn")) {
                var shown = faulty && fault == Fault.BLIND_TO_ITSELF ? before : after;
                answer.add(part(part, shown, after, faulty));
            }
            states.put(++count, reads ? before : after);
            if (fault == Fault.SHORT_ANSWER && faulty && answer.size() > 1) {
                answer.remove(answer.size() - 1);
            }
            if (faulty && fault == Fault.ABORTED_WRITE) {
                WorkloadRun.refuse(node, message, 30);
            } else {
                WorkloadRun.answer(node, message, "txn_ok", "txn", answer);
            }
        }

        private ArrayNode part(
                JsonNode part, Map<String, JsonNode> shown, Map<String, JsonNode> after, boolean faulty) {
            String key = part.get(1).asText();
            JsonNode value = part.get(2);
            switch (part.get(0).asText()) {
                case "r" -> value = shown.getOrDefault(key, NullNode.getInstance());
                case "w" -> {
                    if (!faulty || fault != Fault.LOST_WRITE) {
                        after.put(key, value);
                    }
                }
                case "append" -> {
                    if (!faulty || fault != Fault.LOST_WRITE) {
                        var list = JsonNodeFactory.instance.arrayNode();
                        after.getOrDefault(key, list).forEach(list::add);
                        after.put(
                                key,
                                faulty && fault == Fault.TWICE ? list.add(value).add(value) : list.add(value));
                    }
                }
                default -> throw new IllegalArgumentException(part.toString());
            }
            var answer = JsonNodeFactory.instance.arrayNode().add(part.get(0));
            if (fault == Fault.KEYS_AS_TEXT) {
                answer.add(key);
            } else {
                answer.add(part.get(1));
            }
            return answer.add(value);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"txn-list-append", "txn-rw-register"})
    void aStoreThatDoesOneAtATimeIsStrictlySerializable(String workload) {
        var judged = new WorkloadRun(workload).run(new Store(Fault.NONE));

        assertThat(judged.results().sentences()).asString().contains("nothing that strict-serializable forbids");
        assertThat(judged.results().validity()).isEqualTo(Validity.VALID);
        assertThat(judged.run().history()).hasSizeGreaterThan(800);
    }

    @ParameterizedTest
    @CsvSource({
        "txn-list-append, LOST_WRITE,      lost-update",
        "txn-list-append, ABORTED_WRITE,   G1a",
        "txn-list-append, BLIND_TO_ITSELF, internal",
        "txn-list-append, STALE_READ,      G-single-realtime",
        "txn-list-append, TWICE,           duplicate-elements",
        "txn-list-append, SHORT_ANSWER,    unexpected-reply",
        "txn-list-append, KEYS_AS_TEXT,    unexpected-reply",
        "txn-rw-register, LOST_WRITE,      internal",
        "txn-rw-register, ABORTED_WRITE,   G1a",
        "txn-rw-register, BLIND_TO_ITSELF, internal",
        "txn-rw-register, STALE_READ,      G-single-realtime",
        "txn-rw-register, SHORT_ANSWER,    unexpected-reply",
    })
    void wrongStoreIsCaughtByItsAnomaly(String workload, Fault fault, String anomaly) {
        var judged = new WorkloadRun(workload).run(new Store(fault));

        assertThat(judged.results().validity()).isEqualTo(Validity.INVALID);
        assertThat(judged.workload("anomaly-types")).contains(anomaly);
        assertThat(judged.sentence()).startsWith("Not strict-serializable: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"txn-list-append", "txn-rw-register"})
    void onlyTheModelsAskedForCount(String workload) {
        var weak = new WorkloadRun(workload)
                .models(ConsistencyModel.READ_COMMITTED, ConsistencyModel.SERIALIZABLE)
                .run(new Store(Fault.STALE_READ));

        assertThat(weak.results().validity()).isEqualTo(Validity.VALID);
        assertThat(weak.workload("consistency-models")).isEqualTo("[read-committed, serializable]");

        var strong = new WorkloadRun(workload)
                .models(ConsistencyModel.READ_COMMITTED, ConsistencyModel.STRICT_SERIALIZABLE)
                .run(new Store(Fault.STALE_READ));

        assertThat(strong.sentence()).startsWith("Not strict-serializable: ");
    }

    @Test
    void transactionsThatOnlyReadFailWithoutAClearAnswer() {
        var judged = new WorkloadRun("txn-list-append").run((node, message) -> WorkloadRun.refuse(node, message, 13));

        for (var event : judged.events("txn", HistoryEvent.Type.FAIL)) {
            assertThat(event.value()).allMatch(part -> part.get(0).asText().equals("r"));
        }
        for (var event : judged.events("txn", HistoryEvent.Type.INFO)) {
            assertThat(event.value()).anyMatch(part -> part.get(0).asText().equals("append"));
        }
        assertThat(judged.events("txn", HistoryEvent.Type.FAIL)).hasSizeBetween(100, 300);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            txn-list-append | ["r", 1, 5]           | a read of a list shows 5
            txn-list-append | ["r", 1, [1, "2"]]    | a read of a list shows
            txn-list-append | ["w", 1, 2]           | no such operation as
            txn-list-append | ["append", 1, "x"]    | no such operation as
            txn-list-append | ["append", 1]         | an array of operations
            txn-list-append | {}                    | an array of operations
            txn-rw-register | ["r", 1, [1]]         | a read of a register shows [1]
            txn-rw-register | ["append", 1, 2]      | no such operation as
            """)
    void answersOfAnotherShapeAreMalformed(String workload, String part, String problem) throws Exception {
        var wrong = Json.parse("[" + part + "]");
        var judged = new WorkloadRun(workload)
                .load(1, 10, 2)
                .run((node, message) -> WorkloadRun.answer(node, message, "txn_ok", "txn", wrong));

        assertThat(judged.run().problems().sentences())
                .isNotEmpty()
                .first()
                .asString()
                .contains(problem);
        assertThat(judged.run().history()).allMatch(it -> it.isUnknown());
        assertThat(judged.results().validity()).isEqualTo(Validity.INVALID);
    }
}

package dev.gyre.maelstrom.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.maelstrom.json.Json;
import dev.gyre.maelstrom.workload.Session.Step;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadsTest {
    private static final Workloads.Settings SETTINGS = new Workloads.Settings(List.of("n0", "n1"), Topology.LINE);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            echo       | echo      | echo_ok      | "echo":"x"
            unique-ids | generate  | generate_ok  | "id":[1,"a"]
            broadcast  | broadcast | broadcast_ok |
            broadcast  | read      | read_ok      | "messages":[2,1]
            g-set      | add       | add_ok       |
            g-set      | read      | read_ok      | "value":[1]
            g-counter  | add       | add_ok       |
            g-counter  | read      | read_ok      | "value":-3
            pn-counter | add       | add_ok       |
            pn-counter | read      | read_ok      | "value":12
            lin-kv     | read      | read_ok      | "value":3
            lin-kv     | write     | write_ok     |
            lin-kv     | cas       | cas_ok       |
            lin-mutex  | acquire   | acquire_ok   |
            keyed-totals | add    | add_ok       |
            keyed-totals | total  | total_ok     | "value":-3
            windowed-totals | add_timed | add_timed_ok | "window":1000
            windowed-totals | windows | windows_ok  | "windows":[[1000,7],[3000,-1]]
            kafka      | list_committed_offsets | list_committed_offsets_ok | "offsets":{"3":7}
            txn-list-append | txn  | txn_ok       | "txn":[["r",1,[2,3]],["append",1,4]]
            txn-rw-register | txn  | txn_ok       | "txn":[["r",1,null],["w",1,4]]
            """)
    void repliesHaveAClosedShape(String workload, String request, String type, String field) throws Exception {
        String fields = field == null ? "" : "," + field;
        String good = "{\"type\":\"" + type + "\",\"in_reply_to\":1" + fields + "}";

        assertThat(answer(workload, request, good)).isInstanceOf(Step.Done.class);
        assertThat(answer(workload, request, good.replace("}", ",\"msg_id\":7}")))
                .isInstanceOf(Step.Done.class);
        assertMalformed(workload, request, good.replace("}", ",\"extra\":7}"), "extra");
        assertMalformed(workload, request, good.replace(type, "fine"), "fine");
        if (field != null) {
            assertMalformed(workload, request, good.replace(fields, ""), "is missing");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            broadcast  | {"type":"read_ok","in_reply_to":1,"messages":7}
            broadcast  | {"type":"read_ok","in_reply_to":1,"messages":[1,"2"]}
            g-set      | {"type":"read_ok","in_reply_to":1,"value":[1.5]}
            g-set      | {"type":"read_ok","in_reply_to":1,"value":[99999999999999999999]}
            pn-counter | {"type":"read_ok","in_reply_to":1,"value":null}
            pn-counter | {"type":"read_ok","in_reply_to":1,"value":1.0}
            """)
    void readsOfTheWrongKindAreMalformed(String workload, String reply) {
        assertMalformed(workload, "read", reply, "is not");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"1\":\"2\"}", "{\"1\":null}", "{\"1\":99999999999999999999}"})
    void offsetsOfTheWrongKindAreMalformed(String offsets) {
        String reply = "{\"type\":\"list_committed_offsets_ok\",\"in_reply_to\":1,\"offsets\":" + offsets + "}";

        assertMalformed("kafka", "list_committed_offsets", reply, "is not an object with an offset");
    }

    @ParameterizedTest
    @MethodSource("names")
    void theSeedFixesTheOperations(String name) {
        assertThat(inputs(name, 1)).isEqualTo(inputs(name, 1));
        if (!List.of("unique-ids", "lin-mutex").contains(name)) {
            assertThat(inputs(name, 1)).isNotEqualTo(inputs(name, 2));
        }
    }

    static Stream<String> names() {
        return Workloads.names().stream();
    }

    @Test
    void setsAddEachIntegerOnceAndReadHalfTheTime() {
        var inputs = inputs("broadcast", 1);
        var added = inputs.stream().filter(it -> !it.equals("null")).toList();

        assertThat(added.size()).isBetween(400, 600);
        for (int i = 0; i < added.size(); i++) {
            assertThat(added.get(i)).isEqualTo(Integer.toString(i));
        }
    }

    @Test
    void deltasAreWithinTheirBounds() {
        assertThat(deltas("g-counter")).containsExactly(0, 1, 2, 3, 4);
        assertThat(deltas("pn-counter")).containsExactly(-5, -4, -3, -2, -1, 0, 1, 2, 3, 4);
    }

    @Test
    void echoTextsAreNumberedBelow128() {
        assertThat(new TreeSet<>(inputs("echo", 1)))
                .allMatch(it -> it.matches("\"Please echo (\\d|[1-9]\\d|1[01]\\d|12[0-7])\""));
    }

    @Test
    void broadcastTellsTheTopologyFirst() {
        assertThat(workload("broadcast").greeting().orElseThrow().toString())
                .isEqualTo("{\"type\":\"topology\",\"topology\":{\"n0\":[\"n1\"],\"n1\":[\"n0\"]}}");
        assertThat(workload("g-set").greeting()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"echo,false", "unique-ids,false", "broadcast,true", "g-set,true", "g-counter,true", "pn-counter,true"})
    void eachWorkerReadsOnceAtTheEndWhereThereAreReads(String name, boolean reads) {
        var last = workload(name).finalGenerator();

        assertThat(last.isPresent()).isEqualTo(reads);
        last.ifPresent(generator -> {
            assertThat(generator.next(0)).isPresent();
            assertThat(generator.next(1)).isPresent();
            assertThat(generator.next(0)).isEmpty();
        });
    }

    @Test
    void aNameNobodyKnowsIsNoWorkload() {
        assertThat(Workloads.create("nonsense", SETTINGS)).isEmpty();
        assertThat(Workloads.names()).contains("broadcast").hasSize(13);
    }

    @SuppressWarnings("unchecked") // The tests treat all workloads alike, whatever their operations are.
    private static Workload<Object, Object> workload(String name) {
        return (Workload<Object, Object>) Workloads.create(name, SETTINGS).orElseThrow();
    }

    private static List<String> inputs(String name, long seed) {
        var workload = workload(name);
        var generator = workload.generator(new SplittableRandom(seed));
        return Stream.generate(() -> generator.next(0).orElseThrow())
                .limit(1_000)
                .map(input -> workload.inputValue(input).toString())
                .toList();
    }

    private static Set<Integer> deltas(String name) {
        var deltas = new TreeSet<Integer>();
        inputs(name, 1).stream().filter(it -> !it.equals("null")).forEach(it -> deltas.add(Integer.parseInt(it)));
        return deltas;
    }

    private static Step<Object> answer(String name, String request, String reply) throws Exception {
        var workload = workload(name);
        var session = workload.session();
        var generator = workload.generator(new SplittableRandom(1));
        Step<Object> asked;
        do {
            asked = session.begin(generator.next(0).orElseThrow());
        } while (!(asked instanceof Step.Ask<Object>(var body)
                && body.path("type").asText().equals(request)));
        return session.next((ObjectNode) Json.parse(reply));
    }

    private static void assertMalformed(String workload, String request, String reply, String problem) {
        assertThatThrownBy(() -> answer(workload, request, reply))
                .isInstanceOf(MalformedReply.class)
                .hasMessageContaining(problem);
    }
}

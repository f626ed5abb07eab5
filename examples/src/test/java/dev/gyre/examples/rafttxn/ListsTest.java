package dev.gyre.examples.rafttxn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gyre.core.host.StreamCluster;
import dev.gyre.examples.rafttxn.RaftTxnNode.Kind;
import dev.gyre.examples.rafttxn.RaftTxnNode.Lists;
import dev.gyre.examples.rafttxn.RaftTxnNode.Msg;
import dev.gyre.examples.rafttxn.RaftTxnNode.Op;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ListsTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Lists lists = new Lists(new TreeMap<>());

    private static Op read(long key) {
        return new Op(Kind.READ, key, JSON.nullNode());
    }

    private static Op append(long key, int element) {
        return new Op(Kind.APPEND, key, JSON.numberNode(element));
    }

    private List<JsonNode> run(Op... ops) {
        return ((Msg.TxnOk) lists.serve(new Msg.Txn(List.of(ops))))
                .txn().stream().map(Op::value).toList();
    }

    @Test
    void transactionSeesItsOwnAppendsInOrder() {
        assertThat(run(read(1), append(1, 5), read(1), append(1, 6), read(2)))
                .map(JsonNode::toString)
                .containsExactly("[]", "5", "[5]", "6", "[]");
        assertThat(run(read(1))).map(JsonNode::toString).containsExactly("[5,6]");
    }

    @Test
    void whatWasReadDoesNotGrowLater() {
        run(append(1, 5));
        var seen = run(read(1));
        run(append(1, 6));
        assertThat(seen).map(JsonNode::toString).containsExactly("[5]");
    }

    @Test
    void readLeavesNoTraceAndNeedsNoEntry() {
        run(read(1));
        assertThat(lists.elements()).isEmpty();
        assertThat(lists.isRead(new Msg.Txn(List.of(read(1), read(2))))).isTrue();
        assertThat(lists.isRead(new Msg.Txn(List.of(read(1), append(2, 1))))).isFalse();
    }

    @Test
    void nodeRefusesWhatIsNoTransactionAndServesOn() {
        try (var cluster = StreamCluster.start(1, Msg.class, RaftTxnNode::new)) {
            for (var wrong : List.of("[null]", "[['append',1]]", "[['x',1,2]]", "[['append',null,2]]", "null")) {
                assertThat(call(cluster, wrong).path("code").asInt()).as(wrong).isEqualTo(12);
            }
            assertThat(call(cluster, "[['append',1,5],['r',1,null]]")
                            .path("txn")
                            .toString())
                    .isEqualTo("[[\"append\",1,5],[\"r\",1,[5]]]");
        }
    }

    private static JsonNode call(StreamCluster cluster, String txn) {
        return cluster.call("n0", "{\"type\":\"txn\",\"txn\":" + txn.replace('\'', '"') + "}");
    }
}

package dev.gyre.examples.txn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gyre.core.host.StreamCluster;
import org.junit.jupiter.api.Test;

/** The node over the wire. */
final class TxnNodesTest {
    private static JsonNode call(StreamCluster cluster, String node, String txn) {
        return cluster.call(node, "{\"type\":\"txn\",\"txn\":" + txn.replace('\'', '"') + "}");
    }

    private static String answer(StreamCluster cluster, String node, String txn) {
        var reply = call(cluster, node, txn);
        return (reply.path("type").asText().equals("txn_ok") ? reply.path("txn") : reply.path("code"))
                .toString()
                .replace('"', '\'');
    }

    @Test
    void registersAreReadAndWrittenByWholeTransactions() {
        try (var cluster = StreamCluster.start(1, TxnRwRegisterNode.Msg.class, TxnRwRegisterNode::new)) {
            assertThat(answer(cluster, "n0", "[['r',1,null],['w',1,5],['r',1,null],['w',1,6]]"))
                    .isEqualTo("[['r',1,null],['w',1,5],['r',1,5],['w',1,6]]");
            assertThat(answer(cluster, "n0", "[['r',1,null]]")).isEqualTo("[['r',1,6]]");
            assertThat(answer(cluster, "n0", "[]")).isEqualTo("[]");
        }
    }

    @Test
    void transactionThatIsRefusedLeavesNoTrace() {
        try (var cluster = StreamCluster.start(1, TxnRwRegisterNode.Msg.class, TxnRwRegisterNode::new)) {
            assertThat(answer(cluster, "n0", "[['w',1,5],['w',2,null]]")).isEqualTo("12");
            assertThat(answer(cluster, "n0", "[['w',1,5],['x',2,1]]")).isEqualTo("12");
            assertThat(answer(cluster, "n0", "[['r',1,null]]")).isEqualTo("[['r',1,null]]");
        }
    }

    @Test
    void replicasOfRegistersAgreeInTime() {
        try (var cluster = StreamCluster.start(3, TxnRwRegisterNode.Msg.class, TxnRwRegisterNode::new)) {
            for (int i = 0; i < 9; i++) {
                answer(cluster, "n" + i % 3, "[['w'," + i + "," + i + "],['w',9," + i + "]]");
            }
            var all = "[['r',0,null],['r',8,null],['r',9,null]]";
            await().until(() -> {
                var first = answer(cluster, "n0", all);
                return !first.contains("null")
                        && first.equals(answer(cluster, "n1", all))
                        && first.equals(answer(cluster, "n2", all));
            });
        }
    }
}

package dev.gyre.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Event;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Request;
import dev.gyre.core.RpcError;
import dev.gyre.core.Service;
import dev.gyre.core.host.StreamCluster;
import dev.gyre.raft.HostValue.HostPut;
import dev.gyre.raft.storage.EntryCodec;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nodes that talk in lines of JSON, end to end. */
class RaftServiceStreamTest {
    sealed interface Sum {
        record SumAdd(long number) implements Sum {}

        record SumAddOk(long index) implements Sum {}

        record SumRead() implements Sum {}

        record SumReadOk(long total) implements Sum {}
    }

    /** A sum that all nodes keep. */
    private static final class SumNode implements Service<Sum, RaftEvent<HostPut>> {
        private final RaftService<HostPut> raft;
        private final ArrayDeque<Request> clients = new ArrayDeque<>();
        private long total;

        SumNode(NodeContext<Sum, RaftEvent<HostPut>> node, EntryCodec<HostPut> codec) {
            raft = RaftService.embed(node, RaftOptions.of(codec), event -> event);
        }

        @Override
        public void step(Event<Sum, RaftEvent<HostPut>> event, Network<Sum> network) {
            switch (event) {
                case Event.EndOfInput<Sum, RaftEvent<HostPut>> end -> {}
                case Event.Signal<Sum, RaftEvent<HostPut>>(var signal) -> {
                    switch (signal) {
                        case RaftEvent.Committed<HostPut>(long index, long term, var put, boolean here) -> {
                            total += put.id();
                            if (here) {
                                network.reply(clients.remove(), new Sum.SumAddOk(index));
                            }
                        }
                        case RaftEvent.ProposalFailed<HostPut> failed -> clients.remove();
                        case RaftEvent.ProposalUnknown<HostPut> unknown -> clients.remove();
                        default -> {}
                    }
                }
                case Event.Received<Sum, RaftEvent<HostPut>>(var message) -> {
                    switch (message.payload()) {
                        case Sum.SumAdd(long number) -> {
                            clients.add(message.request());
                            raft.propose(new HostPut(number, "é\""));
                        }
                        case Sum.SumRead() ->
                            raft.read().whenDone(index -> {
                                index.orThrow();
                                network.reply(message, new Sum.SumReadOk(total));
                            });
                        default -> throw new RpcError(ErrorCode.NOT_SUPPORTED, "add or read");
                    }
                }
            }
        }
    }

    private static void requireSumsAtEveryNode(EntryCodec<HostPut> codec) {
        try (var cluster =
                StreamCluster.<Sum, RaftEvent<HostPut>>start(3, Sum.class, node -> new SumNode(node, codec))) {
            for (int i = 0; i < 9; i++) {
                var reply = cluster.call("n" + i % 3, "{\"type\":\"sum_add\",\"number\":" + (1 << i) + "}");
                assertThat(reply.path("type").asText()).as("%s", reply).isEqualTo("sum_add_ok");
            }
            for (var node : List.of("n0", "n1", "n2")) {
                assertThat(cluster.call(node, "{\"type\":\"sum_read\"}")
                                .path("total")
                                .asLong())
                        .isEqualTo(511);
            }
            var garbage = cluster.call(
                    "n0",
                    "{\"type\":\"raft_append\",\"group\":\"raft\",\"term\":1000,\"previous\":{\"index\":0,\"term\":0},"
                            + "\"commit\":9,\"entries\":[{\"term\":1,\"origin\":\"n1\",\"ticket\":1,\"value\":[]}]}");
            assertThat(garbage.path("code").asInt()).as("%s", garbage).isEqualTo(12);
            assertThat(cluster.call("n0", "{\"type\":\"sum_read\"}")
                            .path("total")
                            .asLong())
                    .isEqualTo(511);
        }
    }

    @Test
    void jsonValuesAreSummedAtEveryNode() {
        requireSumsAtEveryNode(EntryCodec.json(HostPut.class));
    }

    @Test
    void binaryValuesAreSummedAtEveryNode() {
        requireSumsAtEveryNode(HostValue.BINARY);
    }
}

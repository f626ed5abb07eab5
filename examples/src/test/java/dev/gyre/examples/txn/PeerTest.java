package dev.gyre.examples.txn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.any;
import static org.mockito.Mockito.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Network;
import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.RpcError;
import dev.gyre.examples.txn.TxnRwRegisterNode.Msg;
import dev.gyre.examples.txn.TxnRwRegisterNode.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class PeerTest {
    private final Network<Msg> network = mock();
    private final List<SortedMap<Long, Version>> sent = new ArrayList<>();
    private final List<Promise<Msg>> replies = new ArrayList<>();
    private final Peer peer = new Peer("n2");

    PeerTest() {
        when(network.rpc(eq("n2"), any(), any())).thenAnswer(call -> {
            sent.add(((Msg.Merge) call.getArgument(1)).registers());
            replies.add(new Promise<>());
            return replies.getLast();
        });
    }

    private void write(long key, long value, long time) {
        peer.add(new TreeMap<>(Map.of(key, new Version(value, time, "n1"))));
    }

    private void confirm() {
        replies.getLast().complete(new Outcome.Ok<>(new Msg.MergeOk()));
    }

    @Test
    void whatWasWrittenMeanwhileIsSentAfterTheConfirmation() {
        write(1, 10, 1);
        write(2, 20, 2);
        peer.replicate(network);
        write(2, 21, 3);
        peer.replicate(network);
        assertThat(sent).as("one message at a time").hasSize(1);

        confirm();
        peer.replicate(network);

        assertThat(sent.getLast()).containsOnlyKeys(2L).containsValue(new Version(21, 3, "n1"));
        confirm();
        peer.replicate(network);
        assertThat(sent).as("nothing is left").hasSize(2);
    }

    @Test
    void whatIsNotConfirmedIsSentAgain() {
        write(1, 10, 1);
        peer.replicate(network);
        replies.getLast().complete(Outcome.of(new RpcError(ErrorCode.TIMEOUT, "away")));

        peer.replicate(network);

        assertThat(sent).hasSize(2);
        assertThat(sent.getLast()).isEqualTo(sent.getFirst());
    }

    @Test
    void longAbsenceIsMadeUpForInSeveralMessages() {
        for (long key = 0; key < 10_001; key++) {
            write(key, key, key);
        }
        peer.replicate(network);
        confirm();
        peer.replicate(network);

        assertThat(sent.getFirst()).hasSize(10_000);
        assertThat(sent.getLast()).containsOnlyKeys(10_000L);
    }
}

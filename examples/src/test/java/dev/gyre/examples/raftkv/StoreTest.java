package dev.gyre.examples.raftkv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gyre.core.ErrorCode;
import dev.gyre.core.RpcError;
import dev.gyre.core.kv.KvMessage;
import dev.gyre.examples.raftkv.RaftKvNode.Store;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class StoreTest {
    private static final JsonNode KEY = number(7);

    private final Store store = new Store(new TreeMap<>());

    private static JsonNode number(int value) {
        return JsonNodeFactory.instance.numberNode(value);
    }

    private void refuses(ErrorCode code, KvMessage request) {
        assertThatThrownBy(() -> store.serve(request))
                .isInstanceOfSatisfying(
                        RpcError.class, error -> assertThat(error.code()).isEqualTo(code));
    }

    @Test
    void valueIsWhatWasWrittenLast() {
        refuses(ErrorCode.KEY_DOES_NOT_EXIST, new KvMessage.Read(KEY));
        store.serve(new KvMessage.Write(KEY, number(1)));
        store.serve(new KvMessage.Write(KEY, number(2)));
        assertThat(store.serve(new KvMessage.Read(KEY))).isEqualTo(new KvMessage.ReadOk(number(2)));
    }

    @Test
    void compareAndSetSetsOnlyWhatIsAsExpected() {
        refuses(ErrorCode.KEY_DOES_NOT_EXIST, new KvMessage.Cas(KEY, number(1), number(2), null));
        assertThat(store.serve(new KvMessage.Cas(KEY, number(1), number(2), true)))
                .isEqualTo(new KvMessage.CasOk());
        refuses(ErrorCode.PRECONDITION_FAILED, new KvMessage.Cas(KEY, number(1), number(3), true));
        assertThat(store.values()).containsOnly(Map.entry("7", number(2)));
        store.serve(new KvMessage.Cas(KEY, number(2), number(3), false));
        assertThat(store.values()).containsOnly(Map.entry("7", number(3)));
    }

    @Test
    void onlyReadsAreServedWithoutAnEntry() {
        assertThat(store.isRead(new KvMessage.Read(KEY))).isTrue();
        assertThat(store.isRead(new KvMessage.Write(KEY, number(1)))).isFalse();
        assertThat(store.isRead(new KvMessage.Cas(KEY, number(1), number(2), null)))
                .isFalse();
    }

    @Test
    void otherMessagesAreNotSupported() {
        refuses(ErrorCode.NOT_SUPPORTED, new KvMessage.WriteOk());
    }
}

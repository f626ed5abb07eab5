package dev.gyre.examples.raftkv;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gyre.core.ErrorCode;
import dev.gyre.core.Request;
import dev.gyre.core.RpcError;
import dev.gyre.core.kv.KvMessage;
import java.util.SortedMap;

/** What is replicated: a change, and who asked for it. */
public sealed interface Op {
    /** Who is to be answered, by the node that was asked. */
    Request client();

    /** Carries it out: the same at every node. Returns what the client is answered, or throws it. */
    KvMessage apply(SortedMap<String, JsonNode> store);

    /** Sets a value. */
    record Write(Request client, String key, JsonNode value) implements Op {
        @Override
        public KvMessage apply(SortedMap<String, JsonNode> store) {
            store.put(key, value);
            return new KvMessage.WriteOk();
        }
    }

    /** Sets a value if it is the one expected. */
    record Cas(Request client, String key, JsonNode from, JsonNode to, boolean create) implements Op {
        @Override
        public KvMessage apply(SortedMap<String, JsonNode> store) {
            var value = store.get(key);
            if (value == null && !create) {
                throw new RpcError(ErrorCode.KEY_DOES_NOT_EXIST, "there is no key " + key);
            }
            if (value != null && !value.equals(from)) {
                throw new RpcError(ErrorCode.PRECONDITION_FAILED, "key " + key + " is " + value + ", not " + from);
            }
            store.put(key, to);
            return new KvMessage.CasOk();
        }
    }
}

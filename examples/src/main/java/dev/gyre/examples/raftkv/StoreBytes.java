package dev.gyre.examples.raftkv;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SortedMap;
import java.util.TreeMap;

/** The store as the bytes of a snapshot: one JSON object. */
final class StoreBytes {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private StoreBytes() {}

    static byte[] write(SortedMap<String, JsonNode> store) {
        try {
            return JSON.writeValueAsBytes(store);
        } catch (IOException e) {
            throw new UncheckedIOException("the store cannot be written", e);
        }
    }

    /** Replaces what is in a store. */
    static void read(byte[] bytes, SortedMap<String, JsonNode> store) {
        try {
            store.clear();
            store.putAll(JSON.readValue(bytes, new TypeReference<TreeMap<String, JsonNode>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException("a snapshot is not that of a store", e);
        }
    }
}

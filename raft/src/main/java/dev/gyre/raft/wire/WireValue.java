package dev.gyre.raft.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.gyre.raft.storage.EntryCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A value in JSON: as it is if its codec makes JSON, else as Base64. It is read as bytes, with no tree between: a node that comes back is sent all
 * entries that it has missed, and trees of them were much of the garbage of its start.
 *
 * @param bytes as the codec encodes the value; shared, not to be changed
 * @param isJson whether they are JSON
 */
// The bytes are made once and shared; nobody compares these.
@SuppressWarnings("ArrayRecordComponent")
@JsonSerialize(using = WireValue.Writer.class)
@JsonDeserialize(using = WireValue.Reader.class)
record WireValue(byte[] bytes, boolean isJson) {
    static <E> WireValue of(Proposal<E> proposal, EntryCodec<E> codec) {
        return new WireValue(proposal.bytes(), codec.isJson());
    }

    /**
     * The proposal. Its value is made at once, other than that of one from the disk: what the codec refuses must not get into the log.
     *
     * @throws IllegalArgumentException when the codec refuses the bytes, or there are more than it allows
     */
    <E> Proposal<E> proposal(String origin, long ticket, EntryCodec<E> codec) {
        if (bytes.length > codec.maxBytes()) {
            throw new IllegalArgumentException(
                    "a value of " + bytes.length + " bytes; the codec allows " + codec.maxBytes());
        }
        return new Proposal<>(origin, ticket, codec.decode(bytes), bytes);
    }

    static final class Writer extends JsonSerializer<WireValue> {
        @Override
        public void serialize(WireValue value, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (value.isJson()) {
                out.writeRawValue(new String(value.bytes(), StandardCharsets.UTF_8));
            } else {
                out.writeBinary(value.bytes());
            }
        }
    }

    static final class Reader extends JsonDeserializer<WireValue> {
        @Override
        public WireValue deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (in.currentToken() == JsonToken.VALUE_STRING) {
                return new WireValue(in.getBinaryValue(), false);
            }
            var bytes = new ByteArrayBuilder();
            try (var copy = in.getCodec().getFactory().createGenerator(bytes)) {
                copy.copyCurrentStructureExact(in);
            }
            return new WireValue(bytes.toByteArray(), true);
        }
    }
}

package dev.gyre.core.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.util.NameTransformer;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One record of a protocol and its name on the wire. Its reader and writer are made at first use: a node does not wait at
 * its start for what it may never need.
 *
 * @param <M> a supertype of the record
 */
public final class PayloadType<M> {
    /** Where JSON says which record it is. */
    public static final String FIELD = "type";

    private final String name;
    private final Class<? extends M> payloadClass;
    private final boolean isEmpty;
    private final Optional<PlainRecord> plain;
    private @Nullable ObjectReader reader;
    private @Nullable JsonSerializer<Object> fields;

    PayloadType(String name, Class<? extends M> payloadClass) {
        this.name = name;
        this.payloadClass = payloadClass;
        this.plain = PlainRecord.of(payloadClass);
        this.isEmpty = payloadClass.getRecordComponents().length == 0;
    }

    /** The value of {@code type} in a message that carries this record. */
    public String name() {
        return name;
    }

    /** The record. */
    public Class<? extends M> payloadClass() {
        return payloadClass;
    }

    /** The short cut for this record, if it has one. */
    Optional<PlainRecord> plain() {
        return plain;
    }

    /**
     * The record that a message's body holds.
     *
     * @throws MalformedPayload when the body is no JSON or does not fit the record
     */
    M read(byte[] json, int from, int length) throws MalformedPayload {
        if (plain.isPresent()) {
            var payload = PlainReader.read(plain.get(), json, from, length);
            if (payload != null) {
                return payloadClass.cast(payload);
            }
        }
        if (reader == null) {
            reader = Json.MAPPER.readerFor(payloadClass);
        }
        try {
            return payloadClass.cast(reader.readValue(json, from, length));
        } catch (JsonMappingException e) {
            throw new MalformedPayload("a \"" + name() + "\" message does not fit: " + JsonErrors.explain(e));
        } catch (JsonProcessingException e) {
            throw new MalformedPayload("the body of a \"" + name() + "\" message is no JSON: " + JsonErrors.explain(e));
        } catch (IOException e) {
            throw new MalformedPayload("the body of a \"" + name() + "\" message is unreadable: " + e.getMessage());
        }
    }

    /** Writes the record's fields into the object that the generator is in. */
    void writeFields(Object payload, JsonGenerator out, SerializerProvider provider) throws IOException {
        if (isEmpty) {
            return;
        }
        if (fields == null) {
            fields = provider.findValueSerializer(payloadClass).unwrappingSerializer(NameTransformer.NOP);
        }
        fields.serialize(payload, out, provider);
    }
}

package dev.gyre.core.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * Writes messages as lines into a buffer, through one generator that lives as long as the node. A payload that cannot be
 * written leaves no trace in the buffer. For one thread.
 */
public final class LineEncoder {
    private final LineBuffer buffer;
    private final SerializerProvider provider = Json.MAPPER.getSerializerProviderInstance();
    private final PlainWriter plainWriter;
    private JsonGenerator generator;

    /** An encoder that writes behind what a buffer holds. */
    public LineEncoder(LineBuffer buffer) {
        this.buffer = buffer;
        this.plainWriter = new PlainWriter(buffer);
        this.generator = newGenerator();
    }

    private JsonGenerator newGenerator() {
        JsonFactory factory = Json.MAPPER.getFactory();
        try {
            return factory.createGenerator(buffer)
                    .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM)
                    .setRootValueSeparator(new SerializedString(""));
        } catch (IOException e) {
            throw new IllegalStateException("a generator over memory cannot fail", e);
        }
    }

    /**
     * Writes one line.
     *
     * @throws IllegalArgumentException when the payload is not of the protocol or cannot be written
     */
    public <M> void encode(
            String src, String dest, OptionalLong msgId, OptionalLong inReplyTo, M payload, PayloadTypes<M> types) {
        var type = types.of(payload);
        var header = new Header(src, dest, msgId, inReplyTo);
        int before = buffer.size();
        var plain = type.plain();
        if (plain.isPresent() && plainWriter.write(header, type, plain.get(), payload)) {
            return;
        }
        buffer.truncate(before);
        try {
            writeWithJackson(header, type, payload);
        } catch (IOException | RuntimeException e) {
            generator = newGenerator();
            buffer.truncate(before);
            throw new IllegalArgumentException(
                    "a \"" + type.name() + "\" message to " + dest + " cannot be written: " + e.getMessage(), e);
        }
    }

    private void writeWithJackson(Header header, PayloadType<?> type, Object payload) throws IOException {
        generator.writeStartObject();
        generator.writeStringField("src", header.src());
        generator.writeStringField("dest", header.dest());
        generator.writeObjectFieldStart("body");
        generator.writeStringField("type", type.name());
        if (header.msgId().isPresent()) {
            generator.writeNumberField("msg_id", header.msgId().getAsLong());
        }
        if (header.inReplyTo().isPresent()) {
            generator.writeNumberField("in_reply_to", header.inReplyTo().getAsLong());
        }
        type.writeFields(payload, generator, provider);
        generator.writeEndObject();
        generator.writeEndObject();
        generator.flush();
        buffer.write('\n');
    }
}

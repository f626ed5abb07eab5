package dev.gyre.core.codec;

import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A message that came as a line. Handed from the thread that reads lines to the node's thread, and changed by neither after. */
public final class LineMessage implements Incoming {
    private final Envelope envelope;
    private @Nullable PayloadTypes<?> boundTypes;
    private @Nullable Object bound;
    private @Nullable MalformedPayload misfit;
    private byte[] body = {};

    LineMessage(Envelope envelope) {
        this.envelope = envelope;
    }

    /** Takes the payload out of the line now, as a record of a protocol: the line's buffer may be used again after. */
    void bind(byte[] line, PayloadTypes<?> types) {
        boundTypes = types;
        try {
            bound = read(types, line, envelope.bodyFrom());
        } catch (MalformedPayload e) {
            misfit = e;
        }
    }

    /** Keeps a copy of the body, for a payload whose protocol is not known yet: the line's buffer may be used again after. */
    void detach(byte[] line) {
        body = Arrays.copyOfRange(line, envelope.bodyFrom(), envelope.bodyFrom() + envelope.bodyLength());
    }

    @Override
    public <M> M payload(PayloadTypes<M> types) throws MalformedPayload {
        if (misfit != null && types == boundTypes) {
            throw misfit;
        }
        if (bound != null && types == boundTypes) {
            return types.protocol().cast(bound);
        }
        return read(types, body, 0);
    }

    private <M> M read(PayloadTypes<M> types, byte[] source, int from) throws MalformedPayload {
        var type = types.named(envelope.type());
        if (type == null) {
            throw new MalformedPayload(
                    "\"" + envelope.type() + "\" is none of " + types.byName().keySet());
        }
        return type.read(source, from, envelope.bodyLength());
    }

    @Override
    public ErrorBody error() throws MalformedPayload {
        try {
            return Json.MAPPER.readValue(body, ErrorBody.class);
        } catch (IOException e) {
            throw new MalformedPayload("an \"error\" message does not fit: it has an integer \"code\" of at least 0");
        }
    }

    @Override
    public String src() {
        return envelope.src();
    }

    @Override
    public String dest() {
        return envelope.dest();
    }

    @Override
    public String type() {
        return envelope.type();
    }

    @Override
    public OptionalLong msgId() {
        return envelope.msgId();
    }

    @Override
    public OptionalLong inReplyTo() {
        return envelope.inReplyTo();
    }

    @Override
    public String where() {
        return "line " + envelope.lineNumber();
    }
}

package dev.gyre.core.simulation;

import dev.gyre.core.codec.ErrorBody;
import dev.gyre.core.codec.Incoming;
import dev.gyre.core.codec.MalformedPayload;
import dev.gyre.core.codec.PayloadTypes;
import java.util.OptionalLong;

/** A letter as a node takes it: its payload as it is when it belongs to the node's protocol, else by way of the wire's form. */
record LetterMessage(Letter letter, String where) implements Incoming {
    private static final PayloadTypes<ErrorBody> ERRORS = PayloadTypes.of(ErrorBody.class);

    @Override
    public String src() {
        return letter.src();
    }

    @Override
    public String dest() {
        return letter.dest();
    }

    @Override
    public String type() {
        return letter.type();
    }

    @Override
    public OptionalLong msgId() {
        return letter.msgId();
    }

    @Override
    public OptionalLong inReplyTo() {
        return letter.inReplyTo();
    }

    @Override
    public ErrorBody error() throws MalformedPayload {
        return payload(ERRORS);
    }

    @Override
    public <M> M payload(PayloadTypes<M> types) throws MalformedPayload {
        return types.includes(letter.payload())
                ? types.protocol().cast(letter.payload())
                : types.convert(letter.type(), letter.payload());
    }
}

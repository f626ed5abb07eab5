package dev.gyre.core.simulation;

import dev.gyre.core.codec.ErrorBody;
import dev.gyre.core.codec.Incoming;
import dev.gyre.core.codec.MalformedPayload;
import dev.gyre.core.codec.PayloadTypes;
import java.util.OptionalLong;

/** A letter as a node takes it: its payload as it is when it belongs to the node's protocol, else by way of the wire's form. */
record LetterMessage(Letter letter, String where) implements Incoming {
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
        return payload(ErrorBody.TYPES);
    }

    @Override
    public <M> M payload(PayloadTypes<M> types) throws MalformedPayload {
        return types.take(letter.type(), letter.payload());
    }
}

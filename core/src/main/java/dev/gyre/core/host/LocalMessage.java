package dev.gyre.core.host;

import dev.gyre.core.codec.ErrorBody;
import dev.gyre.core.codec.Incoming;
import dev.gyre.core.codec.MalformedPayload;
import dev.gyre.core.codec.PayloadTypes;
import java.util.OptionalLong;

/** A message between two threads of one process: its payload is passed by reference. */
record LocalMessage(String src, String dest, String type, OptionalLong msgId, OptionalLong inReplyTo, Object payload)
        implements Incoming {
    /** An error in reply to a request that could not be delivered, as if its receiver had sent it. */
    static LocalMessage refusal(String src, String dest, OptionalLong inReplyTo, ErrorBody error) {
        return new LocalMessage(src, dest, ErrorBody.TYPE, OptionalLong.empty(), inReplyTo, error);
    }

    @Override
    public ErrorBody error() throws MalformedPayload {
        return payload(ErrorBody.TYPES);
    }

    @Override
    public <M> M payload(PayloadTypes<M> types) throws MalformedPayload {
        return types.take(type, payload);
    }

    @Override
    public String where() {
        return dest;
    }
}

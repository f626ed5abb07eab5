package dev.gyre.core.codec;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.gyre.core.ErrorCode;
import dev.gyre.core.RpcError;
import org.jspecify.annotations.Nullable;

/**
 * The payload of an error reply, whose type is {@code error} in every protocol.
 *
 * @param code the number of its {@link ErrorCode}
 * @param text what went wrong, for people
 */
@JsonTypeName(ErrorBody.TYPE)
public record ErrorBody(int code, @Nullable String text) {
    /** The name of the type on the wire. */
    public static final String TYPE = "error";

    /** The protocol of errors: this record alone. */
    public static final PayloadTypes<ErrorBody> TYPES = PayloadTypes.of(ErrorBody.class);

    /** Rejects negative codes. */
    public ErrorBody {
        var unused = new ErrorCode(code);
    }

    /** The error that this body tells of. */
    public RpcError toError() {
        return new RpcError(new ErrorCode(code), text == null ? "" : text);
    }
}

package dev.gyre.core.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.util.stream.Collectors;

/** Jackson's errors in a sentence, without the classes and source references that mean nothing to who sent the message. */
final class JsonErrors {
    /** Jackson has no type of its own for this error; the text is its only mark. */
    private static final String MISSING = "Missing required creator property";

    private JsonErrors() {}

    static String explain(JsonProcessingException error) {
        return error.getOriginalMessage() + " (at column "
                + (error.getLocation() == null
                        ? "?"
                        : Long.toString(error.getLocation().getColumnNr())) + ")";
    }

    static String explain(JsonMappingException error) {
        var path = error.getPath().stream()
                .map(step -> step.getFieldName() != null ? step.getFieldName() : "[" + step.getIndex() + "]")
                .collect(Collectors.joining("."));
        if (error instanceof InvalidNullException missing && missing.getPropertyName() != null) {
            return "\"" + missing.getPropertyName().getSimpleName() + "\" must not be null";
        }
        if (error instanceof MismatchedInputException
                && error.getOriginalMessage().startsWith(MISSING)) {
            return "\"" + path + "\" is missing";
        }
        return (path.isEmpty() ? "" : "\"" + path + "\": ") + error.getOriginalMessage();
    }
}

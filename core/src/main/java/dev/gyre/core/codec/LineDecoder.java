package dev.gyre.core.codec;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of lines. Runs on the thread that reads, so that the node's thread finds its payloads bound: the two share
 * the work on a message. For one thread, but for {@link #useRoutes}.
 */
public final class LineDecoder {
    private final LineScanner scanner = new LineScanner();
    private volatile Function<String, @Nullable PayloadTypes<?>> routes = type -> null;

    /**
     * Says which protocol a type's messages belong to, so that their payloads are bound as they come. May be called from any
     * thread; the function too is called from this decoder's own.
     */
    public void useRoutes(Function<String, @Nullable PayloadTypes<?>> newRoutes) {
        routes = newRoutes;
    }

    /**
     * The message in a line.
     *
     * @param bytes what holds the line; not used after the call
     * @param from where the line begins
     * @param to where it ends, without its line break
     * @param lineNumber its number in the stream, from 1
     * @throws MalformedLine when it is none
     */
    public LineMessage decode(byte[] bytes, int from, int to, long lineNumber) throws MalformedLine {
        var message = new LineMessage(scanner.scan(bytes, from, to, lineNumber));
        var types = message.inReplyTo().isPresent() ? null : routes.apply(message.type());
        if (types != null) {
            message.bind(bytes, types);
        } else {
            message.detach(bytes);
        }
        return message;
    }
}

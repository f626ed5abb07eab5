package dev.gyre.stream.io;

import dev.gyre.stream.api.Sink;
import java.io.PrintStream;
import java.util.Collection;
import java.util.function.Consumer;

/**
 * Sinks that show what they get at once. After a recovery they get again what came after the snapshot that was restored: for each record exactly once
 * use a transactional one, as {@link TextFiles#transactional}.
 */
public final class Sinks {
    private Sinks() {}

    /**
     * Adds records to a collection, which is locked meanwhile, as several workers may be on several threads: lock it too to look at it while the job runs.
     *
     * @param into a list, to see all that came; a set, to see each value once
     */
    public static <T> Sink<T> collecting(Collection<? super T> into) {
        return forEach(value -> {
            synchronized (into) {
                into.add(value);
            }
        });
    }

    /** Shows each record to a consumer, on the thread of the worker that has it; several may do so at a time. */
    public static <T> Sink<T> forEach(Consumer<? super T> consumer) {
        return context -> (value, time) -> consumer.accept(value);
    }

    /** Prints each record as a line, as {@link String#valueOf} has it. */
    public static Sink<Object> stdout() {
        return printing(System.out);
    }

    /** Prints each record as a line. */
    static Sink<Object> printing(PrintStream out) {
        return context -> new Sink.Writer<>() {
            @Override
            public void write(Object value, long time) {
                out.println(value);
            }

            @Override
            public void flush() {
                out.flush();
            }
        };
    }
}

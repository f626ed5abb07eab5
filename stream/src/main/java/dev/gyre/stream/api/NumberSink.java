package dev.gyre.stream.api;

/**
 * Where numbers go with their keys, without an object for any of them: a {@link Sink} of the same, for those that can do with less.
 *
 * <pre>{@code
 * NumberSink totals = context -> (account, total, time) -> table.put(account, total);
 * }</pre>
 */
@FunctionalInterface
public interface NumberSink extends Sink<Keyed<Long, Long>> {
    @Override
    Writer open(Context context);

    /** Writes the numbers of one worker. For its thread; no method may block for long. */
    interface Writer extends Sink.Writer<Keyed<Long, Long>> {
        /** Writes a number. */
        void write(long key, long number, long time);

        @Override
        default void write(Keyed<Long, Long> entry, long time) {
            write(entry.key(), entry.value(), time);
        }
    }
}

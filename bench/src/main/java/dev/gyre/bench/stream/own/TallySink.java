package dev.gyre.bench.stream.own;

import dev.gyre.bench.stream.Tally;
import dev.gyre.stream.api.Keyed;
import dev.gyre.stream.api.NumberSink;
import dev.gyre.stream.api.Sink;
import dev.gyre.stream.api.WindowResult;

/** Results go to a tally. */
final class TallySink {
    private TallySink() {}

    static Sink<Keyed<Long, Long>> ofSums() {
        return context -> {
            var tally = Tally.open();
            return (entry, time) -> tally.sum(entry.key(), entry.value());
        };
    }

    static NumberSink ofNumberedSums() {
        return context -> {
            var tally = Tally.open();
            return (key, sum, time) -> tally.sum(key, sum);
        };
    }

    static Sink<Keyed<Long, WindowResult<Long>>> ofWindows() {
        return context -> {
            var tally = Tally.open();
            return (entry, time) -> tally.window(
                    entry.value().end() / GyreStream.NANOS_PER_MILLI,
                    entry.key(),
                    entry.value().value());
        };
    }

    static Sink<Long> ofNumbers() {
        return context -> {
            var tally = Tally.open();
            return (number, time) -> tally.number(number);
        };
    }
}

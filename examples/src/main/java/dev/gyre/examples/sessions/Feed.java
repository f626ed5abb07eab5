package dev.gyre.examples.sessions;

import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.Polled;
import dev.gyre.stream.api.Source;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Lines that come one by one, as from a network, so that event time goes on behind each. A source of one's own is no more than this. */
record Feed(List<String> lines) implements Source<String> {
    /** Without a pause, what is there is read at once, and time goes on behind all of it. */
    private static final Duration PAUSE = Duration.ofMillis(1);

    @Override
    public List<String> partitions() {
        return List.of("feed");
    }

    @Override
    public Partition<String> open(String name, Optional<Object> position) {
        return new Partition<>() {
            private int next = (Integer) position.orElse(0);

            @Override
            public Polled poll(Output<String> out, int max) {
                if (next < lines.size()) {
                    out.emit(lines.get(next++));
                }
                return next < lines.size() ? Polled.later(PAUSE) : Polled.FINISHED;
            }

            @Override
            public Object position() {
                return next;
            }
        };
    }
}

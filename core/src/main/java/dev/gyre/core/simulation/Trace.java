package dev.gyre.core.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a run: always as a rolling hash, and on request as a list of lines. The hash is made of times, numbers and
 * the characters of names, which are the same on every JDK; never of hash codes, which need not be.
 */
public final class Trace implements SimulatedNetwork.Observer {
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final Timeline timeline;
    private final @Nullable List<String> lines;
    private long hash = 0x6A09E667F3BCC909L;
    private long events;

    /**
     * A trace of nothing.
     *
     * @param timeline says when things happen
     * @param keepsLines whether {@link #lines} is wanted: it takes memory
     */
    public Trace(Timeline timeline, boolean keepsLines) {
        this.timeline = timeline;
        this.lines = keepsLines ? new ArrayList<>() : null;
    }

    @Override
    public void sent(long number, Letter letter) {
        letter("sent", letter);
    }

    @Override
    public void received(long number, Letter letter) {
        letter("received", letter);
    }

    @Override
    public void dropped(long number, Letter letter, String reason) {
        letter(reason, letter);
    }

    private void letter(String what, Letter letter) {
        begin(what);
        mix(letter.src());
        mix(letter.dest());
        mix(letter.type());
        mix(letter.msgId());
        mix(letter.inReplyTo());
        if (lines != null) {
            keep(what + " " + letter);
        }
    }

    /** Adds something that is no message, such as a fault. */
    public void event(String what, String detail) {
        begin(what);
        mix(detail);
        if (lines != null) {
            keep(what + " " + detail);
        }
    }

    private void begin(String what) {
        events++;
        mix(timeline.nowNanos());
        mix(what);
    }

    private void keep(String line) {
        if (lines != null) {
            lines.add("%.6f s: %s".formatted(timeline.nowNanos() / 1e9, line));
        }
    }

    private void mix(String text) {
        for (int i = 0; i < text.length(); i++) {
            mix(text.charAt(i));
        }
        mix(text.length());
    }

    private void mix(OptionalLong id) {
        mix(id.isPresent() ? id.getAsLong() : Long.MIN_VALUE);
    }

    private void mix(long value) {
        hash = (hash ^ value) * MULTIPLIER;
        hash ^= hash >>> 29;
    }

    /** The hash of all so far. */
    public long hash() {
        return hash;
    }

    /** How many events there were. */
    public long events() {
        return events;
    }

    /** The lines kept, oldest first. */
    public List<String> lines() {
        return lines == null ? List.of() : lines;
    }
}

package dev.gyre.stream.operator;

import dev.gyre.stream.api.WindowResult;
import dev.gyre.stream.api.Windows;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Windows, told plainly: all that there ever was is in one list, and is searched for every question. */
final class WindowReference {
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    private final Windows windows;
    private final BigInteger lateness;
    private final List<Window> open = new ArrayList<>();
    private BigInteger frontier = LEAST;
    private boolean hasFrontier;

    /** A window of one key. */
    private static final class Window {
        final long key;
        BigInteger start;
        BigInteger last;
        final List<Long> values = new ArrayList<>();
        boolean isFired;

        Window(long key, BigInteger start, BigInteger last) {
            this.key = key;
            this.start = start.max(LEAST);
            this.last = last.min(MOST);
        }

        Recorder.Out out() {
            var end = last.add(BigInteger.ONE).min(MOST);
            return new Recorder.Out(
                    key,
                    new WindowResult<>(
                            start.longValueExact(),
                            end.longValueExact(),
                            values.stream().sorted().toList()),
                    last.longValueExact());
        }
    }

    WindowReference(Windows windows, long lateness) {
        this.windows = windows;
        this.lateness = BigInteger.valueOf(lateness);
    }

    private boolean isOver(BigInteger last) {
        return hasFrontier && last.compareTo(frontier) <= 0;
    }

    private boolean isShut(BigInteger last) {
        return hasFrontier && last.add(lateness).min(MOST).compareTo(frontier) <= 0;
    }

    /** What comes out when a record comes in; a number alone is late. */
    List<Recorder.Out> record(long key, long value, long time) {
        var touched = switch (windows) {
            case Windows.Aligned aligned -> aligned(aligned, key, BigInteger.valueOf(time));
            case Windows.Session session -> session(session, key, BigInteger.valueOf(time));
        };
        if (touched.isEmpty()) {
            return List.of(new Recorder.Out(key, new Late(value), time));
        }
        var out = new ArrayList<Recorder.Out>();
        for (var window : touched) {
            window.values.add(value);
            window.isFired = isOver(window.last);
            if (window.isFired) {
                out.add(window.out());
            }
        }
        return out;
    }

    private List<Window> aligned(Windows.Aligned aligned, long key, BigInteger time) {
        var size = BigInteger.valueOf(aligned.size());
        var slide = BigInteger.valueOf(aligned.slide());
        var start = time.subtract(time.mod(slide));
        var touched = new ArrayList<Window>();
        for (; start.add(size).compareTo(time) > 0; start = start.subtract(slide)) {
            var window = new Window(key, start, start.add(size).subtract(BigInteger.ONE));
            if (isShut(window.last)) {
                continue;
            }
            touched.add(open.stream()
                    .filter(other ->
                            other.key == key && other.start.equals(window.start) && other.last.equals(window.last))
                    .findFirst()
                    .orElseGet(() -> {
                        open.add(window);
                        return window;
                    }));
        }
        return touched;
    }

    private List<Window> session(Windows.Session session, long key, BigInteger time) {
        var window = new Window(
                key, time, time.add(BigInteger.valueOf(session.gap())).subtract(BigInteger.ONE));
        var others = open.stream()
                .filter(other -> other.key == key
                        && other.start.compareTo(window.last) <= 0
                        && window.start.compareTo(other.last) <= 0)
                .toList();
        if (others.isEmpty() && isShut(window.last)) {
            return List.of();
        }
        for (var other : others) {
            window.start = window.start.min(other.start);
            window.last = window.last.max(other.last);
            window.values.addAll(other.values);
        }
        open.removeAll(others);
        open.add(window);
        return List.of(window);
    }

    /** What comes out when time goes on. */
    List<Recorder.Out> epoch(long time) {
        frontier = BigInteger.valueOf(time);
        hasFrontier = true;
        var out = new ArrayList<Recorder.Out>();
        open.sort(Comparator.comparing((Window window) -> window.last));
        for (var window : open) {
            if (!window.isFired && isOver(window.last)) {
                window.isFired = true;
                out.add(window.out());
            }
        }
        open.removeIf(window -> isShut(window.last));
        return out;
    }
}

package dev.gyre.stream.operator;

import dev.gyre.stream.codec.ValueReader;
import dev.gyre.stream.codec.ValueWriter;
import java.util.Arrays;
import java.util.Objects;

/** Values in order of time; of equal times, in order of coming. Mostly they come in order, and go in order. */
final class Timeline {
    private static final int FIRST_CAPACITY = 4;

    private long[] times = new long[FIRST_CAPACITY];
    private Object[] values = new Object[FIRST_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    long time(int place) {
        return times[place];
    }

    Object value(int place) {
        return values[place];
    }

    /** The place of the first value that is not before a time; {@link #size} when there is none. */
    int from(long time) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    void add(long time, Object value) {
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        int place =
                size == 0 || times[size - 1] <= time ? size : from(time + 1); // there is a later one, so no overflow
        System.arraycopy(times, place, times, place + 1, size - place);
        System.arraycopy(values, place, values, place + 1, size - place);
        times[place] = time;
        values[place] = value;
        size++;
    }

    /** Forgets the first ones. */
    void drop(int count) {
        System.arraycopy(times, count, times, 0, size - count);
        System.arraycopy(values, count, values, 0, size - count);
        Arrays.fill(values, size - count, size, null);
        size -= count;
    }

    void write(ValueWriter out) {
        out.write((long) size);
        for (int i = 0; i < size; i++) {
            out.write(times[i]);
            out.write(values[i]);
        }
    }

    void read(ValueReader in) {
        long count = WindowGroup.number(in);
        for (long i = 0; i < count; i++) {
            add(WindowGroup.number(in), Objects.requireNonNull(in.read()));
        }
    }
}

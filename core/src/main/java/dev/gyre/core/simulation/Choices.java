package dev.gyre.core.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All that chance decided in a run, in the order in which it did: each choice is a 64-bit number that some stream gave. A run
 * that draws from the same sequence again goes the same way; one that draws from a changed sequence goes another way, just as
 * exactly. So whoever looks for a smaller failing run edits this, and knows nothing of hosts and networks. For one thread.
 */
public final class Choices {
    private final List<String> streams = new ArrayList<>();
    private int[] drawnBy = new int[1024];
    private long[] values = new long[1024];
    private int size;

    /** No choices yet. */
    public Choices() {}

    /** How many there are. */
    public int size() {
        return size;
    }

    /** The stream that gave a choice: its purpose and, when there was one of that purpose before, a number. */
    public String stream(int index) {
        return streams.get(drawnBy[checkIndex(index)]);
    }

    /** The number that a choice gave. */
    public long value(int index) {
        return values[checkIndex(index)];
    }

    private int checkIndex(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("choice " + index + " of " + size);
        }
        return index;
    }

    /** The same choices with another number in one place. */
    public Choices with(int index, long value) {
        checkIndex(index);
        var changed = without(size, size);
        changed.values[index] = value;
        return changed;
    }

    /**
     * The same choices without some. What their streams gave later moves forward, and where a stream has nothing more to give
     * it gives 0.
     *
     * @param from the first to leave out
     * @param to the first after it to keep again
     */
    public Choices without(int from, int to) {
        var shorter = new Choices();
        shorter.streams.addAll(streams);
        for (int i = 0; i < size; i++) {
            if (i < from || i >= to) {
                shorter.add(drawnBy[i], values[i]);
            }
        }
        return shorter;
    }

    int newStream(String purpose) {
        long same = streams.stream()
                .filter(name -> name.equals(purpose) || name.startsWith(purpose + " #"))
                .count();
        streams.add(same == 0 ? purpose : purpose + " #" + (same + 1));
        return streams.size() - 1;
    }

    void add(int stream, long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
            drawnBy = Arrays.copyOf(drawnBy, 2 * size);
        }
        values[size] = value;
        drawnBy[size++] = stream;
    }

    /** What one stream gave, in order. */
    long[] of(String stream) {
        int number = streams.indexOf(stream);
        var found = new long[size];
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (drawnBy[i] == number) {
                found[count++] = values[i];
            }
        }
        return Arrays.copyOf(found, count);
    }

    String name(int stream) {
        return streams.get(stream);
    }
}

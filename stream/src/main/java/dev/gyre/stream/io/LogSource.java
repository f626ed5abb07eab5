package dev.gyre.stream.io;

import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.Polled;
import dev.gyre.stream.api.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * The entries of a replicated log as records: a job on the nodes that have the log needs nothing else to read from. Each node is told of all entries, in the order of the
 * log, and whichever worker reads a partition reads what its node was told.
 *
 * <pre>{@code
 * case RaftEvent.Committed(var index, var term, Add add, var here) -> {
 *     source.append(add);
 *     job.wake();
 * }
 * }</pre>
 *
 * <p>A partition has the entries of some keys; an entry's position in it is the number of those before it, the same at all nodes. What a committed snapshot of the job has behind it
 * is told to the {@link Trimmer}, for it to be dropped at all nodes, by an entry of the same log: so the log and what is kept here grow only from snapshot to snapshot.
 *
 * <p>For the node's thread.
 *
 * @param <E> the entries
 */
public final class LogSource<E> implements Source<E> {
    /** Who is idle is woken, not asked again. */
    private static final Polled WHEN_WOKEN = Polled.later(Duration.ofDays(1));

    private final List<Part<E>> parts = new ArrayList<>();
    private final ToIntFunction<? super E> partition;
    private final Trimmer trimmer;

    /** Is told what will not be read again. */
    @FunctionalInterface
    public interface Trimmer {
        /** Entries of a partition before this position are behind a committed snapshot: {@link LogSource#trim} may be called everywhere. */
        void behind(int partition, long position);
    }

    /**
     * What is kept of a partition.
     *
     * @param from the position of the first
     * @param entries in their order
     */
    public record Part<E>(long from, List<E> entries) {
        /** Positions begin at 0. */
        public Part {
            if (from < 0) {
                throw new IllegalArgumentException("no entry has position " + from);
            }
        }
    }

    /**
     * A log without entries.
     *
     * @param partitions how many, at least 1; for good
     * @param partition any number that depends on the entry's key alone; where it belongs follows from it
     * @param trimmer proposes to drop what is not needed any more
     */
    public LogSource(int partitions, ToIntFunction<? super E> partition, Trimmer trimmer) {
        if (partitions < 1) {
            throw new IllegalArgumentException("a log has at least 1 partition, not " + partitions);
        }
        for (int i = 0; i < partitions; i++) {
            parts.add(new Part<>(0, new ArrayList<>()));
        }
        this.partition = partition;
        this.trimmer = trimmer;
    }

    /** The next entry of the log. */
    public void append(E entry) {
        parts.get(Math.floorMod(partition.applyAsInt(entry), parts.size()))
                .entries()
                .add(entry);
    }

    /** The next entry of each partition: something that concerns all of them, such as that time has gone on. */
    public void appendToAll(E entry) {
        parts.forEach(part -> part.entries().add(entry));
    }

    /** Drops the entries of a partition before a position; those that there are, if it is told of more. */
    public void trim(int of, long position) {
        var part = parts.get(of);
        int count = Math.clamp(position - part.from, 0, part.entries.size());
        part.entries.subList(0, count).clear();
        parts.set(of, new Part<>(part.from + count, part.entries));
    }

    /** All that is kept, for a snapshot of the log. Not to be changed, and of use until the next entry. */
    public List<Part<E>> parts() {
        return List.copyOf(parts);
    }

    /**
     * Makes this what a node was that had a snapshot made of its {@link #parts}.
     *
     * @throws IllegalArgumentException when it had another number of partitions
     */
    public void restore(List<Part<E>> saved) {
        if (saved.size() != parts.size()) {
            throw new IllegalArgumentException("the log has " + parts.size() + " partitions, and what was saved has "
                    + saved.size() + ": their number cannot be changed");
        }
        for (int i = 0; i < saved.size(); i++) {
            parts.set(i, new Part<>(saved.get(i).from, new ArrayList<>(saved.get(i).entries)));
        }
    }

    /** {@code 0}, {@code 1} and so on. */
    @Override
    public List<String> partitions() {
        var names = new ArrayList<String>();
        for (int i = 0; i < parts.size(); i++) {
            names.add(Integer.toString(i));
        }
        return names;
    }

    @Override
    public Partition<E> open(String name, Optional<Object> position) {
        long from = switch (position.orElse(0L)) {
            case Long at when at >= 0 -> at;
            case Object other ->
                throw new IllegalArgumentException(other + " is no position in partition " + name
                        + " of a log: it is that of another source; rename this one, or begin anew");
        };
        return new Reading(Integer.parseInt(name), from);
    }

    /** A partition that is read. */
    private final class Reading implements Partition<E> {
        private final int part;
        private long next;

        Reading(int part, long next) {
            this.part = part;
            this.next = next;
        }

        @Override
        public Polled poll(Output<E> out, int max) {
            var there = parts.get(part);
            if (next < there.from) {
                throw new IllegalStateException("partition " + part + " is to be read from entry " + next
                        + ", and those before " + there.from + " were dropped as behind a snapshot");
            }
            long end = there.from + there.entries.size();
            for (int left = max; left > 0 && next < end; left--) {
                out.emit(there.entries.get((int) (next - there.from)));
                next++;
            }
            return next < end ? Polled.MORE : WHEN_WOKEN;
        }

        /** Behind a log that is not read as far here as it was where the position is from, there is nothing yet. */
        @Override
        public boolean isReady() {
            var there = parts.get(part);
            return next < there.from + there.entries.size();
        }

        @Override
        public Object position() {
            return next;
        }

        @Override
        public void committed(Object position) {
            long behind = (Long) position;
            if (behind > parts.get(part).from) {
                trimmer.behind(part, behind);
            }
        }
    }
}

package dev.gyre.stream.worker;

import dev.gyre.core.Outcome;
import dev.gyre.stream.control.Report;
import dev.gyre.stream.control.SnapshotPart;
import dev.gyre.stream.snapshot.SnapshotStore.Stored;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What a worker tells whoever leads. What still holds of it is told again when somebody asks. */
final class Reports {
    private final int me;
    private final Consumer<Report> coordinator;
    /** What still holds of what was reported, by what it is about. */
    private final TreeMap<String, Report> standing = new TreeMap<>();

    private long toldAliveNanos;

    Reports(int me, Consumer<Report> coordinator) {
        this.me = me;
        this.coordinator = coordinator;
    }

    void alive(long incarnation, long nowNanos) {
        toldAliveNanos = nowNanos;
        coordinator.accept(new Report.Alive(me, incarnation));
    }

    boolean isAliveDue(long everyNanos, long nowNanos) {
        return nowNanos - toldAliveNanos >= everyNanos;
    }

    /** Something that is over as soon as it is told. */
    void once(Report report) {
        coordinator.accept(report);
    }

    void add(String about, Report report) {
        standing.put(about, report);
        coordinator.accept(report);
    }

    void remove(String about) {
        standing.remove(about);
    }

    void clear() {
        standing.clear();
    }

    void repeat() {
        List.copyOf(standing.values()).forEach(coordinator);
    }

    /** A part of a snapshot is written, or could not be. */
    void stored(long generation, long snapshot, List<String> older, Outcome<Stored> outcome) {
        add(
                "taken " + snapshot,
                switch (outcome) {
                    case Outcome.Ok<Stored>(var stored) ->
                        new Report.SnapshotTaken(
                                generation, snapshot, new SnapshotPart(me, stored.name(), stored.size(), 0, older));
                    case Outcome.Failed<Stored>(var error) ->
                        new Report.SnapshotFailed(generation, snapshot, error.text());
                    case Outcome.Unknown<Stored>(var error) ->
                        new Report.SnapshotFailed(generation, snapshot, error.text());
                });
    }
}

package dev.gyre.stream.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A worker of which only the control is there: it follows the log at its own pace, takes its time for what it is told to do, and reports. */
final class SimulatedWorker {
    /** Something that it is at, and when it will be done. */
    private record Work(int dueRound, Runnable result) {}

    final int id;
    private final SimulatedWorld world;
    private final SimulatedLog log;
    private final Random random;
    boolean isUp = true;
    int mutedUntil;
    private long life = 1;
    private int applied;

    private boolean takesPart;
    private boolean isReady;
    private boolean hasEnded;
    private long shown;
    private boolean isRegistered;
    private boolean failing;
    private long generation;
    private long version;
    private Optional<Report> part = Optional.empty();
    private long rescaledTo;
    private boolean isLister;
    private int objects;
    /** What its part of the last committed snapshot of this generation needs. */
    private List<String> needed = List.of();

    private final TreeSet<PartitionId> owned = new TreeSet<>();
    private final TreeSet<PartitionId> finished = new TreeSet<>();
    private final TreeSet<String> finishedSources = new TreeSet<>();
    private final List<Work> works = new ArrayList<>();

    SimulatedWorker(int id, SimulatedWorld world, SimulatedLog log, Random random) {
        this.id = id;
        this.world = world;
        this.log = log;
        this.random = random;
    }

    /** It has died and comes back: it knows nothing but that it lived before. */
    void restart() {
        life++;
        isUp = true;
        isRegistered = false;
        applied = 0;
        forget();
        generation = 0;
    }

    private void forget() {
        takesPart = false;
        failing = false;
        isReady = false;
        hasEnded = false;
        shown = 0;
        part = Optional.empty();
        needed = List.of();
        rescaledTo = 0;
        isLister = false;
        owned.clear();
        finished.clear();
        works.clear();
    }

    /** Follows the log for a while, works, and reports what is news. */
    void turn(int round, boolean isFaulty, Consumer<Report> reports) {
        int upTo = isFaulty ? Math.min(log.size(), applied + random.nextInt(8)) : log.size();
        while (applied < upTo) {
            log.line(applied++).decisions().forEach(decision -> take(decision, round, isFaulty));
        }
        for (var work : List.copyOf(works)) {
            if (work.dueRound <= round && works.remove(work)) {
                work.result.run();
                tell(reports);
            }
        }
        if (isReady) {
            poll(round, isFaulty);
        }
        if (random.nextInt(4) == 0) {
            reports.accept(new Report.Alive(id, life));
        }
    }

    private void poll(int round, boolean isFaulty) {
        for (var partition : owned) {
            if (random.nextInt(isFaulty ? 60 : 4) == 0 && finished.add(partition)) {
                world.read.add(partition + "@" + generation);
            }
        }
        if (!hasEnded && finishedSources.size() == world.sources.size() && works.isEmpty()) {
            later(round, () -> {
                hasEnded = true;
                world.ended.add(id + "@" + generation + "@" + version);
            });
        }
    }

    private void later(int round, Runnable result) {
        works.add(new Work(round + random.nextInt(6), result));
    }

    private void take(Decision decision, int round, boolean isFaulty) {
        switch (decision) {
            case Decision.WorkerRegistered(var worker, var incarnation) -> {
                isRegistered = worker == id ? incarnation == life : isRegistered;
            }
            case Decision.WorkerGone(var worker, var incarnation) -> {
                if (worker == id && incarnation == life) {
                    life++;
                    isRegistered = false;
                    forget();
                }
            }
            case Decision.GenerationStarted started -> {
                forget();
                generation = started.generation();
                version = started.assignment().version();
                finishedSources.clear();
                finishedSources.addAll(started.finishedSources());
                join(started.assignment().workers(), started.partitions());
                if (takesPart) {
                    later(round, () -> isReady = true);
                }
                if (takesPart && isFaulty && random.nextInt(15) == 0) {
                    later(round, () -> failing = true);
                }
            }
            case Decision.GenerationBroken broken -> forget();
            case Decision.SnapshotBegun begun -> write(begun, round, isFaulty);
            case Decision.RescaleBegun begun -> rescale(begun, round);
            case Decision.RescaleCommitted result -> {
                boolean worked = takesPart;
                version = result.assignment().version();
                hasEnded = false;
                works.clear();
                isReady |= worked;
                join(result.assignment().workers(), result.partitions());
            }
            case Decision.PartitionsAssigned(var partitions) ->
                partitions.stream()
                        .filter(one -> one.owner() == id && takesPart)
                        .forEach(one -> owned.add(one.id()));
            case Decision.PartitionsRemoved(var partitions) -> {
                partitions.forEach(owned::remove);
                partitions.forEach(finished::remove);
            }
            case Decision.SourceFinished(var source) -> finishedSources.add(source);
            case Decision.Suspended suspended -> forget();
            case Decision.Completed completed -> forget();
            case Decision.SnapshotAborted aborted -> part = Optional.empty();
            case Decision.Refused refused -> {}
            case Decision.SnapshotCommitted(var snapshot) -> {
                shown = takesPart ? snapshot.snapshot() : 0;
                needed = snapshot.parts().stream()
                        .filter(part -> part.worker() == id && takesPart)
                        .flatMap(part -> part.objects().stream())
                        .toList();
            }
            case Decision.RescaleAborted aborted -> {}
            case Decision.SourceClosed closed -> {}
            case Decision.Resumed resumed -> {}
            case Decision.SnapshotRetired retired -> {}
        }
    }

    private void join(List<Integer> workers, List<PartitionOwner> partitions) {
        takesPart = isRegistered && workers.contains(id);
        isReady &= takesPart;
        isLister = takesPart && workers.getFirst() == id;
        owned.clear();
        partitions.stream().filter(one -> one.owner() == id && takesPart).forEach(one -> owned.add(one.id()));
        finished.retainAll(owned);
    }

    private void write(Decision.SnapshotBegun begun, int round, boolean isFaulty) {
        long snapshot = begun.operation().snapshot();
        long in = begun.generation();
        part = Optional.empty();
        if (!takesPart) {
            return;
        }
        if (isFaulty && random.nextInt(12) == 0) {
            if (random.nextBoolean()) {
                later(round, () -> part = Optional.of(new Report.SnapshotFailed(in, snapshot, "no space")));
            }
            return; // else it hangs
        }
        var object = id + "-" + life + "-" + snapshot + "-" + objects++;
        var older = needed.stream()
                .filter(name -> random.nextBoolean())
                .limit(SnapshotPart.OLDER_MAX)
                .toList();
        later(round, () -> {
            world.written.add(in + ":" + snapshot + ":" + object);
            part = Optional.of(
                    new Report.SnapshotTaken(in, snapshot, new SnapshotPart(id, object, object.length(), 7, older)));
        });
    }

    private void rescale(Decision.RescaleBegun begun, int round) {
        long to = begun.rescale().version();
        boolean joins = isRegistered && begun.rescale().to().workers().contains(id);
        if (takesPart || joins) {
            takesPart = true;
            works.add(new Work(round + random.nextInt(12), () -> {
                world.rescaled.add(id + "@" + to);
                rescaledTo = to;
            }));
        }
    }

    /** All that still holds. */
    void tell(Consumer<Report> reports) {
        reports.accept(new Report.Alive(id, life));
        if (failing) {
            failing = false;
            reports.accept(new Report.Failed(generation, "thrown"));
        }
        if (!takesPart) {
            if (rescaledTo > 0) {
                reports.accept(new Report.RescaleDone(generation, rescaledTo));
            }
            return;
        }
        if (isReady) {
            reports.accept(new Report.Ready(generation));
        }
        part.ifPresent(reports);
        if (rescaledTo > 0) {
            reports.accept(new Report.RescaleDone(generation, rescaledTo));
        }
        finished.forEach(
                one -> reports.accept(new Report.PartitionFinished(generation, one.source(), one.partition())));
        if (shown > 0) {
            reports.accept(new Report.Shown(generation, shown));
        }
        if (hasEnded) {
            reports.accept(new Report.Ended(generation, version));
        }
        if (isLister) {
            world.sources.forEach((source, partitions) -> reports.accept(new Report.PartitionsListed(
                    generation, source, List.copyOf(partitions), world.closed.contains(source))));
        }
    }
}

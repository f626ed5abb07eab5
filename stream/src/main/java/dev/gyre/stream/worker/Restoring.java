package dev.gyre.stream.worker;

import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.RpcError;
import dev.gyre.stream.control.Decision;
import dev.gyre.stream.graph.Vertex;
import dev.gyre.stream.snapshot.Section;
import dev.gyre.stream.snapshot.SectionRef;
import dev.gyre.stream.snapshot.SnapshotPart;
import dev.gyre.stream.snapshot.SnapshotStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Reads what a worker needs of a snapshot: of every part its own key groups and all that belongs to no key. */
final class Restoring {
    private final JobSettings settings;
    private final SnapshotStore store;
    private final int me;
    private final Decision.GenerationStarted started;
    private final Restored restored;

    Restoring(JobSettings settings, SnapshotStore store, int me, Decision.GenerationStarted started) {
        this.settings = settings;
        this.store = store;
        this.me = me;
        this.started = started;
        this.restored = new Restored(settings.types());
    }

    /** Begins to read. Exactly one of the two is told how it ends. */
    void run(Consumer<Restored> onDone, Consumer<String> onFailed) {
        var parts = started.snapshot().orElseThrow().parts();
        var reads = new ArrayList<Promise<Boolean>>();
        var workers = started.assignment().workers();
        for (int i = 0; i < parts.size(); i++) {
            boolean isMine = workers.get(i % workers.size()) == me;
            var stored =
                    new SnapshotStore.Stored(parts.get(i).object(), parts.get(i).bytes());
            reads.add(SnapshotPart.open(store, stored).then(opened -> switch (opened) {
                case Outcome.Ok<SnapshotPart>(var part) -> read(part, isMine);
                case Outcome.Failed<SnapshotPart>(var error) -> Promise.of(new Outcome.Failed<>(error));
                case Outcome.Unknown<SnapshotPart>(var error) -> Promise.of(new Outcome.Unknown<>(error));
            }));
        }
        finish(reads, done -> onDone.accept(restored), onFailed);
    }

    private Promise<Boolean> read(SnapshotPart part, boolean isMine) {
        var known = names();
        var reads = new ArrayList<Promise<Boolean>>();
        for (var ref : part.sections()) {
            if (!known.contains(ref.section().operator())) {
                return Promise.of(
                        new Outcome.Failed<>(
                                new RpcError(
                                        SnapshotStore.DAMAGED,
                                        "the snapshot has state of \""
                                                + ref.section().operator()
                                                + "\", which this job does not have: give the operator its name again, or begin without the snapshot")));
            }
            int group = ref.section().group();
            if (group == Section.NO_GROUP || started.assignment().owner(group) == me) {
                reads.add(read(part, ref, isMine));
            }
        }
        var all = new Promise<Boolean>();
        finish(
                reads,
                done -> all.complete(new Outcome.Ok<>(true)),
                reason -> all.complete(new Outcome.Failed<>(new RpcError(SnapshotStore.DAMAGED, reason))));
        return all;
    }

    private Set<String> names() {
        var names = new TreeSet<String>();
        names.add(Restored.FRONTIERS.operator());
        settings.plan().vertices().stream().map(Vertex::name).forEach(names::add);
        return names;
    }

    private Promise<Boolean> read(SnapshotPart part, SectionRef ref, boolean isMine) {
        return part.read(ref).map(bytes -> {
            restored.add(ref.section(), bytes, isMine);
            return true;
        });
    }

    private static void finish(List<Promise<Boolean>> reads, Consumer<Boolean> onDone, Consumer<String> onFailed) {
        Promise.all(reads).whenDone(outcome -> {
            for (var one : outcome.orThrow()) {
                switch (one) {
                    case Outcome.Ok<Boolean> ok -> {}
                    case Outcome.Failed<Boolean>(var error) -> {
                        onFailed.accept(error.text());
                        return;
                    }
                    case Outcome.Unknown<Boolean>(var error) -> {
                        onFailed.accept(error.text());
                        return;
                    }
                }
            }
            onDone.accept(true);
        });
    }
}

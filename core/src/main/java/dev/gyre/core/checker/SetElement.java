package dev.gyre.core.checker;

import dev.gyre.core.history.Operation;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What {@link SetFullChecker} has gathered of one element. The rules for its fate are Jepsen's (set-full). */
final class SetElement {
    /** What became of an element that somebody tried to add. */
    enum Fate {
        STABLE,
        LOST,
        NEVER_READ
    }

    final long value;

    /** The first add that may have happened; if all failed, the first of those; none when nobody tried. */
    @Nullable Operation<SetInput, SetOutput> add;

    /** What made it known: the add's acknowledgement or the read that showed it, whichever completed first. */
    @Nullable Operation<SetInput, SetOutput> known;

    /** The read that completed first of those that show it. */
    @Nullable Operation<SetInput, SetOutput> firstPresent;

    /** The read that began last of those that show it. */
    @Nullable Operation<SetInput, SetOutput> lastPresent;

    /** The read that began last of those that do not show it. */
    @Nullable Operation<SetInput, SetOutput> lastAbsent;

    /** The read with the most copies, once a read has shown more than one. */
    @Nullable Operation<SetInput, SetOutput> duplicating;

    int copiesMax = 1;
    private int copiesInLastPresent;
    private int lastPresentIndex = -1;

    SetElement(long value) {
        this.value = value;
    }

    /** Takes an add of this element; adds come in order of invocation. */
    void added(Operation<SetInput, SetOutput> operation) {
        if (add == null || (isFailed(add) && !isFailed(operation))) {
            add = operation;
        }
        if (operation.isOk()) {
            known = sooner(known, operation);
        }
    }

    /** Takes one appearance in a read; reads come in order of invocation. */
    void present(Operation<SetInput, SetOutput> read) {
        if (lastPresentIndex != read.index()) {
            lastPresentIndex = read.index();
            lastPresent = read;
            copiesInLastPresent = 0;
            known = sooner(known, read);
            firstPresent = sooner(firstPresent, read);
        }
        if (++copiesInLastPresent > copiesMax) {
            copiesMax = copiesInLastPresent;
            duplicating = read;
        }
    }

    /** Takes a read as one that does not show this element, unless it did. */
    void absentUnlessPresent(Operation<SetInput, SetOutput> read) {
        if (lastPresentIndex != read.index()) {
            lastAbsent = read;
        }
    }

    Fate fate() {
        var present = lastPresent;
        var absent = lastAbsent;
        if (present != null && (absent == null || absent.index() < present.index())) {
            return Fate.STABLE;
        }
        boolean missing = known != null && absent != null && known.completedNanos() < absent.invokedNanos();
        return missing ? Fate.LOST : Fate.NEVER_READ;
    }

    /** Whether a read shows it though nobody had added it by then: its add failed, began later, or never was. */
    boolean isUnexpected() {
        var first = firstPresent;
        return first != null && (add == null || isFailed(add) || first.completedNanos() < add.invokedNanos());
    }

    /** How long it could still be missed after it was known. */
    long stableLatencyMillis() {
        return millisSinceKnown(lastAbsent);
    }

    /** How long it could still be found after it was known. */
    long lostLatencyMillis() {
        return millisSinceKnown(lastPresent);
    }

    private long millisSinceKnown(@Nullable Operation<SetInput, SetOutput> read) {
        if (known == null || read == null) {
            return 0;
        }
        return TimeUnit.NANOSECONDS.toMillis(Math.max(0, read.invokedNanos() - known.completedNanos()));
    }

    private static boolean isFailed(Operation<SetInput, SetOutput> operation) {
        return !operation.isOk() && !operation.isUnknown();
    }

    private static Operation<SetInput, SetOutput> sooner(
            @Nullable Operation<SetInput, SetOutput> best, Operation<SetInput, SetOutput> next) {
        return best == null || next.completedNanos() < best.completedNanos() ? next : best;
    }
}

package dev.gyre.stream.exchange;

import dev.gyre.core.InvariantViolation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an intake keeps back during one rescale: records of groups that are yet to be handed over to this worker, and time.
 *
 * <p>Time stands still for two reasons. Until all markers are here, since what is handed over was computed at the frontier which the epochs <em>before</em> the
 * markers give; and until all awaited groups are here, since a window in handed-over state would otherwise fire behind an epoch that was sent on.
 * Source: spec/stream.md, section 3.
 */
final class HandOverHold {
    /** Records that were kept, in order of arrival; all of one input. */
    record Kept(Input input, Batch batch) {}

    /** A control item that was kept. */
    record KeptControl(Input input, Item.Control control) {}

    /** Records of one group and input are kept in pieces of this size: most groups have few. */
    private static final int PIECE = 64;

    private final Rescale rescale;
    private final BitSet awaited = new BitSet();
    /** Are here, but the markers are not: what comes of their records would go out before this worker's own marker, by the old assignment. */
    private final BitSet early = new BitSet();

    private final TreeMap<Integer, List<Kept>> kept = new TreeMap<>();
    private final ArrayDeque<Kept> released = new ArrayDeque<>();
    private final List<KeptControl> controls = new ArrayList<>();
    private boolean isAligned;

    HandOverHold(Rescale rescale, int me, boolean isExchange) {
        this.rescale = rescale;
        for (int group = 0; isExchange && group < rescale.to().groups(); group++) {
            if (rescale.moves(group) && rescale.to().owner(group) == me) {
                awaited.set(group);
            }
        }
    }

    Rescale rescale() {
        return rescale;
    }

    boolean isAligned() {
        return isAligned;
    }

    void align() {
        isAligned = true;
        early.stream().forEach(this::release);
        early.clear();
    }

    /** Whether nothing more is kept back. */
    boolean isDone() {
        return isAligned && awaited.isEmpty() && released.isEmpty();
    }

    /** The records of a batch that can be delivered now. The others are kept. */
    Records admit(Input input, Records records) {
        controls.removeIf(
                control -> control.input.equals(input) && control.control instanceof Item.Idle); // it is not, any more
        if (awaited.isEmpty() && released.isEmpty()) {
            return records;
        }
        var batch = records.asObjects();
        Batch now = null;
        for (int i = 0; i < batch.size(); i++) {
            int group = rescale.to().group(batch.hashes[i]);
            if (awaited.get(group)) {
                now = now == null ? copy(batch, i) : now;
                keep(group, input, batch, i);
            } else if (now != null) {
                now.add(batch.keys[i], batch.hashes[i], batch.values[i], batch.times[i]);
            }
        }
        return now == null ? records : now;
    }

    private static Batch copy(Batch batch, int records) {
        var copy = new Batch(Math.max(1, batch.size()));
        for (int i = 0; i < records; i++) {
            copy.add(batch.keys[i], batch.hashes[i], batch.values[i], batch.times[i]);
        }
        return copy;
    }

    private void keep(int group, Input input, Batch batch, int i) {
        var pieces = kept.computeIfAbsent(group, absent -> new ArrayList<>());
        var last = pieces.isEmpty() ? null : pieces.getLast();
        if (last == null || !last.input.equals(input) || last.batch.size() == PIECE) {
            last = new Kept(input, new Batch(PIECE));
            pieces.add(last);
        }
        last.batch.add(batch.keys[i], batch.hashes[i], batch.values[i], batch.times[i]);
    }

    /** Whether an item of an input that has sent its marker is to be kept for later. */
    boolean holds(Item.Control control) {
        return !(control instanceof Item.Marker);
    }

    void keep(Input input, Item.Control control) {
        if (control instanceof Item.Barrier || control instanceof Item.Suspend) {
            throw new InvariantViolation(
                    control + " of " + input + " came during " + rescale + ": one operation at a time");
        }
        controls.add(new KeptControl(input, control));
    }

    void arrived(int group) {
        if (!awaited.get(group) || early.get(group)) {
            throw new InvariantViolation("group " + group + " was handed over, and is not awaited in " + rescale);
        }
        release(group);
    }

    List<Integer> handedOver(int worker) {
        var blank = new ArrayList<Integer>();
        for (int group = awaited.nextSetBit(0); group >= 0; group = awaited.nextSetBit(group + 1)) {
            if (rescale.from().owner(group) == worker && !early.get(group)) {
                blank.add(group);
                release(group);
            }
        }
        return blank;
    }

    private void release(int group) {
        if (!isAligned) {
            early.set(group);
            return;
        }
        awaited.clear(group);
        var pieces = kept.remove(group);
        if (pieces != null) {
            released.addAll(pieces);
        }
    }

    @Nullable Kept poll() {
        return released.poll();
    }

    List<KeptControl> controls() {
        return controls;
    }

    @Override
    public String toString() {
        return "version " + rescale.version() + (isAligned ? " aligned" : "") + ", awaits groups " + awaited;
    }
}

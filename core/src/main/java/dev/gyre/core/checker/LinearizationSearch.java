package dev.gyre.core.checker;

import dev.gyre.core.history.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Looks for an order of operations that a model accepts (Wing and Gong, with Lowe's list and memo).
 *
 * <p>A configuration is the set of operations placed so far and the state they lead to. From it, any operation may come
 * next whose call lies before the first return of one that is not placed yet. The search goes depth first, and never into
 * a configuration twice. Three things keep it short:
 *
 * <ul>
 *   <li>What only reads is placed as soon as it fits: that leaves the state as it is and takes nothing from the others.
 *   <li>What has an unknown outcome is tried last, and one at a time of those with equal inputs ({@link
 *       PossibleOperations}). Nor is a configuration entered that differs from one seen only in having used up more of them
 *       ({@link ConfigurationSet}).
 *   <li>Operations are numbered by return, so a set of them is a number below which all are placed, and a few above it:
 *       a configuration takes some tens of bytes, however long the history is.
 * </ul>
 *
 * <p>The operation whose return no configuration gets past is the one that cannot be placed. The search keeps it, the
 * states it met when all that had to come before was placed, and the first such order.
 */
final class LinearizationSearch<S, I, O> {
    /** How a search ended. */
    enum Ending {
        LINEARIZABLE,
        IMPOSSIBLE,
        STEPS_SPENT,
        MEMORY_SPENT
    }

    private static final int NO_STATE = -1;

    private final Model<S, I, O> model;
    private final SearchBudget budget;
    private final List<Operation<I, O>> certain;
    private final PossibleOperations<I, O> possible;
    private final BitSet readOnly = new BitSet();
    private final Timeline timeline;

    private final Interner<S> states = new Interner<>();
    private final ConfigurationSet seen = new ConfigurationSet();
    private long stateBytes;
    private long steps;

    /** The configuration: its state, what is placed, and the lowest number of what is not. */
    private int state;

    private final BitSet placed = new BitSet();
    private int placedCount;
    private int frontier;

    /** Buffers for the configuration as the set of those seen takes it. */
    private int[] row = new int[16];

    private final int[] used;

    /** What was placed, by turns: a number, or for a group of possible operations its complement; and the state before. */
    private final int[] path;

    private final int[] pathStates;
    private int depth;

    /** Where to look on for the next operation: an entry of the timeline, and once that is through a group. */
    private int entry;

    private int group;

    private int farthest = -1;
    private final BitSet statesMet = new BitSet();
    private final int[] farthestPath;
    private int farthestDepth;
    /** How much of the farthest path is still the beginning of the path. */
    private int sharedDepth;

    /**
     * A search that has not begun.
     *
     * @param certain the operations that happened, in order of their returns
     * @param unknown those that may have happened
     */
    LinearizationSearch(
            Model<S, I, O> model, List<Operation<I, O>> certain, List<Operation<I, O>> unknown, SearchBudget budget) {
        this.model = model;
        this.budget = budget;
        this.certain = certain;
        this.possible = new PossibleOperations<>(unknown);
        this.timeline = new Timeline(certain);
        for (int i = 0; i < certain.size(); i++) {
            readOnly.set(i, model.isReadOnly(certain.get(i).input()));
        }
        used = new int[2 * possible.groups()];
        path = new int[certain.size() + unknown.size()];
        pathStates = new int[path.length];
        farthestPath = new int[path.length];
        state = intern(model.initial());
    }

    Ending run() {
        while (true) {
            placeReads();
            if (placedCount == certain.size()) {
                return Ending.LINEARIZABLE;
            }
            boolean isNew = visit();
            if (seen.sizeBytes() + stateBytes > budget.memoryBytes()) {
                return Ending.MEMORY_SPENT;
            }
            entry = timeline.first();
            group = 0;
            while (!(isNew && placeNext())) {
                if (steps() > budget.steps()) {
                    return Ending.STEPS_SPENT;
                }
                if (!backtrack()) {
                    return Ending.IMPOSSIBLE;
                }
                isNew = true;
            }
        }
    }

    private void placeReads() {
        for (int at = timeline.first(); !Timeline.isReturn(at); at = timeline.after(at)) {
            steps++;
            int operation = Timeline.operation(at);
            if (readOnly.get(operation) && step(certain.get(operation)) != NO_STATE) {
                placeCertain(operation, state);
            }
        }
    }

    /** Places the next operation that fits, from where the last look ended. */
    private boolean placeNext() {
        for (; !Timeline.isReturn(entry); entry = timeline.after(entry)) {
            steps++;
            int operation = Timeline.operation(entry);
            int after = readOnly.get(operation) ? NO_STATE : step(certain.get(operation));
            if (after != NO_STATE) {
                placeCertain(operation, after);
                return true;
            }
        }
        long firstReturn = certain.get(frontier).completedNanos();
        for (; group < possible.groups(); group++) {
            steps++;
            int after = possible.isAvailable(group, firstReturn) ? step(possible.next(group)) : NO_STATE;
            if (after != NO_STATE) {
                push(~group, after);
                possible.place(group);
                return true;
            }
        }
        return false;
    }

    /** Undoes what was placed last and was a choice, and all reads after it; says whether there was any. */
    private boolean backtrack() {
        while (depth > 0) {
            int operation = path[--depth];
            state = pathStates[depth];
            sharedDepth = Math.min(sharedDepth, depth);
            if (operation < 0) {
                possible.unplace(~operation);
                entry = Timeline.call(frontier) + 1;
                group = ~operation + 1;
                return true;
            }
            timeline.putBack(operation);
            placed.clear(operation);
            placedCount--;
            frontier = Math.min(frontier, operation);
            if (!readOnly.get(operation)) {
                entry = timeline.after(Timeline.call(operation));
                group = 0;
                return true;
            }
        }
        return false;
    }

    private void placeCertain(int operation, int after) {
        push(operation, after);
        timeline.lift(operation);
        placed.set(operation);
        placedCount++;
        frontier = placed.nextClearBit(frontier);
    }

    private void push(int operation, int after) {
        path[depth] = operation;
        pathStates[depth] = state;
        depth++;
        state = after;
    }

    private int step(Operation<I, O> operation) {
        return model.step(states.value(state), operation.input(), operation.outcome())
                .map(this::intern)
                .orElse(NO_STATE);
    }

    private int intern(S value) {
        int before = states.size();
        int number = states.number(value);
        if (number == before) {
            stateBytes += model.sizeBytes(value);
        }
        return number;
    }

    /** Remembers the configuration; says whether it is new, and worth to go on from. */
    private boolean visit() {
        int length = 0;
        row[length++] = frontier;
        row[length++] = state;
        for (int i = placed.nextSetBit(frontier); i >= 0; i = placed.nextSetBit(i + 1)) {
            if (length == row.length) {
                row = Arrays.copyOf(row, 2 * length);
            }
            row[length++] = i;
        }
        int usedLength = 0;
        for (int i = 0; i < possible.groups(); i++) {
            if (possible.placed(i) > 0) {
                used[usedLength++] = i;
                used[usedLength++] = possible.placed(i);
            }
        }
        if (!seen.add(row, length, used, usedLength)) {
            return false;
        }
        noteProgress();
        return true;
    }

    private void noteProgress() {
        if (frontier > farthest) {
            farthest = frontier;
            statesMet.clear();
            System.arraycopy(path, sharedDepth, farthestPath, sharedDepth, depth - sharedDepth);
            farthestDepth = depth;
            sharedDepth = depth;
        }
        if (frontier == farthest) {
            statesMet.set(state);
        }
    }

    long steps() {
        return steps + seen.comparisons();
    }

    int configurations() {
        return seen.size();
    }

    /** The operation whose return no configuration got past. Only after a search that visited one. */
    Operation<I, O> stuck() {
        return certain.get(farthest);
    }

    /** The states that the stuck operation met when everything that completed before it was placed, as found. */
    List<S> statesMet() {
        return statesMet.stream().mapToObj(states::value).toList();
    }

    /** The longest order that was found, up to the stuck operation. */
    List<Operation<I, O>> longestPrefix() {
        int[] taken = new int[possible.groups()];
        var prefix = new ArrayList<Operation<I, O>>(farthestDepth);
        for (int i = 0; i < farthestDepth; i++) {
            int operation = farthestPath[i];
            prefix.add(operation >= 0 ? certain.get(operation) : possible.nth(~operation, taken[~operation]++));
        }
        return prefix;
    }
}

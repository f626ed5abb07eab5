package dev.gyre.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Outcome} that is known later. It is completed once, and what waits for it then runs at once, on the same
 * thread, in the order in which it was registered: no pool and no lock takes part, so a node that uses promises stays
 * deterministic. For the node's thread only.
 *
 * @param <T> the answer
 */
public final class Promise<T> {
    private final List<Consumer<? super Outcome<T>>> waiting = new ArrayList<>(1);
    private @Nullable Outcome<T> outcome;

    /** A promise with its outcome. */
    public static <T> Promise<T> of(Outcome<T> outcome) {
        var promise = new Promise<T>();
        promise.complete(outcome);
        return promise;
    }

    /**
     * The outcomes of several promises, in the order of the promises, once all are known. This one never fails: of several
     * requests some may have happened and others not, and what that means is for whoever waits to say.
     */
    public static <T> Promise<List<Outcome<T>>> all(List<Promise<T>> promises) {
        var outcomes = new Promise<List<Outcome<T>>>();
        if (promises.isEmpty()) {
            outcomes.complete(new Outcome.Ok<>(List.of()));
        }
        var missing = new AtomicInteger(promises.size());
        for (var promise : promises) {
            promise.whenDone(outcome -> {
                if (missing.decrementAndGet() == 0) {
                    outcomes.complete(new Outcome.Ok<>(
                            promises.stream().map(Promise::outcome).toList()));
                }
            });
        }
        return outcomes;
    }

    /** Whether the outcome is known. */
    public boolean isDone() {
        return outcome != null;
    }

    /**
     * The outcome.
     *
     * @throws IllegalStateException when it is not known yet
     */
    public Outcome<T> outcome() {
        if (outcome == null) {
            throw new IllegalStateException("the outcome is not known yet");
        }
        return outcome;
    }

    /**
     * Makes the outcome known.
     *
     * @throws IllegalStateException when it was known before
     */
    public void complete(Outcome<T> result) {
        if (outcome != null) {
            throw new IllegalStateException("the promise has its outcome already: " + outcome);
        }
        outcome = result;
        for (var action : waiting) {
            action.accept(result);
        }
        waiting.clear();
    }

    /** Runs an action with the outcome: when it is known, or at once if it is. */
    public void whenDone(Consumer<? super Outcome<T>> action) {
        if (outcome != null) {
            action.accept(outcome);
        } else {
            waiting.add(action);
        }
    }

    /** The same promise with its answer, if there is one, changed by a function. */
    public <U> Promise<U> map(Function<? super T, ? extends U> change) {
        var changed = new Promise<U>();
        whenDone(result -> changed.complete(result.map(change)));
        return changed;
    }

    /** What comes of a second promise, made from the outcome of this one: how one call follows on another. */
    public <U> Promise<U> then(Function<? super Outcome<T>, Promise<U>> next) {
        var following = new Promise<U>();
        whenDone(result -> next.apply(result).whenDone(following::complete));
        return following;
    }
}

package dev.gyre.core.checker.elle;

import dev.gyre.core.Outcome;
import dev.gyre.core.checker.elle.graph.Vertices;
import dev.gyre.core.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * The transactions of a history, by what became of them. Those that happened or may have are numbered, in order of
 * invocation; an unknown one has no answer. A transaction whose answer does not repeat its request is taken as unknown.
 *
 * @param <M> the parts of transactions
 */
final class Transactions<M> {
    private final Vertices<Operation<List<M>, List<M>>> vertices;
    private final List<List<M>> answers = new ArrayList<>();
    private final List<Operation<List<M>, List<M>>> failed = new ArrayList<>();
    private final List<Integer> unexpected = new ArrayList<>();
    private int served;

    /**
     * Sorts a history.
     *
     * @param answersPart whether a part of an answer repeats a part of a request
     */
    Transactions(List<Operation<List<M>, List<M>>> history, BiPredicate<M, M> answersPart) {
        vertices = new Vertices<>(history);
        for (int t = 0; t < vertices.size(); t++) {
            answers.add(List.of());
            if (vertices.operation(t).outcome() instanceof Outcome.Ok<List<M>>(var answer)) {
                served++;
                if (answers(vertices.operation(t).input(), answer, answersPart)) {
                    answers.set(t, answer);
                } else {
                    unexpected.add(t);
                }
            }
        }
        for (var operation : history) {
            if (!operation.isOk() && !operation.isUnknown()) {
                failed.add(operation);
            }
        }
    }

    private static <M> boolean answers(List<M> request, List<M> answer, BiPredicate<M, M> answersPart) {
        if (request.size() != answer.size()) {
            return false;
        }
        for (int i = 0; i < request.size(); i++) {
            if (!answersPart.test(request.get(i), answer.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The transactions that happened or may have, as vertices. */
    Vertices<Operation<List<M>, List<M>>> vertices() {
        return vertices;
    }

    /** How many transactions happened or may have. */
    int size() {
        return vertices.size();
    }

    /** How many were served. */
    int served() {
        return served;
    }

    /** What a transaction was asked to do. */
    List<M> request(int transaction) {
        return vertices.operation(transaction).input();
    }

    /** What a transaction answered; empty if that is unknown. */
    List<M> answer(int transaction) {
        return answers.get(transaction);
    }

    /** Whether it is known that a transaction happened. */
    boolean happened(int transaction) {
        return vertices.operation(transaction).isOk();
    }

    /** Those that surely did not happen. */
    List<Operation<List<M>, List<M>>> failed() {
        return failed;
    }

    /** Those that were answered by something that is no answer. */
    List<Integer> unexpected() {
        return unexpected;
    }

    /** What a transaction is called in a report: T and its index in the history. */
    String name(int transaction) {
        return "T" + vertices.operation(transaction).index();
    }
}

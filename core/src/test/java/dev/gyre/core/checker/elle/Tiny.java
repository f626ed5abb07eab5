package dev.gyre.core.checker.elle;

import dev.gyre.core.Outcome;
import dev.gyre.core.history.Operation;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A kind of tiny history, for generators and judges that do not care which.
 *
 * @param <M> the parts of transactions
 * @param empty a new store
 * @param isWrite whether a part writes
 * @param key the key of a part
 */
record Tiny<M>(Supplier<Store<M>> empty, Predicate<M> isWrite, Function<M, String> key) {
    static final Tiny<ListOp> LISTS = new Tiny<>(Store::lists, op -> op instanceof ListOp.Append, ListOp::key);
    static final Tiny<RegisterOp> REGISTERS =
            new Tiny<>(Store::registers, op -> op instanceof RegisterOp.Write, RegisterOp::key);

    static <M> List<M> answer(Operation<List<M>, List<M>> operation) {
        return operation.outcome() instanceof Outcome.Ok<List<M>>(var value) ? value : List.of();
    }

    List<String> writtenKeys(Operation<List<M>, List<M>> operation) {
        return operation.input().stream().filter(isWrite).map(key).distinct().toList();
    }

    /** Runs a transaction on a store; false if a read does not see what it saw. */
    boolean replay(Operation<List<M>, List<M>> operation, Store<M> store) {
        var answer = answer(operation);
        for (int i = 0; i < operation.input().size(); i++) {
            var seen = store.apply(operation.input().get(i));
            if (operation.isOk() && !seen.equals(answer.get(i))) {
                return false;
            }
        }
        return true;
    }
}

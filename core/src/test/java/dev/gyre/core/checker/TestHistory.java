package dev.gyre.core.checker;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.RpcError;
import dev.gyre.core.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Writes histories by hand: operations in order of invocation, times in milliseconds. */
final class TestHistory<I, O> {
    private final List<Operation<I, O>> operations = new ArrayList<>();

    TestHistory<I, O> ok(int process, long fromMillis, long toMillis, I input, O output) {
        return add(process, fromMillis, toMillis, input, new Outcome.Ok<>(output));
    }

    TestHistory<I, O> failed(int process, long fromMillis, long toMillis, I input, ErrorCode code) {
        return add(process, fromMillis, toMillis, input, new Outcome.Failed<>(new RpcError(code, "")));
    }

    TestHistory<I, O> failed(int process, long fromMillis, long toMillis, I input) {
        return failed(process, fromMillis, toMillis, input, ErrorCode.ABORT);
    }

    TestHistory<I, O> unknown(int process, long fromMillis, long toMillis, I input) {
        return add(process, fromMillis, toMillis, input, new Outcome.Unknown<>(new RpcError(ErrorCode.TIMEOUT, "")));
    }

    List<Operation<I, O>> operations() {
        return List.copyOf(operations);
    }

    private TestHistory<I, O> add(int process, long fromMillis, long toMillis, I input, Outcome<O> outcome) {
        operations.add(new Operation<>(
                operations.size(),
                process,
                input,
                TimeUnit.MILLISECONDS.toNanos(fromMillis),
                outcome,
                TimeUnit.MILLISECONDS.toNanos(toMillis)));
        return this;
    }
}

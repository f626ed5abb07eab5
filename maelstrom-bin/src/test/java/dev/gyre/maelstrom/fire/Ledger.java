package dev.gyre.maelstrom.fire;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.RpcError;
import dev.gyre.core.checker.CheckResult;
import dev.gyre.core.checker.Keyed;
import dev.gyre.core.checker.Linearizability;
import dev.gyre.core.checker.PerKey;
import dev.gyre.core.checker.RegisterModel;
import dev.gyre.core.checker.RegisterModel.Input;
import dev.gyre.core.checker.RegisterModel.Output;
import dev.gyre.core.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All that clients have asked and were told. */
final class Ledger {
    private final List<Operation<Keyed<String, Input<Long>>, Output<Long>>> history = new ArrayList<>();
    /** Written once and acknowledged: each must be found at the end. */
    private final Map<String, Long> owed = new TreeMap<>();

    private int invoked;
    private int processes;
    private int acknowledged;
    private int acknowledgedWrites;
    private int unknown;

    /** An operation whose end is not known yet. */
    record Open(int index, int process, String key, Input<Long> input, long invokedNanos) {}

    /** A new process: one whose operation had no known end goes on as another. */
    int newProcess() {
        return processes++;
    }

    Open begin(int process, String key, Input<Long> input, long nowNanos) {
        return new Open(invoked++, process, key, input, nowNanos);
    }

    void answered(Open open, Output<Long> output, long nowNanos) {
        acknowledged++;
        if (!(open.input instanceof RegisterModel.Read)) {
            acknowledgedWrites++;
        }
        if (open.input instanceof RegisterModel.Write<Long>(var value) && Clients.isOnce(open.key)) {
            owed.put(open.key, value);
        }
        end(open, new Outcome.Ok<>(output), nowNanos);
    }

    void refused(Open open, String text, long nowNanos) {
        end(open, new Outcome.Failed<>(new RpcError(ErrorCode.ABORT, text)), nowNanos);
    }

    void unknown(Open open, String text, long nowNanos) {
        unknown++;
        end(open, new Outcome.Unknown<>(new RpcError(ErrorCode.TIMEOUT, text)), nowNanos);
    }

    private void end(Open open, Outcome<Output<Long>> outcome, long nowNanos) {
        history.add(new Operation<>(
                open.index, open.process, new Keyed<>(open.key, open.input), open.invokedNanos, outcome, nowNanos));
    }

    /** Acknowledged writes that nothing has overwritten, by key. */
    Map<String, Long> owed() {
        return owed;
    }

    int invoked() {
        return invoked;
    }

    int acknowledged() {
        return acknowledged;
    }

    int acknowledgedWrites() {
        return acknowledgedWrites;
    }

    int unknown() {
        return unknown;
    }

    /** Whether all of it can have happened at one moment each. */
    CheckResult judge() {
        history.sort((a, b) -> Integer.compare(a.index(), b.index()));
        return PerKey.check(history, one -> Linearizability.check(new RegisterModel<>(), one));
    }
}

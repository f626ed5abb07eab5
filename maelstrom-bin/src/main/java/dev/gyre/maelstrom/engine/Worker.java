package dev.gyre.maelstrom.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.RpcError;
import dev.gyre.maelstrom.engine.Client.Result;
import dev.gyre.maelstrom.workload.MalformedReply;
import dev.gyre.maelstrom.workload.Session;
import dev.gyre.maelstrom.workload.Session.Step;
import dev.gyre.maelstrom.workload.Workload;

/**
 * Works through operations, one at a time, always at the same node. When nobody knows what became of one, the logical process
 * that invoked it is over: the worker goes on as another, with a new connection, as in Jepsen. A workload may also end a
 * client between two operations.
 */
final class Worker<I, O> {
    /** How long most clients wait for a reply. */
    static final long TIMEOUT_NANOS = Workload.CLIENT_TIMEOUT_NANOS;

    private final Staff<I, O> staff;
    private final int index;
    private final String node;
    private int process;
    private Client client;
    private Session<I, O> session;
    private boolean busy;

    /**
     * What workers share.
     *
     * @param count how many there are
     * @param freed is run when a worker has ended an operation
     */
    record Staff<I, O>(
            Workload<I, O> workload,
            Client.Factory clients,
            Recorder<I, O> recorder,
            Problems problems,
            int count,
            Runnable freed) {}

    Worker(Staff<I, O> staff, int index, String node) {
        this.staff = staff;
        this.index = index;
        this.node = node;
        this.process = index;
        this.client = staff.clients.open();
        this.session = staff.workload.session();
    }

    int index() {
        return index;
    }

    String node() {
        return node;
    }

    Client client() {
        return client;
    }

    boolean isBusy() {
        return busy;
    }

    void invoke(I input) {
        if (staff.workload.breaksClient(input)) {
            staff.recorder.crash(process);
            renew();
        }
        busy = true;
        var operation = staff.recorder.invoke(process, input);
        proceed(operation, session.begin(input));
    }

    private void proceed(Recorder.Open<I> operation, Step<O> step) {
        switch (step) {
            case Step.Ask<O>(ObjectNode body) ->
                client.call(node, body, staff.workload.clientTimeoutNanos(), result -> answered(operation, result));
            case Step.Done<O>(O output) -> finish(operation, new Outcome.Ok<>(output));
        }
    }

    private void answered(Recorder.Open<I> operation, Result result) {
        switch (result) {
            case Result.TimedOut() ->
                finish(operation, unclear(operation, new RpcError(ErrorCode.TIMEOUT, "no reply from " + node)));
            case Result.Replied(ObjectNode body) -> {
                if (body.path("type").asText().equals("error")) {
                    error(operation, body);
                } else {
                    reply(operation, body);
                }
            }
        }
    }

    private void reply(Recorder.Open<I> operation, ObjectNode body) {
        Step<O> step;
        try {
            step = session.next(body);
        } catch (MalformedReply e) {
            malformed(operation, body, e.problem());
            return;
        }
        proceed(operation, step);
    }

    private void error(Recorder.Open<I> operation, ObjectNode body) {
        var code = body.path("code");
        if (!code.isInt() || code.intValue() < 0) {
            malformed(operation, body, "an error has a \"code\" that is an integer from 0");
            return;
        }
        var error =
                new RpcError(new ErrorCode(code.intValue()), body.path("text").asText());
        finish(operation, error.code().definite() ? new Outcome.Failed<>(error) : unclear(operation, error));
    }

    private void malformed(Recorder.Open<I> operation, ObjectNode body, String problem) {
        String sentence =
                "answered " + staff.workload.function(operation.input()) + " with " + body + ", but " + problem;
        staff.problems.add(node, sentence);
        // Whatever was asked: a node that answers nonsense may have done anything.
        finish(operation, new Outcome.Unknown<>(new RpcError(ErrorCode.CRASH, "malformed reply: " + problem)));
    }

    private Outcome<O> unclear(Recorder.Open<I> operation, RpcError error) {
        return staff.workload.readOnly(operation.input()) ? new Outcome.Failed<>(error) : new Outcome.Unknown<>(error);
    }

    private void finish(Recorder.Open<I> operation, Outcome<O> outcome) {
        staff.recorder.complete(operation, outcome);
        staff.workload.ended(index, operation.input(), outcome);
        if (outcome instanceof Outcome.Unknown<O>) {
            renew();
        }
        busy = false;
        staff.freed.run();
    }

    private void renew() {
        process += staff.count;
        client.close();
        client = staff.clients.open();
        session = staff.workload.session();
    }
}

package dev.gyre.stream.worker;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Event;
import dev.gyre.core.Message;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.RpcError;
import dev.gyre.core.Service;
import dev.gyre.stream.control.Answer;
import dev.gyre.stream.control.Request;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/** The part of a node where its job is asked for something: see {@link JobControl}. */
public final class JobConsole implements Service<JobControl, Void> {
    private final NodeContext<JobControl, Void> node;
    private final JobNode job;
    private final LongSupplier records;
    private long lastRequest;

    /**
     * A console.
     *
     * @param records what this node's worker has read
     */
    public JobConsole(NodeContext<JobControl, Void> node, JobNode job, LongSupplier records) {
        this.node = node;
        this.job = job;
        this.records = records;
    }

    @Override
    public void step(Event<JobControl, Void> event, Network<JobControl> network) {
        if (event instanceof Event.Received<JobControl, Void>(var message)) {
            switch (message.payload()) {
                case JobControl.Rescale(int workers) -> rescale(workers, message);
                case JobControl.JobStatus() -> tellStatus(message);
                case JobControl.RescaleOk reply -> throw notARequest();
                case JobControl.JobStatusOk reply -> throw notARequest();
            }
        }
    }

    private static RpcError notARequest() {
        return new RpcError(ErrorCode.NOT_SUPPORTED, "this is a reply");
    }

    /** Unique in the life of the job: a node that is started again counts anew, at another time. */
    private String nextId() {
        return node.nodeId() + "-" + node.nowNanos() + "-" + ++lastRequest;
    }

    private void rescale(int workers, Message<JobControl> message) {
        job.ask(new Request.RescaleTo(nextId(), workers)).whenDone(outcome -> {
            switch (outcome.orThrow()) {
                case Answer.Done done -> node.network().reply(message, new JobControl.RescaleOk());
                case Answer.Refused(var id, var reason) ->
                    node.network().reply(message, ErrorCode.PRECONDITION_FAILED, reason);
                case Answer.Failed(var id, var reason) -> node.network().reply(message, ErrorCode.ABORT, reason);
                case Answer.Elsewhere(var id) ->
                    node.network()
                            .reply(
                                    message,
                                    ErrorCode.TEMPORARILY_UNAVAILABLE,
                                    "nobody decides at the moment, or another than did: ask again");
                case Answer.Standing standing ->
                    throw new IllegalStateException("not asked how the job stands: " + standing);
            }
        });
    }

    private void tellStatus(Message<JobControl> message) {
        job.ask(new Request.Status(nextId())).whenDone(outcome -> {
            if (!(outcome.orThrow() instanceof Answer.Standing standing)) {
                throw new RpcError(ErrorCode.TEMPORARILY_UNAVAILABLE, "not known here: " + outcome);
            }
            var status = new JobControl.JobStatusOk(
                    standing.phase().name().toLowerCase(Locale.ROOT),
                    job.leader().orElse(null),
                    names(standing.workers()),
                    names(standing.alive()),
                    standing.generation(),
                    standing.version(),
                    standing.snapshot().orElse(null),
                    records.getAsLong());
            node.network().reply(message, status);
        });
    }

    private List<String> names(List<Integer> workers) {
        return workers.stream().map(worker -> node.nodeIds().get(worker)).toList();
    }
}

package dev.gyre.stream.worker;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What anybody may ask of the job at a node, as ordinary messages: any node of the job answers. */
public sealed interface JobControl {
    /**
     * Run on this many workers. Answered when records flow there; refused with {@link dev.gyre.core.ErrorCode#PRECONDITION_FAILED} when it cannot be, as
     * the job stands.
     */
    record Rescale(int workers) implements JobControl {}

    /** It is done. */
    record RescaleOk() implements JobControl {}

    /** How does the job stand? */
    record JobStatus() implements JobControl {}

    /**
     * How it stands, as far as this node knows.
     *
     * @param phase a {@link dev.gyre.stream.control.JobPhase} in lower case
     * @param leader who decides; absent when nobody is known to
     * @param workers who runs it
     * @param alive those and the spare ones
     * @param generation counts runs between recoveries
     * @param version counts changes of the workers
     * @param snapshot the last one that is committed; absent when there is none
     * @param records what this node's worker has read since the node was started, if the job counts that
     */
    record JobStatusOk(
            String phase,
            @Nullable String leader,
            List<String> workers,
            List<String> alive,
            long generation,
            long version,
            @Nullable Long snapshot,
            long records)
            implements JobControl {}
}

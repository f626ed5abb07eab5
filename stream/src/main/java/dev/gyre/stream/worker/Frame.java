package dev.gyre.stream.worker;

import dev.gyre.stream.exchange.Item;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What workers send each other. Each bears the generation of the job that it belongs to; those of another one are refused. */
public sealed interface Frame {
    /** The run of the job between two recoveries. */
    long generation();

    /** An item of the channel of an edge. */
    record Channel(long generation, int edge, Item item) implements Frame {}

    /** So many records of the channel of an edge were consumed. */
    record Credit(long generation, int edge, int records) implements Frame {}

    /**
     * What a stage knew of a key group, for its new owner.
     *
     * @param version of the rescale
     * @param states of each of the stage's operators, in their order; absent where there is none
     */
    record HandOver(long generation, int stage, long version, int group, List<Optional<Object>> states)
            implements Frame {}

    /**
     * A stage has handed over all that it had to.
     *
     * @param frontier how far it was
     */
    record HandOverDone(long generation, int stage, long version, long frontier) implements Frame {}

    /**
     * A partition is read no more where it was, for who is to read it when the rescale is committed.
     *
     * @param stage that of the source
     */
    record Partition(long generation, int stage, long version, String name, Object position) implements Frame {}

    /**
     * A worker has left. To the first of those that stay.
     *
     * @param version of the rescale
     * @param prepared what its sinks have prepared and must show with the next snapshot, by sink
     */
    record Left(long generation, long version, Map<String, Object> prepared) implements Frame {}
}

package dev.gyre.stream.exchange;

/**
 * What a channel carries, in order. All but records concern the stream as a whole and go to every receiver of it.
 *
 * @see Records
 */
public sealed interface Item permits Records, Item.Control {
    /** All that is no record. */
    sealed interface Control extends Item {}

    /** Nothing with this event time or an earlier one follows, in nanoseconds of whatever clock the job uses: a watermark. */
    record Epoch(long time) implements Control {}

    /** The sender has no records to say when the next will be: its epochs are not waited for until one comes. */
    record Idle() implements Control {}

    /** What came before belongs to the snapshot, what follows does not. Ids of a generation rise. */
    record Barrier(long generation, long snapshot) implements Control {}

    /** What came before is routed by the old assignment, what follows by the new one. */
    record Marker(Rescale rescale) implements Control {}

    /** The sender stops here, to go on in a later generation. */
    record Suspend(long generation) implements Control {}

    /** No more records and no more epochs come from this sender. Barriers and markers still do. */
    record End() implements Control {}

    /** The sender has left; nothing more comes on this channel. */
    record Goodbye() implements Control {}
}

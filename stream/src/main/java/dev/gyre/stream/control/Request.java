package dev.gyre.stream.control;

import java.util.List;

/**
 * What a user asks of a job. May be repeated with the same id until it is answered: it is done once. Ids are unique for a job; the
 * last {@link ControlState#MAX_REQUESTS} are remembered.
 */
public sealed interface Request {
    /** Which request it is. */
    String id();

    /** Take a snapshot now. */
    record SnapshotNow(String id) implements Request {}

    /** Run on this many workers: those of now first, then spare ones, by their numbers. */
    record RescaleTo(String id, int workers) implements Request {}

    /** Run on these workers. */
    record RescaleOnto(String id, List<Integer> workers) implements Request {}

    /** Give up the rescale that is under way: the job recovers on the old workers, from the last snapshot. */
    record CancelRescale(String id) implements Request {}

    /** Stop with a snapshot. */
    record Suspend(String id) implements Request {}

    /** Go on after a suspension; or, when the job is complete, read on where its sources ended: there may be more by now. */
    record Resume(String id) implements Request {}

    /** Say how the job stands; any node answers, as far as it knows. */
    record Status(String id) implements Request {}
}

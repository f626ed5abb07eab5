package dev.gyre.stream.control;

import java.util.List;
import java.util.Optional;

/**
 * What a {@link Coordinator} wants done.
 *
 * @param propose to the Raft group; one at a time, and {@link ControlInput.ProposalEnded} must follow
 * @param read ask the Raft group for a linearizable read; {@link ControlInput.ReadDone} or {@link ControlInput.ReadFailed} must follow
 * @param solicit to be sent to workers
 * @param answers to users
 * @param notices for the log of the node: what takes too long, what was refused
 * @param wakeAt when to step it again though nothing has happened, since something is to begin at that very time; {@link Long#MAX_VALUE}: the next tick will do
 */
public record ControlOutput(
        Optional<ControlEntry> propose,
        boolean read,
        Optional<Solicitation> solicit,
        List<Answer> answers,
        List<String> notices,
        long wakeAt) {
    /** What a node does that leaves all to others. */
    static ControlOutput idle(boolean read, List<Answer> answers) {
        return new ControlOutput(Optional.empty(), read, Optional.empty(), answers, List.of(), Long.MAX_VALUE);
    }
}

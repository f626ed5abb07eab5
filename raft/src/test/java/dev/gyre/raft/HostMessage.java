package dev.gyre.raft;

import java.util.List;

/** What clients ask of a {@link GroupHost}; nothing of it is answered, for the oracle sees all. */
sealed interface HostMessage {
    /** Propose so many values of so many bytes. */
    record HostPropose(String group, int count, int bytes) implements HostMessage {}

    /** Read so many times. */
    record HostRead(String group, int count) implements HostMessage {}

    /** Make these the members. */
    record HostChange(String group, List<String> voters, List<String> learners) implements HostMessage {}

    /** Let another lead. */
    record HostTransfer(String group, String target) implements HostMessage {}
}

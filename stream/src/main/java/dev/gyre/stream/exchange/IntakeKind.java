package dev.gyre.stream.exchange;

/** Who the senders of an {@link Intake} are. */
public enum IntakeKind {
    /** Other stages of the same worker. */
    LOCAL,
    /** Stages of all workers that a rescale moves no keys between: those of sources. */
    FROM_SOURCES,
    /**
     * Stages of all workers that hand over keys themselves: an input that has sent a marker waits for those of the others, or what the new owner of a
     * key sends could overtake what the old one has sent.
     */
    FROM_KEYED
}

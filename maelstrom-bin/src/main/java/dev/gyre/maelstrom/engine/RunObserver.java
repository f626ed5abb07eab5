package dev.gyre.maelstrom.engine;

import dev.gyre.maelstrom.journal.JournalEntry;

/** Is told what goes on in a run, as it happens. */
public interface RunObserver {
    /** Whether {@link #message} is to be called: making journal entries takes time. */
    default boolean wantsMessages() {
        return false;
    }

    /** A message was sent, received or dropped. */
    default void message(JournalEntry entry) {}

    /** Something that a person who watches should see, in a line. */
    default void note(String line) {}
}

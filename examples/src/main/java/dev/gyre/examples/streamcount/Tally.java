package dev.gyre.examples.streamcount;

import dev.gyre.examples.streamcount.Entry.Caller;
import dev.gyre.examples.streamcount.Entry.Change;
import java.util.Optional;

/**
 * What is known of a key.
 *
 * @param total of all values so far
 * @param caller who has just asked for it
 */
record Tally(long total, Optional<Caller> caller) {
    static final Tally NONE = new Tally(0, Optional.empty());

    /** With the next change; a total of values of 32 bits does not overflow before there were as many of them. */
    Tally with(Change change) {
        return new Tally(total + change.value(), change.caller());
    }
}

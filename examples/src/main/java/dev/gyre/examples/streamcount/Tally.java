package dev.gyre.examples.streamcount;

import dev.gyre.examples.streamcount.Entry.Question;
import java.util.Optional;

/**
 * What is known of a key.
 *
 * @param total of all values so far
 * @param question if one has just been asked
 */
record Tally(long total, Optional<Question> question) {
    static final Tally NONE = new Tally(0, Optional.empty());

    /** With the next change; a total of values of 32 bits does not overflow before there were as many of them. */
    Tally with(Change change) {
        return new Tally(total + change.value(), change.question());
    }
}

package dev.gyre.stream.operator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of keys whose hashes collide. A table of them is right but slow, and nothing else would show why: each record of such a key passes the others.
 *
 * <p>In a table that is half full at most, a search of linear probing grows longer than n steps with a probability that falls by a sixth with each step: none of {@link #FIRST}
 * comes about by chance.
 */
final class Collisions {
    /** Steps of a search that are told of first. */
    static final int FIRST = 1 << 9;

    /** A key that is text may be long, and the log is for people. */
    private static final int SHOWN = 80;

    private static final Logger log = LoggerFactory.getLogger(Collisions.class);

    private Collisions() {}

    /**
     * A key was added at the end of a long search: says so in the log.
     *
     * @param steps how many other keys it has passed
     * @param size how many there are, of its key group and window
     * @return how many steps are to be told of next: twice as many, so that a table tells a few times in its life
     */
    static int tell(int steps, int size, Object key) {
        var text = String.valueOf(key);
        log.warn(
                "a new key passes {} of the {} keys beside it, as their hashes collide, and so will each of its records: {} {}. Whoever chooses keys can make"
                        + " them collide, and of one outer key 65,536 inner ones are told apart at most: use keys of other parts",
                steps,
                size,
                key.getClass().getSimpleName(),
                text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text);
        return 2 * steps;
    }
}

package dev.gyre.examples.streamcount;

import dev.gyre.examples.streamcount.Entry.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The windows of a key that are over.
 *
 * @param sums in the order of time: those that have something in them, the last {@link #KEPT}
 * @param question if one has just been asked
 */
record Shown(List<Sum> sums, Optional<Question> question) {
    /** A key has a bounded state, however long it is used. */
    static final int KEPT = 100;

    static final Shown NONE = new Shown(List.of(), Optional.empty());

    /**
     * The total of a window.
     *
     * @param start when it began, in milliseconds of the log's clock
     */
    record Sum(long start, long total) {}

    /** A window of a key is over, or somebody asks for all that are. */
    record News(String key, Optional<Sum> sum, Optional<Question> question) {}

    Shown with(News news) {
        if (news.sum().isEmpty()) {
            return new Shown(sums, news.question());
        }
        var more = new ArrayList<>(sums.subList(sums.size() < KEPT ? 0 : 1, sums.size()));
        more.add(news.sum().get());
        return new Shown(more, Optional.empty());
    }
}

package dev.gyre.examples.sessions;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Somebody has clicked on something.
 *
 * @param at when
 */
record Click(Instant at, String user, String page) {
    /**
     * A click of a line such as {@code 2026-01-01T09:00:00Z ann /home}.
     *
     * @throws IllegalArgumentException when the line is none: says how one looks
     */
    static Click parse(String line) {
        var words = line.split(" ", -1);
        try {
            if (words.length == 3) {
                return new Click(Instant.parse(words[0]), words[1], words[2]);
            }
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "\"" + line + "\" is no click: the time looks like 2026-01-01T09:00:00Z", e);
        }
        throw new IllegalArgumentException(
                "\"" + line + "\" is no click: it has a time, a user and a page, with one space between them");
    }

    /**
     * Lines of clicks as they might come: a visit of each user every hour, slightly out of order; and some clicks whose users were without a connection, minutes or an hour
     * late.
     */
    static List<String> sample(int hours, long seed) {
        var random = new SplittableRandom(seed);
        var sent = new ArrayList<Sent>();
        for (int hour = 0; hour < hours; hour++) {
            for (var user : List.of("ann", "bob", "cem")) {
                var at = Instant.parse("2026-01-01T09:00:00Z")
                        .plus(Duration.ofHours(hour))
                        .plusSeconds(random.nextInt(600));
                for (int click = 0; click < 8; click++) {
                    long delay = random.nextInt(10) > 0 ? random.nextInt(20) : random.nextInt(3600);
                    sent.add(new Sent(at.plusSeconds(delay), at + " " + user + " /page-" + random.nextInt(5)));
                    at = at.plusSeconds(5 + random.nextInt(90));
                }
            }
        }
        return sent.stream()
                .sorted((one, other) -> one.arrival.compareTo(other.arrival))
                .map(Sent::line)
                .toList();
    }

    private record Sent(Instant arrival, String line) {}
}

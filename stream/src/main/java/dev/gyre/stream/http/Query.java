package dev.gyre.stream.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parameters of a request: those behind the question mark. */
final class Query {
    /** Of what was sent, in an answer. */
    private static final int SHOWN_CHARS = 80;

    private final Map<String, String> given = new LinkedHashMap<>();

    private Query() {}

    /**
     * The parameters.
     *
     * @param raw as it was sent; null: there are none
     * @param where the request, for messages
     * @param known names that may be there
     */
    static Query of(@Nullable String raw, String where, List<String> known) throws BadRequest {
        var query = new Query();
        if (raw == null || raw.isEmpty()) {
            return query;
        }
        for (var part : raw.split("&", -1)) {
            int end = part.indexOf('=');
            var name = decoded(end < 0 ? part : part.substring(0, end));
            if (!known.contains(name)) {
                throw new BadRequest(where + " takes "
                        + (known.isEmpty() ? "no parameter" : "the parameters " + String.join(" and ", known))
                        + ", not " + shown(name) + ": leave it out");
            }
            if (query.given.put(name, end < 0 ? "" : decoded(part.substring(end + 1))) != null) {
                throw new BadRequest(where + ": " + name + " is there twice; leave one out");
            }
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8); // the JDK's server has refused what is no URL
    }

    /** In quotes, and no longer than a person reads. */
    static String shown(String text) {
        return "\"" + (text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS) + "…") + "\"";
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(given.get(name));
    }

    /** A whole number. */
    static int number(String text, int min, String otherwise) throws BadRequest {
        try {
            int number = Integer.parseInt(text);
            if (number >= min) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number that is too small.
        }
        throw new BadRequest(otherwise);
    }

    /** Whole numbers from 0 with commas between, each once. */
    static List<Integer> numbers(String text, String otherwise) throws BadRequest {
        var numbers = new LinkedHashSet<Integer>();
        for (var part : text.split(",", -1)) {
            if (!numbers.add(number(part, 0, otherwise))) {
                throw new BadRequest(otherwise);
            }
        }
        return List.copyOf(numbers);
    }
}

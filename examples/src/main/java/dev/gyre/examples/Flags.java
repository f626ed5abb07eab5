package dev.gyre.examples;

import dev.gyre.core.host.Node;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The arguments of a node: flags, each followed by its value. A node tells which flags it takes by asking for them; what
 * nobody asked for is a mistake of whoever started it. {@link Node#DATA_DIR} is for the host, and goes by unseen.
 */
public final class Flags {
    private static final int EXIT_MISUSE = 2;

    private final Map<String, String> given = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();

    private Flags(String... args) {
        for (int i = 0; i < args.length; i += 2) {
            if (args[i].equals(Node.DATA_DIR)) {
                continue; // the host's
            }
            if (given.put(args[i], i + 1 < args.length ? args[i + 1] : "") != null) {
                throw new IllegalArgumentException(args[i] + " is there twice; leave one out");
            }
        }
    }

    /** What a reader makes of the arguments. If they are wrong, says so in one line on standard error and ends the process. */
    public static <T> T orExit(String[] args, Function<Flags, T> reader) {
        try {
            return read(reader, args);
        } catch (IllegalArgumentException e) {
            System.err.println("error: " + e.getMessage());
            System.exit(EXIT_MISUSE);
            throw e;
        }
    }

    /** For a node that takes no flags: gives the arguments back, of which there must be none. */
    public static String[] none(String... args) {
        return orExit(args, flags -> args);
    }

    /**
     * What a reader makes of the arguments.
     *
     * @throws IllegalArgumentException when a value is wrong, or the reader did not ask for some flag
     */
    public static <T> T read(Function<Flags, T> reader, String... args) {
        var flags = new Flags(args);
        var result = reader.apply(flags);
        for (var name : flags.given.keySet()) {
            if (!flags.asked.contains(name)) {
                throw new IllegalArgumentException("unknown flag " + name + "; this node takes "
                        + (flags.asked.isEmpty() ? "none" : String.join(" and ", flags.asked)));
            }
        }
        return result;
    }

    /** Whether a flag is there. */
    public boolean isGiven(String name) {
        asked.add(name);
        return given.containsKey(name);
    }

    /** A whole number from {@code min} to {@code max}. */
    public int integer(String name, int absent, int min, int max) {
        var text = value(name, Integer.toString(absent));
        try {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of range.
        }
        throw new IllegalArgumentException(
                name + " is a whole number from " + min + " to " + max + ", not \"" + text + "\"");
    }

    /** One of several values, by its name. */
    public <T> T oneOf(String name, String absent, Map<String, T> choices) {
        var text = value(name, absent);
        var choice = choices.get(text);
        if (choice == null) {
            throw new IllegalArgumentException(
                    name + " is one of " + String.join(", ", choices.keySet()) + ", not \"" + text + "\"");
        }
        return choice;
    }

    /** A file or folder, which must be told. */
    public Path path(String name) {
        var text = value(name, "");
        if (text.isEmpty()) {
            throw new IllegalArgumentException(name + " is missing: it takes the path of a file or folder");
        }
        return Path.of(text);
    }

    private String value(String name, String absent) {
        asked.add(name);
        return given.getOrDefault(name, absent);
    }
}

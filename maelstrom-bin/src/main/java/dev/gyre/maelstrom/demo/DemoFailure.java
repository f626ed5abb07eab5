package dev.gyre.maelstrom.demo;

import java.util.List;

/** Why the demonstration could not be carried through. */
public final class DemoFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> details;

    /** A sentence that names what, where and what to do. */
    DemoFailure(String sentence) {
        this(sentence, List.of());
    }

    DemoFailure(String sentence, List<String> details) {
        super(sentence, null, false, false);
        this.details = List.copyOf(details);
    }

    /** What happened, in a sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }

    /** Lines of a log that tell more; maybe none. */
    public List<String> details() {
        return details;
    }
}

package dev.gyre.maelstrom.analyze;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a history of Jepsen may be about. */
public enum JepsenModel {
    /** A register, or many of them, that is read, written, and compared and set. */
    CAS_REGISTER("cas-register"),
    /** Transactions over lists that are appended to and read. */
    LIST_APPEND("list-append"),
    /** Transactions over registers that are written and read. */
    RW_REGISTER("rw-register");

    private final String label;

    JepsenModel(String label) {
        this.label = label;
    }

    /** Its name on the command line. */
    public String label() {
        return label;
    }

    /** All names. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(JepsenModel::label).toList();
    }

    /** The model of a name; nothing when there is none. */
    public static Optional<JepsenModel> named(String label) {
        return Arrays.stream(values()).filter(it -> it.label.equals(label)).findFirst();
    }
}

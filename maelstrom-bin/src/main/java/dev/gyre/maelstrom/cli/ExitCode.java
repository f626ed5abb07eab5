package dev.gyre.maelstrom.cli;

import dev.gyre.core.checker.Validity;

/** What the process ends with: Maelstrom's codes. */
final class ExitCode {
    /** Everything was kept. */
    static final int VALID = 0;
    /** A promise was broken, or a node died, wrote what it must not, or did not answer its init. */
    static final int INVALID = 1;
    /** Nobody can say. */
    static final int UNKNOWN = 2;
    /** The command line makes no sense. */
    static final int USAGE = 254;
    /** The workbench itself failed. */
    static final int INTERNAL = 255;

    private ExitCode() {}

    static int of(Validity validity) {
        return switch (validity) {
            case VALID -> VALID;
            case UNKNOWN -> UNKNOWN;
            case INVALID -> INVALID;
        };
    }
}

package dev.gyre.maelstrom.cli;

import dev.gyre.core.checker.Validity;
import dev.gyre.maelstrom.result.Edn;
import dev.gyre.maelstrom.result.Results;

/** Prints verdicts as people know them from Maelstrom. */
final class ReportPrinter {
    /** The verdict that people look for when all holds. */
    static final String GOOD = "Everything looks good! ヽ(‘ー`)ノ";
    /** The verdict that people look for when something is wrong. */
    static final String BAD = "Analysis invalid! (ﾉಥ益ಥ）ﾉ ┻━┻";

    static final String UNKNOWN = "Too little was seen to say anything. ಠ~ಠ";

    private static final int SHOWN_MAX = 40;

    private ReportPrinter() {}

    /** What is wrong, all figures, and the verdict. */
    static void print(Console console, Results results) {
        if (results.validity() != Validity.VALID) {
            results.sentences().forEach(console::print);
            console.print("");
        }
        console.print(Edn.abridge(results.map(), SHOWN_MAX));
        console.print("");
        console.print(verdict(results.validity()));
    }

    static String verdict(Validity validity) {
        return switch (validity) {
            case VALID -> GOOD;
            case UNKNOWN -> UNKNOWN;
            case INVALID -> BAD;
        };
    }
}

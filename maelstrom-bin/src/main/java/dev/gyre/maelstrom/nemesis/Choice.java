package dev.gyre.maelstrom.nemesis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/** How faults choose, and how they name what they chose. */
final class Choice {
    static final String NO_LINKS = "nothing to cut: there is one node";

    private Choice() {}

    static List<String> shuffled(List<String> nodes, RandomGenerator random) {
        var result = new ArrayList<>(nodes);
        for (int i = result.size() - 1; i > 0; i--) {
            Collections.swap(result, i, random.nextInt(i + 1));
        }
        return result;
    }

    /** In order, such as {@code [n0 n2]}. */
    static String group(List<String> names) {
        return "[" + String.join(" ", names.stream().sorted().toList()) + "]";
    }
}

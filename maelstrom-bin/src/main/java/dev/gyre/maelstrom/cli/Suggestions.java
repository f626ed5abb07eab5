package dev.gyre.maelstrom.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what a mistyped word may have meant. */
final class Suggestions {
    private Suggestions() {}

    /** " Did you mean X?" with the nearest of the known words, or nothing when none is near. */
    static String didYouMean(String word, Collection<String> known) {
        return nearest(word, known).map(it -> " Did you mean " + it + "?").orElse("");
    }

    private static Optional<String> nearest(String word, Collection<String> known) {
        int far = Math.max(2, word.length() / 3);
        return known.stream()
                .min(Comparator.comparingInt((String it) -> distance(word, it)).thenComparing(it -> it))
                .filter(it -> distance(word, it) <= far || (word.length() > 2 && it.startsWith(word)));
    }

    /** Levenshtein's edit distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}

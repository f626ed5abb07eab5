package dev.gyre.maelstrom.edn;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/** What stands in one word: numbers, keywords, symbols. */
final class EdnAtoms {
    /** Digits enough for any number that somebody means: arithmetic with more takes long. */
    private static final int NUMBER_MAX = 1_000;

    private static final Pattern INTEGER = Pattern.compile("([+-]?(?:0|[1-9][0-9]*))N?");
    private static final Pattern REAL =
            Pattern.compile("([+-]?(?:0|[1-9][0-9]*)(?:\\.[0-9]*)?(?:[eE][+-]?[0-9]+)?)(M?)");
    private static final String PART = "[\\p{L}\\p{N}.*+!\\-_?$%&=<>:#'|]+";
    private static final Pattern NAME = Pattern.compile("(?:" + PART + "/)?" + PART + "|/");

    private EdnAtoms() {}

    /** What a word means; nothing when it means nothing. */
    static Optional<EdnValue> of(String word) {
        char first = word.charAt(0);
        char digit = (first == '+' || first == '-') && word.length() > 1 ? word.charAt(1) : first;
        if (digit >= '0' && digit <= '9') {
            return word.length() > NUMBER_MAX ? Optional.empty() : number(word);
        }
        if (first == ':') {
            return word.startsWith("::") || !isName(word.substring(1))
                    ? Optional.empty()
                    : Optional.of(new EdnValue.Keyword(word.substring(1)));
        }
        return switch (word) {
            case "nil" -> Optional.of(new EdnValue.Nil());
            case "true" -> Optional.of(new EdnValue.Bool(true));
            case "false" -> Optional.of(new EdnValue.Bool(false));
            default -> isName(word) ? Optional.of(new EdnValue.Symbol(word)) : Optional.empty();
        };
    }

    private static Optional<EdnValue> number(String word) {
        var integer = INTEGER.matcher(word);
        if (integer.matches()) {
            return Optional.of(new EdnValue.Int(new BigInteger(integer.group(1))));
        }
        var real = REAL.matcher(word);
        if (!real.matches()) {
            return Optional.empty();
        }
        if (real.group(2).isEmpty()) {
            return Optional.of(new EdnValue.Real(Double.parseDouble(real.group(1))));
        }
        try {
            return Optional.of(new EdnValue.Exact(new BigDecimal(real.group(1))));
        } catch (NumberFormatException e) { // its exponent is beyond all bounds
            return Optional.empty();
        }
    }

    /** {@code ##Inf} and the like; nothing for anything else. */
    static Optional<EdnValue> symbolic(String word) {
        return switch (word) {
            case "##Inf" -> Optional.of(new EdnValue.Real(Double.POSITIVE_INFINITY));
            case "##-Inf" -> Optional.of(new EdnValue.Real(Double.NEGATIVE_INFINITY));
            case "##NaN" -> Optional.of(new EdnValue.Real(Double.NaN));
            default -> Optional.empty();
        };
    }

    static boolean isTag(String word) {
        return !word.isEmpty() && Character.isLetter(word.charAt(0)) && isName(word);
    }

    private static boolean isName(String word) {
        return NAME.matcher(word).matches();
    }
}

package dev.gyre.maelstrom.report;

import java.util.Locale;

/** Numbers as pictures show them, the same in every locale. */
final class Numbers {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private Numbers() {}

    /** A place in a picture, to a tenth of a pixel. */
    static String coordinate(double pixels) {
        long tenths = Math.round(pixels * 10);
        long fraction = Math.abs(tenths % 10);
        String whole = (tenths < 0 ? "-" : "") + Math.abs(tenths / 10);
        return fraction == 0 ? whole : whole + "." + fraction;
    }

    /** A count, with commas between thousands. */
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A count and what is counted, which takes an s unless the count is one. */
    static String count(long count, String noun) {
        return count(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /** Seconds without their unit. */
    static String seconds(long nanos, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", nanos / (double) NANOS_PER_SECOND);
    }

    /** A duration with its unit and three digits that matter. */
    static String duration(long nanos) {
        if (nanos < 1_000) {
            return nanos + " ns";
        }
        if (nanos < 999_500) {
            return threeDigits(nanos / 1e3) + " µs";
        }
        return nanos < 999_500_000 ? threeDigits(nanos / 1e6) + " ms" : threeDigits(nanos / 1e9) + " s";
    }

    private static String threeDigits(double value) {
        int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
        return plain(Double.parseDouble(String.format(Locale.ROOT, "%." + decimals + "f", value)));
    }

    /** The number to four decimals, of which the rest is noise. */
    static double rounded(double value) {
        return Math.rint(value * 1e4) / 1e4;
    }

    /** A number without an exponent, and without zeros after the point that say nothing. */
    static String plain(double value) {
        String text = new java.math.BigDecimal(Double.toString(value))
                .stripTrailingZeros()
                .toPlainString();
        return text.equals("-0") ? "0" : text;
    }
}

package dev.gyre.maelstrom.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaletteTest {
    private static final double CONTRAST_MIN = 4.5;

    @ParameterizedTest
    @ValueSource(
            strings = {
                Palette.INK,
                Palette.MUTED,
                Palette.BLUE,
                Palette.GREEN,
                Palette.PINK,
                Palette.ORANGE,
                Palette.RED,
                Palette.TEAL,
                Palette.VIOLET
            })
    void textAndLinesStandOutFromWhiteAndFromFaults(String colour) {
        assertThat(contrast(colour, "#ffffff")).isGreaterThanOrEqualTo(CONTRAST_MIN);
        assertThat(contrast(colour, Palette.FAULT_FILL)).isGreaterThanOrEqualTo(CONTRAST_MIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {Palette.GREEN_FILL, Palette.PINK_FILL, Palette.ORANGE_FILL})
    void textStandsOutFromBoxes(String fill) {
        assertThat(contrast(Palette.INK, fill)).isGreaterThanOrEqualTo(CONTRAST_MIN);
    }

    /** The contrast ratio of WCAG 2.2, from 1 to 21. */
    private static double contrast(String left, String right) {
        double brighter = Math.max(luminance(left), luminance(right));
        double darker = Math.min(luminance(left), luminance(right));
        return (brighter + 0.05) / (darker + 0.05);
    }

    private static double luminance(String colour) {
        List<Double> weights = List.of(0.2126, 0.7152, 0.0722);
        return IntStream.range(0, 3)
                .mapToDouble(i -> {
                    double value = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
                    double linear = value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
                    return weights.get(i) * linear;
                })
                .sum();
    }
}

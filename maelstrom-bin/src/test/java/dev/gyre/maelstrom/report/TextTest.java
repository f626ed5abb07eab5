package dev.gyre.maelstrom.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void markupIsEscaped() {
        assertThat(Text.escape("<script>alert('x') & \"y\"</script>"))
                .isEqualTo("&lt;script&gt;alert(&#39;x&#39;) &amp; &quot;y&quot;&lt;/script&gt;");
    }

    @Test
    void controlCharactersBecomeVisible() {
        assertThat(Text.escape("\u0000\u001B[31m\r\u007F\u0085")).isEqualTo("\u2400\u241B[31m\u240D\uFFFD\uFFFD");
    }

    @Test
    void lineFeedsAndTabsSurviveInAttributes() {
        assertThat(Text.escape("a\n\tb")).isEqualTo("a&#10;&#9;b");
    }

    @Test
    void wholeSurrogatePairsStayAndHalvesAreReplaced() {
        assertThat(Text.escape("😀 \uD83D \uDE00 \uDE00\uD83D")).isEqualTo("😀 \uFFFD \uFFFD \uFFFD\uFFFD");
    }

    @Test
    void marksThatTurnTheDirectionOfWritingAreReplaced() {
        assertThat(Text.escape("a\u202Eb\u2066c")).isEqualTo("a\uFFFDb\uFFFDc");
    }

    @Test
    void charactersThatXmlForbidsAreReplaced() {
        assertThat(Text.escape("\uFFFE\uFFFF")).isEqualTo("\uFFFD\uFFFD");
    }

    @Test
    void longTextIsCutAndSaysHowLongItWas() {
        assertThat(Text.cut("x".repeat(5_000), 3)).isEqualTo("xxx… (5,000 characters)");
        assertThat(Text.cut("xxx", 3)).isEqualTo("xxx");
        assertThat(Text.ellipsis("abcdef", 4)).isEqualTo("abc…");
    }
}

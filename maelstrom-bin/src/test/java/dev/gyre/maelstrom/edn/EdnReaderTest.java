package dev.gyre.maelstrom.edn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdnReaderTest {
    private static final String SAMPLE =
            "{:type :ok, :f :txn, :value [[:append 3 -7N] [:r \"a\\n\\u0041\" (1 2.5e3 -0.1M nil)]] #_ {:a 1} :error"
                    + " #{\\a \\newline ##Inf x/y} ; why\n :time #inst \"2026\" :process true}";

    private static List<EdnValue> read(String text) throws IOException, EdnException {
        var reader = new EdnReader(new StringReader(text));
        var values = new ArrayList<EdnValue>();
        for (var next = reader.next(); next.isPresent(); next = reader.next()) {
            values.add(next.get());
        }
        return values;
    }

    private static EdnValue one(String text) throws IOException, EdnException {
        assertThat(read(text)).hasSize(1);
        return read(text).getFirst();
    }

    @Test
    void eachKindOfValueIsRead() throws Exception {
        assertThat(one("nil")).isEqualTo(new EdnValue.Nil());
        assertThat(one("false")).isEqualTo(new EdnValue.Bool(false));
        assertThat(one("-12")).isEqualTo(new EdnValue.Int(BigInteger.valueOf(-12)));
        assertThat(one("12N")).isEqualTo(one("12"));
        assertThat(one("99999999999999999999")).isEqualTo(new EdnValue.Int(new BigInteger("99999999999999999999")));
        assertThat(one("1.5e2")).isEqualTo(new EdnValue.Real(150));
        assertThat(one("1.50M")).isEqualTo(new EdnValue.Exact(new BigDecimal("1.50")));
        assertThat(one("##-Inf")).isEqualTo(new EdnValue.Real(Double.NEGATIVE_INFINITY));
        assertThat(one("\"a\\\"\\\\\\n\\u00e9\"")).isEqualTo(new EdnValue.Text("a\"\\\né"));
        assertThat(one("\\space")).isEqualTo(new EdnValue.Char(' '));
        assertThat(one("\\[")).isEqualTo(new EdnValue.Char('['));
        assertThat(one(":a.b/c-d?")).isEqualTo(new EdnValue.Keyword("a.b/c-d?"));
        assertThat(one("+")).isEqualTo(new EdnValue.Symbol("+"));
        assertThat(one("#jepsen.history.Op{:f :read}").toString()).isEqualTo("#jepsen.history.Op {:f :read}");
        assertThat(one("#{1 (2 [3])}").toString()).isEqualTo("#{1 (2 [3])}");
        assertThat(((EdnValue.MapOf) one("{:a 1, :b nil}")).get("a")).isEqualTo(one("1"));
    }

    @Test
    void whatMeansNothingIsSkipped() throws Exception {
        assertThat(read(" ,; all\n#_ a 1 #_#_ 2 3 #_[ #_4 ] [5 #_ 6] ;").toString())
                .isEqualTo("[1, [5]]");
    }

    @Test
    void elementsOfAVectorAreReadOneByOne() throws Exception {
        var reader = new EdnReader(new StringReader(" ; all\n[{:a 1}\n  2 ]\n"));

        assertThat(reader.enter()).isTrue();
        assertThat(reader.next()).map(EdnValue::toString).contains("{:a 1}");
        assertThat(reader.next()).map(EdnValue::toString).contains("2");
        assertThat(reader.line()).isEqualTo(3);
        assertThat(reader.column()).isEqualTo(3);
        assertThat(reader.next()).isEqualTo(Optional.empty());
        assertThat(new EdnReader(new StringReader("{}")).enter()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [1 2           | 1:1: [ is never closed
            {:a (1 2}      | 1:9: unexpected }
            ]              | 1:1: unexpected ]
            {:a}           | 1:1: a map has a key without a value
            {:a 1 :a 2}    | 1:1: a map has a key twice
            [#{1 1}]       | 1:2: a set has an element twice
            "abc           | 1:1: a string is never closed
            "a\\qc"        | 1:5: a string has a backslash before
            "\\u12x4"      | backslash before
            012            | "012" is no number
            1x             | "1x" is no number
            1e99999999999M | is no number
            22/7           | "22/7" is no number
            ::a            | "::a" is no number, keyword or symbol
            :              | ":" is no number, keyword or symbol
            a/             | "a/" is no
            a@b            | "a@b" is no
            \\nothing      | "\\nothing" is no character
            #"regex"       | expected a tag
            #:a{:b 1}      | expected a tag
            ##Nothing      | expected ##Inf, ##-Inf or ##NaN
            #inst          | the text ends where a value is expected
            [1 #_]         | 1:6: unexpected ]
            """)
    void whatIsNotEdnIsNamedWithItsPlace(String text, String problem) {
        assertThatExceptionOfType(EdnException.class)
                .isThrownBy(() -> read(text))
                .withMessageContaining(problem);
    }

    @Test
    void somethingAfterTheVectorIsNamedWithItsPlace() throws Exception {
        var reader = new EdnReader(new StringReader("[1]\n 2"));
        reader.enter();
        reader.next();

        var problem = catchThrowableOfType(EdnException.class, reader::next);
        assertThat(problem).hasMessage("2:2: something follows after the last element");
        assertThat(problem.line()).isEqualTo(2);
        assertThat(problem.column()).isEqualTo(2);
    }

    @Test
    void depthAndSizeAreBounded() {
        for (var text : List.of("[".repeat(100_000), "#_".repeat(100_000), "#a ".repeat(100_000), "{[".repeat(9_999))) {
            assertThatExceptionOfType(EdnException.class)
                    .isThrownBy(() -> read(text))
                    .withMessageContaining("nested deeper than 200");
        }
        assertThatExceptionOfType(EdnException.class)
                .isThrownBy(() -> read("\"" + "x".repeat(EdnReader.TOKEN_MAX + 1) + "\""))
                .withMessageContaining("longer than 1048576 characters");
        assertThatExceptionOfType(EdnException.class).isThrownBy(() -> read("1".repeat(1001)));
        assertThatExceptionOfType(EdnException.class)
                .isThrownBy(() -> read("[" + "1 ".repeat(EdnReader.PARTS_MAX) + "]"))
                .withMessageContaining("more than 1048576 parts");
        assertThatExceptionOfType(EdnException.class).isThrownBy(() -> read("a".repeat(EdnReader.TOKEN_MAX - 1) + "@"));
    }

    @Test
    void whateverTheTextIsThereIsAValueOrAProblem() throws Exception {
        var random = new SplittableRandom(1);
        String letters = "()[]{}\"\\#_;:,+-.0129eEMNau/ \n@^'~\u0000\uD800é";
        int values = 0;
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder(random.nextInt(4) == 0 ? "" : SAMPLE);
            for (int j = random.nextInt(12); j >= 0; j--) {
                int at = random.nextInt(text.length() + 1);
                if (at < text.length() && random.nextBoolean()) {
                    text.deleteCharAt(at);
                } else {
                    text.insert(at, letters.charAt(random.nextInt(letters.length())));
                }
            }
            try {
                values += read(text.toString()).size();
            } catch (EdnException e) {
                assertThat(e.line()).isPositive();
                assertThat(e.column()).isPositive();
            }
        }
        assertThat(values).isGreaterThan(1_000);
    }

    @Test
    void theTextOfAValueIsThatValue() throws Exception {
        assertThat(one(one(SAMPLE).toString())).isEqualTo(one(SAMPLE));
        var random = new SplittableRandom(2);
        for (int i = 0; i < 2_000; i++) {
            var value = draw(random, 4);
            assertThat(one(value.toString())).isEqualTo(value);
        }
    }

    private static EdnValue draw(RandomGenerator random, int depth) {
        int kind = random.nextInt(depth == 0 ? 5 : 7);
        return switch (kind) {
            case 0 -> new EdnValue.Int(BigInteger.valueOf(random.nextLong()));
            case 1 -> new EdnValue.Real(random.nextDouble() * 1e9);
            case 2 -> new EdnValue.Text(String.valueOf((char) random.nextInt(0x10000)));
            case 3 -> new EdnValue.Char((char) random.nextInt(0x80));
            case 4 -> new EdnValue.Keyword("k" + random.nextInt(5));
            case 5 -> new EdnValue.Tagged("t", draw(random, depth - 1));
            default -> {
                var elements = new ArrayList<EdnValue>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    elements.add(draw(random, depth - 1));
                }
                yield random.nextBoolean() ? new EdnValue.Vector(elements) : new EdnValue.Listing(elements);
            }
        };
    }
}

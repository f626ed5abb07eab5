package dev.gyre.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The short cut must never say anything that Jackson would not. */
class PlainRecordTest {
    sealed interface Msg {
        record Mixed(String s, long n, int i, boolean b, Long boxed, JsonNode tree, OptionalLong may) implements Msg {}

        record Checked(long n) implements Msg {
            public Checked {
                if (n > 10) {
                    throw new IllegalArgumentException("too large");
                }
            }
        }

        record Renamed(@JsonProperty("x") String s) implements Msg {}

        record WithGetter(String s) implements Msg {
            public String getMore() {
                return "more";
            }
        }
    }

    private static final PayloadTypes<Msg> TYPES = PayloadTypes.of(Msg.class);
    private static final String[] VALUES = {
        "\"\"",
        "\"a b\"",
        "\"\\u0041\"",
        "\"ü\"",
        "\"\t\"",
        "1",
        "-1",
        "0",
        "-0",
        "01",
        "1.0",
        "1e3",
        "2147483647",
        "2147483648",
        "999999999",
        "123456789012345678",
        "9223372036854775807",
        "9223372036854775808",
        "true",
        "false",
        "truex",
        "null",
        "[]",
        "{}",
        "[1",
        "",
        "\"open"
    };
    private static final String[] KEYS = {"s", "n", "i", "b", "boxed", "tree", "may", "type", "other", "msg_id"};

    private static String randomBody(SplittableRandom random) {
        var body = new StringBuilder("{");
        if (random.nextInt(3) > 0) { // most bodies are nearly right: the short cut must take some
            body.append("\"s\":\"x\",\"n\":1,\"i\":2,\"b\":true,\"boxed\":4");
            var tree = VALUES[random.nextInt(VALUES.length)];
            body.append(",\"may\":6,\"tree\":").append(random.nextInt(4) > 0 ? "\"k\"" : tree);
        }
        int extra = random.nextInt(3);
        for (int i = 0; i < extra; i++) {
            body.append(body.length() > 1 ? "," : "")
                    .append('"')
                    .append(KEYS[random.nextInt(KEYS.length)])
                    .append("\":")
                    .append(VALUES[random.nextInt(VALUES.length)]);
        }
        return body.append(random.nextInt(20) == 0 ? "" : "}").toString();
    }

    @Test
    void shortCutReadsWhatJacksonReadsOrNothing() throws Exception {
        ObjectReader jackson = Json.MAPPER.readerFor(Msg.Mixed.class);
        var plain = PlainRecord.of(Msg.Mixed.class).orElseThrow();
        var random = new SplittableRandom(42);
        int taken = 0;
        for (int i = 0; i < 50_000; i++) {
            var json = randomBody(random).getBytes(StandardCharsets.UTF_8);
            var read = PlainReader.read(plain, json, 0, json.length);
            if (read != null) {
                taken++;
                assertThat(read).isEqualTo(readOrFail(jackson, json));
            }
        }
        assertThat(taken).isGreaterThan(10_000);
    }

    private static Object readOrFail(ObjectReader jackson, byte[] json) {
        try {
            return jackson.readValue(json);
        } catch (IOException e) {
            return "Jackson refuses " + new String(json, StandardCharsets.UTF_8) + ": " + e.getMessage();
        }
    }

    @Test
    void shortCutWritesWhatJacksonReads() throws Exception {
        var random = new SplittableRandom(7);
        String[] texts = {"", "plain", "a\"b", "back\\slash", "ü", "\u007f", "\n", "\ud83d\ude00"};
        long[] numbers = {
            0, -1, 9, 10, 999_999_999_999_999_999L, 1_000_000_000_000_000_000L, Long.MIN_VALUE, Long.MAX_VALUE
        };
        var buffer = new LineBuffer();
        var encoder = new LineEncoder(buffer);
        for (int i = 0; i < 5_000; i++) {
            long number = numbers[random.nextInt(numbers.length)];
            var message = new Msg.Mixed(
                    texts[random.nextInt(texts.length)],
                    number,
                    (int) number,
                    random.nextBoolean(),
                    -number,
                    tree(texts[random.nextInt(texts.length)], number, random),
                    random.nextBoolean() ? OptionalLong.of(number) : OptionalLong.empty());
            var dest = texts[random.nextInt(texts.length)];
            encoder.encode("n1", dest, OptionalLong.of(i), OptionalLong.of(number), message, TYPES);
            var tree = Json.MAPPER.readTree(buffer.drain());
            assertThat(tree.path("dest").asText()).isEqualTo(dest);
            assertThat(tree.path("body").path("in_reply_to").longValue()).isEqualTo(number);
            assertThat(Json.MAPPER.treeToValue(tree.path("body"), Msg.Mixed.class))
                    .isEqualTo(message);
        }
    }

    private static JsonNode tree(String text, long number, SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> TextNode.valueOf(text);
            case 1 -> number == (int) number ? IntNode.valueOf((int) number) : LongNode.valueOf(number);
            case 2 -> BooleanNode.TRUE;
            default -> Json.MAPPER.createArrayNode().add(text);
        };
    }

    @Test
    void recordThatAnnotationsOrGettersChangeIsNotPlain() {
        assertThat(PlainRecord.of(Msg.Mixed.class)).isPresent();
        assertThat(PlainRecord.of(Msg.Renamed.class)).isEmpty();
        assertThat(PlainRecord.of(Msg.WithGetter.class)).isEmpty();
    }

    @Test
    void valuesThatTheRecordItselfRefusesAreLeftToJackson() {
        var json = "{\"n\":11}".getBytes(StandardCharsets.UTF_8);
        var plain = PlainRecord.of(Msg.Checked.class).orElseThrow();
        assertThat(PlainReader.read(plain, json, 0, json.length)).isNull();
    }
}

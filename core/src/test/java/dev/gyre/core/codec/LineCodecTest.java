package dev.gyre.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineCodecTest {
    sealed interface Msg {
        record Text(String text) implements Msg {}

        record Numbers(long big, BigInteger bigger, double fraction) implements Msg {}

        record Topology(Map<String, List<String>> topology) implements Msg {}

        record Renamed(@JsonProperty("the_key") long key) implements Msg {}

        record Optional(@Nullable String note, long n) implements Msg {}

        record Any(JsonNode value) implements Msg {}

        record Nothing() implements Msg {}
    }

    private static final PayloadTypes<Msg> TYPES = PayloadTypes.of(Msg.class);

    private static LineMessage decode(String line) throws MalformedLine {
        var bytes = line.getBytes(StandardCharsets.UTF_8);
        return new LineDecoder().decode(bytes, 0, bytes.length, 1);
    }

    private static Msg payload(String body) throws MalformedLine, MalformedPayload {
        return decode("{\"src\":\"a\",\"dest\":\"b\",\"body\":" + body + "}").payload(TYPES);
    }

    private static String encode(Msg payload) {
        var buffer = new LineBuffer();
        new LineEncoder(buffer).encode("n1", "c\"1", OptionalLong.of(5), OptionalLong.empty(), payload, TYPES);
        return new String(buffer.drain(), StandardCharsets.UTF_8);
    }

    @Test
    void typeMayStandAnywhereInTheBodyAndUnknownFieldsAreIgnored() throws Exception {
        assertThat(payload("{\"text\":\"x\",\"type\":\"text\",\"other\":{\"a\":[1,{}]}}"))
                .isEqualTo(new Msg.Text("x"));
        assertThat(payload("{ \"type\" : \"text\" , \"text\" : \"x\" }")).isEqualTo(new Msg.Text("x"));
    }

    @Test
    void integersAreExactBeyondFiftyThreeAndSixtyFourBits() throws Exception {
        var numbers = new Msg.Numbers(9_007_199_254_740_993L, new BigInteger("123456789012345678901234567890"), 0.1);
        var line = encode(numbers);
        assertThat(line)
                .contains("\"big\":9007199254740993,\"bigger\":123456789012345678901234567890,\"fraction\":0.1");
        assertThat(decode(line).payload(TYPES)).isEqualTo(numbers);
    }

    @Test
    void everyKindOfPayloadSurvivesTheWire() throws Exception {
        for (var payload : List.of(
                new Msg.Text("plain"),
                new Msg.Text("quote \" backslash \\ newline \n umlaut ü emoji \ud83d\ude00 nul \u0000"),
                new Msg.Topology(Map.of("n1", List.of("n2", "n3"))),
                new Msg.Renamed(-7),
                new Msg.Optional(null, Long.MIN_VALUE),
                new Msg.Optional("here", Long.MAX_VALUE),
                new Msg.Any(Json.MAPPER.readTree("{\"a\":[1,2.5,null,\"x\"]}")),
                new Msg.Any(Json.MAPPER.readTree("null")),
                new Msg.Nothing())) {
            var line = encode(payload);
            assertThat(line).endsWith("}\n").doesNotContain("\n{");
            assertThat(decode(line).payload(TYPES)).isEqualTo(payload);
            assertThat(decode(line).dest()).isEqualTo("c\"1");
        }
    }

    @Test
    void annotationsOfJacksonAreHonoured() {
        assertThat(encode(new Msg.Renamed(3))).contains("\"type\":\"renamed\"", "\"the_key\":3");
    }

    @Test
    void absentComponentIsLeftOutWhenWritten() {
        assertThat(encode(new Msg.Optional(null, 1))).endsWith("\"msg_id\":5,\"n\":1}}\n");
    }

    @Test
    void payloadThatCannotBeWrittenLeavesNoTrace() {
        var buffer = new LineBuffer();
        var encoder = new LineEncoder(buffer);
        encoder.encode("n1", "c1", OptionalLong.empty(), OptionalLong.empty(), new Msg.Text("first"), TYPES);
        int size = buffer.size();
        var unwritable = new Msg.Any(Json.MAPPER.getNodeFactory().pojoNode(new Object() {
            @Override
            public String toString() {
                return "x";
            }

            @JsonProperty
            public String broken() {
                throw new IllegalStateException("cannot be read");
            }
        }));
        assertThatThrownBy(
                        () -> encoder.encode("n1", "c1", OptionalLong.empty(), OptionalLong.empty(), unwritable, TYPES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a \"any\" message to c1 cannot be written");
        assertThat(buffer.size()).isEqualTo(size);
        encoder.encode("n1", "c1", OptionalLong.empty(), OptionalLong.empty(), new Msg.Nothing(), TYPES);
        assertThat(new String(buffer.drain(), StandardCharsets.UTF_8)).isEqualTo("""
                        {"src":"n1","dest":"c1","body":{"type":"text","text":"first"}}
                        {"src":"n1","dest":"c1","body":{"type":"nothing"}}
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "garbage | a message is a JSON object (at column 1)",
                "`` | a message is a JSON object, but the line ends (at column 1)",
                "[1] | a message is a JSON object (at column 1)",
                "{} | the message has no \"body\"",
                "{\"src\":\"a\",\"body\":{\"type\":\"t\"}} | the message has no \"dest\"",
                "{\"src\":\"a\",\"dest\":\"b\",\"body\":{}} | the message has no \"body.type\"",
                "{\"src\":1,\"dest\":\"b\",\"body\":{}} | \"src\" is a string (at column 8)",
                "{\"src\":\"a\",\"dest\":\"b\",\"body\":[]} | \"body\" is a JSON object (at column 30)",
                "{\"src\":\"a\",\"dest\":\"b\",\"body\":{\"type\":\"t\",\"msg_id\":1.5}} |"
                        + " \"msg_id\" is an integer of at most 18 digits (at column 51)",
                "{\"src\":\"a\",\"dest\":\"b\",\"body\":{\"type\":\"t\",\"msg_id\":1234567890123456789}} |"
                        + " \"msg_id\" is an integer of at most 18 digits (at column 51)",
                "{\"src\":\"a\",\"dest\":\"b\",\"body\":{\"type\":\"t\"}} x | something follows the message (at column 44)",
                "{\"src\":\"a\",\"dest\":\"b\",\"body\":{\"type\":\"t | the line ends inside a string (at column 40)",
                "{\"src\":\"a\",\"dest\":\"b\",\"body\":{\"x\":} | a value is missing (at column 35)",
                "{\"src\" \"a\"} | a colon follows the key of a member (at column 8)",
            })
    void malformedLineIsRefusedWithItsReasonAndPlace(String line, String reason) {
        assertThatThrownBy(() -> decode(line)).isInstanceOf(MalformedLine.class).hasMessage(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"text\"} | \"text\" is missing",
                "{\"type\":\"text\",\"text\":null} | \"text\" must not be null",
                "{\"type\":\"text\",\"text\":5} | \"text\": ",
                "{\"type\":\"renamed\",\"the_key\":\"5\"} | \"the_key\": ",
                "{\"type\":\"renamed\",\"the_key\":5.5} | \"the_key\": ",
                "{\"type\":\"renamed\",\"the_key\":99999999999999999999} | Numeric value",
                "{\"type\":\"topology\",\"topology\":{\"n1\":[{}]}} | \"topology.n1.[0]\": ",
                "{\"type\":\"text\",\"text\":\"a\",\"z\":[}} | Unexpected",
            })
    void bodyThatDoesNotFitIsRefusedNamingTheField(String body, String reason) {
        assertThatThrownBy(() -> payload(body))
                .isInstanceOf(MalformedPayload.class)
                .hasMessageContaining(reason);
    }
}

package dev.gyre.maelstrom.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.maelstrom.engine.NodeEvent.BadLine;
import dev.gyre.maelstrom.engine.NodeEvent.Line;
import dev.gyre.maelstrom.engine.NodeEvent.Sent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineDecoderTest {
    @Test
    void aMessageIsTakenApart() {
        var line = new Line(3, "{\"id\":1,\"src\":\"n0\",\"dest\":\"c1\",\"body\":{\"type\":\"hi\",\"msg_id\":1}}");

        assertThat(LineDecoder.decode("n0", line)).isInstanceOfSatisfying(Sent.class, sent -> {
            assertThat(sent.line()).contains(line);
            assertThat(sent.letter().src()).isEqualTo("n0");
            assertThat(sent.letter().dest()).isEqualTo("c1");
            assertThat(sent.letter().toBody().toString()).isEqualTo("{\"type\":\"hi\",\"msg_id\":1}");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                                                        | is empty
            hello                                                                     | is not JSON
            {"src":"n0"                                                               | is not JSON
            {"src":"n0","dest":"c1","body":{"type":"x"}} trailing                     | is not JSON
            [1]                                                                       | is not a JSON object
            {"dest":"c1","body":{"type":"x"}}                                         | lacks "src" or "dest"
            {"src":"n0","dest":7,"body":{"type":"x"}}                                 | lacks "src" or "dest"
            {"src":"n0","dest":"c1"}                                                  | lacks "body"
            {"src":"n0","dest":"c1","body":"x"}                                       | lacks "body"
            {"src":"n0","dest":"c1","body":{"type":"x"},"time":3}                     | has "time" beside
            {"src":"n0","dest":"c1","body":{}}                                        | without "type"
            {"src":"n0","dest":"c1","body":{"type":"x","in_reply_to":"1"}}            | "in_reply_to" that is not an integer
            {"src":"n0","dest":"c1","body":{"type":"x","msg_id":1.5}}                 | "msg_id" that is not an integer
            """)
    void whatIsNoMessageIsNamed(String text, String problem) {
        assertThat(LineDecoder.decode("n0", new Line(1, text)))
                .isInstanceOfSatisfying(
                        BadLine.class, bad -> assertThat(bad.problem()).contains(problem));
    }
}

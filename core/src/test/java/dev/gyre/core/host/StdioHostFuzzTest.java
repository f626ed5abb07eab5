package dev.gyre.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever comes in, the next good request is answered, and every line that goes out is a message. */
class StdioHostFuzzTest {
    private static final int LINES = 100_000;

    private static final String[] GOOD = {
        "{\"id\":1,\"src\":\"c1\",\"dest\":\"n1\",\"body\":{\"type\":\"echo\",\"msg_id\":2,\"echo\":\"hi\"}}",
        "{\"src\":\"c1\",\"dest\":\"n1\",\"body\":{\"echo\":\"\\u00fc\\n\",\"msg_id\":900,\"type\":\"echo\",\"x\":[1,{}]}}",
        "{\"src\":\"n2\",\"dest\":\"n1\",\"body\":{\"type\":\"echo_ok\",\"in_reply_to\":3,\"echo\":\"\"}}",
        "{\"src\":\"c0\",\"dest\":\"n1\",\"body\":{\"type\":\"init\",\"msg_id\":1,\"node_id\":\"n1\",\"node_ids\":[\"n1\"]}}",
        "{\"src\":\"n2\",\"dest\":\"n1\",\"body\":{\"type\":\"error\",\"in_reply_to\":3,\"code\":11,\"text\":null}}",
        "{\"src\":\"c1\",\"dest\":\"n1\",\"body\":{\"type\":\"fail\",\"msg_id\":5,\"how\":\"boom\"}}",
    };
    private static final String[] PIECES = {
        "\"",
        "\\",
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "null",
        "-",
        "1e999",
        "\u0000",
        "\r",
        "\"src\"",
        "\"body\"",
        "{\"type\":"
    };

    private static byte[] mutated(SplittableRandom random) {
        var line = GOOD[random.nextInt(GOOD.length)].getBytes(StandardCharsets.UTF_8);
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(line.length + 1);
            int to = Math.min(line.length, at + random.nextInt(6));
            var piece = switch (random.nextInt(4)) {
                case 0 -> new byte[0];
                case 1 -> new byte[] {(byte) random.nextInt(256)};
                case 2 -> PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8);
                default -> Arrays.copyOfRange(line, random.nextInt(at + 1), at);
            };
            line = spliced(line, at, to, piece);
        }
        return line;
    }

    private static byte[] spliced(byte[] line, int at, int to, byte[] piece) {
        var result = new byte[line.length - (to - at) + piece.length];
        System.arraycopy(line, 0, result, 0, at);
        System.arraycopy(piece, 0, result, at, piece.length);
        System.arraycopy(line, to, result, at + piece.length, line.length - to);
        return result;
    }

    @Test
    void nodeAnswersTheNextGoodRequestAfterAHundredThousandMutatedLines() throws Exception {
        var input = new ByteArrayOutputStream();
        var random = new SplittableRandom(20_261_122);
        input.writeBytes((GOOD[3] + "\n").getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < LINES; i++) {
            input.writeBytes(mutated(random));
            input.write('\n');
        }
        input.writeBytes(
                "{\"src\":\"c9\",\"dest\":\"n1\",\"body\":{\"type\":\"echo\",\"msg_id\":77,\"echo\":\"still here\"}}\n"
                        .getBytes(StandardCharsets.UTF_8));
        var output = new ByteArrayOutputStream();
        int code = new StdioHost<EchoService.Msg, Void>(EchoService.Msg.class, node -> new EchoService(), List.of())
                .run(new ByteArrayInputStream(input.toByteArray()), output);
        assertThat(code).isEqualTo(StdioHost.EXIT_OK);
        var lines = output.toString(StandardCharsets.UTF_8).split("\n", -1);
        assertThat(lines[lines.length - 2])
                .isEqualTo("{\"src\":\"n1\",\"dest\":\"c9\",\"body\":"
                        + "{\"type\":\"echo_ok\",\"in_reply_to\":77,\"echo\":\"still here\"}}");
        assertThat(lines.length).isGreaterThan(1000);
        var mapper = new com.fasterxml.jackson.databind.ObjectMapper();
        for (var line : lines) {
            if (!line.isEmpty()) {
                assertThat(mapper.readTree(line).path("body").path("type").asText())
                        .isNotEmpty();
            }
        }
    }
}

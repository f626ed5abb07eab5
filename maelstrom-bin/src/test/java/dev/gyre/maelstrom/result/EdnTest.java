package dev.gyre.maelstrom.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EdnTest {
    @Test
    void whatFitsStandsInOneLine() {
        assertThat(Edn.write(map("valid?", true, "count", 3))).isEqualTo("{:valid? true, :count 3}");
    }

    @Test
    void longMapsHaveAnEntryALineAligned() {
        var inner = map("send-count", 1_000_000, "recv-count", 1_000_000, "msg-count", 1_000_000, "msgs-per-op", 9.5f);

        assertThat(Edn.write(map("net", map("all", inner), "valid?", false))).isEqualTo("""
                {:net {:all {:send-count 1000000,
                             :recv-count 1000000,
                             :msg-count 1000000,
                             :msgs-per-op 9.5}},
                 :valid? false}""");
    }

    @Test
    void aVerdictThatIsUnknownIsAKeyword() {
        assertThat(Edn.write(map("valid?", "unknown", "name", "unknown")))
                .isEqualTo("{:valid? :unknown, :name \"unknown\"}");
    }

    @Test
    void keysThatAreNumbersStayNumbersAndOthersAreQuoted() {
        assertThat(Edn.write(map("0.5", 12, "1", 40, "a key", 1, ":f", 2)))
                .isEqualTo("{0.5 12, 1 40, \"a key\" 1, \":f\" 2}");
    }

    @Test
    void textIsEscaped() {
        assertThat(Edn.write(List.of("a \"b\" \\ \n\t ü"))).isEqualTo("(\"a \\\"b\\\" \\\\ \\n\\t ü\")");
    }

    @Test
    void longListsFillLines() {
        var lines = Edn.write(map("lost", IntStream.range(100, 160).boxed().toList()))
                .lines()
                .toList();

        assertThat(lines).hasSize(4).allMatch(line -> line.length() <= 82);
        assertThat(lines.getFirst()).startsWith("{:lost (100 101");
        assertThat(lines.get(1)).startsWith("        1");
        assertThat(lines.getLast()).endsWith("159)}");
    }

    @Test
    void listsOfMapsHaveAMapALine() {
        var one = map("process", 1, "operation", 123_456, "value", "something long enough");

        assertThat(Edn.write(List.of(one, one))).isEqualTo("""
                ({:process 1, :operation 123456, :value "something long enough"}
                 {:process 1, :operation 123456, :value "something long enough"})""");
    }

    @Test
    void abridgingSaysHowMuchIsLeftOut() {
        var numbers = IntStream.range(0, 50).boxed().toList();

        assertThat(Edn.abridge(numbers, 3)).isEqualTo("(0 1 2 #_\"and 47 more\")");
        assertThat(Edn.abridge(map("a", 1, "b", 2, "c", 3), 2)).isEqualTo("{:a 1, :b 2, #_\"and 1 more\"}");
        assertThat(Edn.write(numbers)).contains("49").doesNotContain("more");
    }

    @Test
    void jsonHasTheSameKeys() {
        Map<String, Object> results = map("valid?", "unknown", "lost", List.of(1, 2), "net", map("f", 1.5f, "d", 0.25));

        assertThat(ResultJson.of(results).toString())
                .isEqualTo("{\"valid?\":\"unknown\",\"lost\":[1,2],\"net\":{\"f\":1.5,\"d\":0.25}}");
    }

    private static SequencedMap<String, Object> map(Object... entries) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put((String) entries[i], entries[i + 1]);
        }
        return map;
    }
}

package dev.gyre.maelstrom.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "9007199254740993",
                "123456789012345678901234567890",
                "0.10",
                "1.7976931348623157e400",
                "\"\\u0000 \\\" \\\\ ü\"",
                "{\"b\":1,\"a\":[null,true,{}]}"
            })
    void whatPassesThroughKeepsItsValue(String text) throws Exception {
        var once = Json.parse(text);

        assertThat(Json.parse(Json.write(once))).isEqualTo(once);
        assertThat(Json.write(once).toLowerCase(Locale.ROOT).replace("+", "")).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{} x", "{\"a\":1}{\"b\":2}", "{", "Got it", "'a'"})
    void whatIsNotOneValueIsRejected(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void valuesAreEqualWhateverTheOrderOfFields() throws Exception {
        assertThat(Json.parse("{\"a\":1,\"b\":2}")).isEqualTo(Json.parse("{\"b\":2,\"a\":1}"));
    }
}

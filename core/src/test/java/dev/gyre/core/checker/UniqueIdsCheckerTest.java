package dev.gyre.core.checker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class UniqueIdsCheckerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void distinctIdsAreValid() {
        var result = check("1", "2", "3");
        assertThat(result.validity()).isEqualTo(Validity.VALID);
        assertThat(result.sentence()).isEqualTo("3 ids checked: none was given out twice.");
        assertThat(result.details())
                .containsEntry("attempted-count", 3)
                .containsEntry("acknowledged-count", 3)
                .containsEntry("duplicated-count", 0)
                .containsEntry("duplicated", Map.of());
    }

    @Test
    void repeatedIdIsNamedWithBothOperations() {
        var result = check("\"a\"", "\"b\"", "\"a\"");
        assertThat(result.validity()).isEqualTo(Validity.INVALID);
        assertThat(result.sentence())
                .isEqualTo("Id \"a\" was given out twice: (process 0, operation 0, 0 s to 0.001 s) and"
                        + " (process 2, operation 2, 0.002 s to 0.003 s).");
    }

    @Test
    void repetitionsAreCountedPerId() {
        var result = check("7", "7", "8", "7", "8", "9");
        assertThat(result.details())
                .containsEntry("duplicated-count", 2)
                .containsEntry("duplicated", Map.of("7", 3, "8", 2));
    }

    @Test
    void soonestRepetitionIsNamed() {
        assertThat(check("1", "2", "2", "1").sentence()).startsWith("Id 2 was given out twice");
    }

    @Test
    void numberAndStringOfTheSameTextDiffer() {
        assertThat(check("1", "\"1\"").validity()).isEqualTo(Validity.VALID);
    }

    @Test
    void objectsAreComparedByContent() {
        assertThat(check("{\"a\":1,\"b\":[2]}", "{\"b\":[2],\"a\":1}").validity())
                .isEqualTo(Validity.INVALID);
        assertThat(check("{\"a\":1,\"b\":[2]}", "{\"a\":1,\"b\":[3]}").validity())
                .isEqualTo(Validity.VALID);
    }

    @Test
    void rangeOrdersNumbersByValueBeforeText() {
        assertThat(check("10", "9", "\"z\"", "\"b\"").details()).containsEntry("range", List.of("9", "\"z\""));
        assertThat(check("10", "9", "11.5").details()).containsEntry("range", List.of("9", "11.5"));
    }

    @Test
    void failedRequestsGiveOutNothing() {
        var history = new TestHistory<String, JsonNode>()
                .failed(0, 0, 1, "generate")
                .unknown(1, 0, 1, "generate")
                .operations();
        var result = UniqueIdsChecker.check(history);
        assertThat(result.validity()).isEqualTo(Validity.UNKNOWN);
        assertThat(result.details()).containsEntry("attempted-count", 2).containsEntry("range", List.of());
    }

    private static CheckResult check(String... ids) {
        var history = new TestHistory<String, JsonNode>();
        for (int i = 0; i < ids.length; i++) {
            history.ok(i, i, i + 1, "generate", json(ids[i]));
        }
        return UniqueIdsChecker.check(history.operations());
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}

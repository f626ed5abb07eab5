package dev.gyre.core.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.map;

import dev.gyre.core.checker.RegisterModel.Done;
import dev.gyre.core.checker.RegisterModel.Input;
import dev.gyre.core.checker.RegisterModel.Output;
import dev.gyre.core.checker.RegisterModel.Read;
import dev.gyre.core.checker.RegisterModel.Value;
import dev.gyre.core.checker.RegisterModel.Write;
import dev.gyre.core.history.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PerKeyTest {
    private static final Done<Long> DONE = new Done<>();

    @Test
    void keysAreIndependent() {
        var history = history()
                .ok(0, 0, 1, new Keyed<>("a", new Write<>(1L)), DONE)
                .ok(0, 2, 3, new Keyed<>("b", new Write<>(2L)), DONE)
                .ok(0, 4, 5, new Keyed<>("a", new Read<>()), new Value<>(1L));
        var result = check(history);
        assertThat(result.validity()).isEqualTo(Validity.VALID);
        assertThat(result.sentence()).isEqualTo("2 keys checked with 3 operations: each is valid.");
        assertThat(result.details()).containsEntry("key-count", 2).containsEntry("failures", List.of());
    }

    @Test
    void brokenKeyIsNamedAndItsOperationsKeepTheirIndexes() {
        var history = history()
                .ok(0, 0, 1, new Keyed<>("a", new Write<>(1L)), DONE)
                .ok(0, 2, 3, new Keyed<>("b", new Write<>(2L)), DONE)
                .ok(4, 4, 5, new Keyed<>("b", new Read<>()), new Value<>(1L));
        var result = check(history);
        assertThat(result.validity()).isEqualTo(Validity.INVALID);
        assertThat(result.sentence())
                .startsWith("Key b: Not linearizable: read answered 1 (process 4, operation 2, 0.004 s to 0.005 s)");
        assertThat(result.details()).containsEntry("failures", List.of("b"));
        assertThat(result.details().get("results"))
                .asInstanceOf(map(String.class, Object.class))
                .containsOnlyKeys("b");
    }

    @Test
    void worstVerdictWins() {
        assertThat(merged(Validity.VALID, Validity.UNKNOWN, Validity.VALID).validity())
                .isEqualTo(Validity.UNKNOWN);
        var result = merged(Validity.UNKNOWN, Validity.INVALID, Validity.INVALID, Validity.UNKNOWN);
        assertThat(result.validity()).isEqualTo(Validity.INVALID);
        assertThat(result.sentence()).isEqualTo("Key 1: said of 1");
        assertThat(result.details())
                .containsEntry("failures", List.of("1", "2"))
                .containsEntry("unknown", List.of("0", "3"));
    }

    @Test
    void manyBrokenKeysAreAllNamedButNotAllDescribed() {
        var verdicts = new Validity[100];
        Arrays.fill(verdicts, Validity.INVALID);
        var details = merged(verdicts).details();
        assertThat((List<?>) details.get("failures")).hasSize(100);
        assertThat((Map<?, ?>) details.get("results")).hasSize(32);
    }

    @Test
    void storeOfManyKeysIsJudged() {
        var shape = new RandomHistory(20, 10_000, 1_000, 10);
        var history = LinearizabilityScale.history(shape, 10, 500, 3);
        assertThat(check(history).validity()).isEqualTo(Validity.VALID);
        var broken = check(LinearizabilityScale.withBrokenRead(history));
        assertThat(broken.validity()).isEqualTo(Validity.INVALID);
        assertThat(broken.sentence()).startsWith("Key 9: Not linearizable: read answered 99 (process ");
    }

    /** Keys 0, 1, … with given verdicts. */
    private static CheckResult merged(Validity... verdicts) {
        var history = new ArrayList<Operation<Keyed<Integer, String>, String>>();
        for (int key = 0; key < verdicts.length; key++) {
            history.addAll(new TestHistory<Keyed<Integer, String>, String>()
                    .ok(key, 0, 1, new Keyed<>(key, "asked"), "answered")
                    .operations());
        }
        return PerKey.check(
                history,
                operations -> new CheckResult(
                        verdicts[operations.getFirst().process()],
                        "said of " + operations.getFirst().process(),
                        new LinkedHashMap<>()));
    }

    private static <K> CheckResult check(List<Operation<Keyed<K, Input<Long>>, Output<Long>>> history) {
        return PerKey.check(history, key -> Linearizability.check(new RegisterModel<>(), key));
    }

    private static CheckResult check(TestHistory<Keyed<String, Input<Long>>, Output<Long>> history) {
        return check(history.operations());
    }

    private static TestHistory<Keyed<String, Input<Long>>, Output<Long>> history() {
        return new TestHistory<>();
    }
}

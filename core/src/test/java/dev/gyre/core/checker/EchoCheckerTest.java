package dev.gyre.core.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import org.junit.jupiter.api.Test;

final class EchoCheckerTest {
    @Test
    void equalRepliesAreValid() {
        var result = EchoChecker.check(
                history().ok(0, 0, 1, "a", "a").ok(1, 0, 2, "b", "b").operations());
        assertThat(result.validity()).isEqualTo(Validity.VALID);
        assertThat(result.sentence()).isEqualTo("2 echo replies checked: each equals its request.");
    }

    @Test
    void differentReplyIsNamed() {
        var result = EchoChecker.check(
                history().ok(0, 0, 1, "a", "a").ok(1, 1500, 2250, "b", "a").operations());
        assertThat(result.validity()).isEqualTo(Validity.INVALID);
        assertThat(result.sentence())
                .isEqualTo("Asked to echo b, the node replied a (process 1, operation 1, 1.5 s to 2.25 s).");
    }

    @Test
    void everyMismatchIsCounted() {
        var result = EchoChecker.check(history()
                .ok(0, 0, 1, "a", "x")
                .ok(0, 1, 2, "b", "b")
                .ok(0, 2, 3, "c", "y")
                .operations());
        assertThat(result.details()).containsEntry("error-count", 2).containsEntry("acknowledged-count", 3);
    }

    @Test
    void listedMismatchesAreBounded() {
        var history = history();
        for (int i = 0; i < 100; i++) {
            history.ok(0, i, i, "a", "b");
        }
        var details = EchoChecker.check(history.operations()).details();
        assertThat(details).containsEntry("error-count", 100);
        assertThat(details.get("errors")).asInstanceOf(LIST).hasSize(32);
    }

    @Test
    void failedAndUnknownEchoesAreNoMismatches() {
        var result = EchoChecker.check(history()
                .failed(0, 0, 1, "a")
                .unknown(1, 0, 5, "b")
                .ok(2, 0, 1, "c", "c")
                .operations());
        assertThat(result.validity()).isEqualTo(Validity.VALID);
        assertThat(result.details()).containsEntry("attempted-count", 3).containsEntry("acknowledged-count", 1);
    }

    @Test
    void withoutAnyReplyNothingIsJudged() {
        assertThat(EchoChecker.check(history().unknown(0, 0, 1, "a").operations())
                        .validity())
                .isEqualTo(Validity.UNKNOWN);
        assertThat(EchoChecker.check(history().operations()).validity()).isEqualTo(Validity.UNKNOWN);
    }

    private static TestHistory<String, String> history() {
        return new TestHistory<>();
    }
}

package dev.gyre.core.checker.elle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.checker.CheckResult;
import dev.gyre.core.checker.Validity;
import java.util.List;

/**
 * A history written by hand with its verdict.
 *
 * @param name what is wrong or right with it
 * @param model the model to judge by
 * @param history the history, see {@link Script}
 * @param anomalies the anomalies that the model forbids; none if the history is valid
 * @param reason what the sentence must say
 */
record Case(String name, String model, String history, List<String> anomalies, String reason) {
    static Case valid(String name, String model, String history, String reason) {
        return new Case(name, model, history, List.of(), reason);
    }

    static Case invalid(String name, String model, String history, String anomalies, String reason) {
        return new Case(name, model, history, List.of(anomalies.split(", ", -1)), reason);
    }

    void verify(CheckResult result) {
        assertThat(result.details().get("anomaly-types")).as(result.sentence()).isEqualTo(anomalies);
        assertThat(result.validity()).isEqualTo(anomalies.isEmpty() ? Validity.VALID : Validity.INVALID);
        assertThat(result.sentence()).contains(reason);
    }

    @Override
    public String toString() {
        return name;
    }
}

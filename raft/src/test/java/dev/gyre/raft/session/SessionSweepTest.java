package dev.gyre.raft.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Sessions do what their model says; restored at any point they are the same; nothing is carried out twice. */
class SessionSweepTest {
    private static final int SEEDS = 300;

    @Test
    void modelAndRestoredSessionsAgree() {
        assertThat(SessionSweep.firstFailure(SEEDS)).isEmpty();
    }

    @Test
    void eachOutcomeIsCommon() {
        var seen = new TreeMap<String, Integer>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            SessionSweep.outcomes(seed).forEach((outcome, count) -> seen.merge(outcome, count, Integer::sum));
        }
        assertThat(seen.keySet()).containsExactly("Applied", "Expired", "Forgotten", "Full", "Repeated");
        assertThat(seen.values()).allMatch(count -> count > 10 * SEEDS, seen.toString());
    }
}

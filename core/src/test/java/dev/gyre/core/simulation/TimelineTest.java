package dev.gyre.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private final Timeline timeline = new Timeline();
    private final List<String> log = new ArrayList<>();

    @Test
    void runsInOrderOfTimeThenOfScheduling() {
        timeline.at(20, () -> log.add("late"));
        timeline.at(10, () -> log.add("first"));
        timeline.at(10, () -> log.add("second"));

        timeline.advanceTo(20);

        assertThat(log).containsExactly("first", "second", "late");
    }

    @Test
    void runsNothingBeforeItIsDue() {
        timeline.at(10, () -> log.add("due"));

        timeline.advanceTo(9);

        assertThat(log).isEmpty();
        assertThat(timeline.nextNanos()).hasValue(10);
    }

    @Test
    void timeInActionsIsWhenTheyWereDue() {
        timeline.at(10, () -> log.add("at " + timeline.nowNanos()));

        timeline.advanceTo(17);

        assertThat(log).containsExactly("at 10");
    }

    @Test
    void whatBecomesDueMeanwhileRunsToo() {
        timeline.at(10, () -> timeline.after(0, () -> log.add("child")));

        timeline.advanceTo(10);

        assertThat(log).containsExactly("child");
    }

    @Test
    void cancelledActionsNeitherRunNorCountAsDue() {
        timeline.at(5, () -> log.add("cancelled")).cancel();

        assertThat(timeline.nextNanos()).isEmpty();
        timeline.advanceTo(5);
        assertThat(log).isEmpty();
    }

    @Test
    void thePastIsDueNowAndTimeNeverGoesBack() {
        timeline.advanceTo(100);
        timeline.at(50, () -> log.add("at " + timeline.nowNanos()));

        timeline.advanceTo(60);

        assertThat(log).containsExactly("at 100");
    }
}

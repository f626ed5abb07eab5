package dev.gyre.maelstrom.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.simulation.Timeline;
import dev.gyre.maelstrom.demo.FakeJob.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script, with nodes that count nothing, in virtual time. */
class DemoTest {
    private static final long ENOUGH_LINES = 20_000;

    /** More than are read until the script gives up waiting for something. */
    private static final long ENDLESS_LINES = 1_000_000;

    private final Timeline timeline = new Timeline();
    private final List<String> story = new ArrayList<>();
    private final Map<String, Long> totals = new TreeMap<>(Map.of("one", 1L, "two", 2L, "three", 3L, "naïve", 1L));

    @TempDir
    private Path folder = Path.of("");

    private FakeJob job(long lines) {
        return new FakeJob(timeline, lines, totals, folder.resolve("output"));
    }

    private Demo.Outcome run(FakeJob job) throws Exception {
        var text = folder.resolve("text");
        Files.writeString(text, "One, two; three three\nTWO naïve-three\n");
        return new Demo(timeline, job, job::drive, story::add).run(TextInput.file(text), folder.resolve("output"));
    }

    @Test
    void aWorkerAndTheNodeThatDecidesAreKilledTheJobIsRescaledTwiceAndTheTotalsAreRight() throws Exception {
        var job = job(ENOUGH_LINES);
        var outcome = run(job);

        assertThat(outcome.differences()).isEmpty();
        assertThat(outcome.words()).isEqualTo(4);
        // n0 works, does not decide, and is not the last; n1 decides
        assertThat(job.kills).containsExactly("n0 works", "n1 works decides");
        assertThat(job.rescales).containsExactly(5, 5, 2);
        assertThat(story).allMatch(line -> line.matches(" *[0-9]+\\.[0-9] s  .*"));
        assertThat(story.stream().map(line -> line.replaceFirst(" *[0-9.]+ s  ", "")))
                .containsSequence(
                        "n0 n1 n2 n3 n4 start",
                        "Lines are read by n0 n1 n2; n1 decides",
                        "A worker, n0, is killed (kill -9)",
                        "n0 is started again")
                .contains("The node that decides, n1, is killed (kill -9); it worked, too", "The job is complete")
                .anyMatch(line -> line.matches("Rescaled from 3 workers to 5 while it counts, in 0\\.[78] s: .*"))
                .anyMatch(line -> line.matches("Rescaled from 4 workers to 2 while it counts, in 0\\.4 s: n0 n1"))
                .anyMatch(line ->
                        line.matches("Lines are read again, 1\\.[5-9] s after the kill, by n1 n2 n3; n1 decides"))
                .last()
                .isEqualTo(
                        "The totals of all 4 different words are those of a plain count: 7 words, each counted once");
    }

    @Test
    void totalsThatDifferAreNamedByWord() throws Exception {
        totals.put("three", 2L);
        totals.put("four", 4L);
        totals.remove("one");
        var outcome = run(job(ENOUGH_LINES));

        assertThat(outcome.differences())
                .containsExactly("four: counted 4, not 0", "one: counted 0, not 1", "three: counted 2, not 3");
        assertThat(story.getLast()).endsWith("The totals of 3 of 4 different words are not those of a plain count");
    }

    @Test
    void aShortTextIsCountedAndTheRestOfTheScriptPassedOver() throws Exception {
        var job = job(100);
        assertThat(run(job).differences()).isEmpty();

        assertThat(job.kills).isEmpty();
        assertThat(story)
                .filteredOn(line -> line.endsWith("with a larger text the story is longer"))
                .hasSize(1);
    }

    @Test
    void aJobThatStandsStillIsToldOfWithWhatWasHeardLast() {
        assertThatThrownBy(() -> run(job(ENDLESS_LINES).with(Fault.NEVER_RECOVERS)))
                .isInstanceOf(DemoFailure.class)
                .hasMessageContaining("waited 60 s for lines to be read again without n0, in vain")
                .hasMessageContaining("phase \"running\", generation 1, workers n0 n1 n2");
    }

    @Test
    void aRescaleThatIsRefusedForGoodIsToldOf() {
        assertThatThrownBy(() -> run(job(ENDLESS_LINES).with(Fault.REFUSES_RESCALES)))
                .isInstanceOf(DemoFailure.class)
                .hasMessageContaining("waited 60 s for the job to be rescaled to 5 workers, in vain")
                .hasMessageContaining("not now");
    }

    @Test
    void aNodeThatEndsByItselfEndsTheScriptWithItsLastWords() {
        assertThatThrownBy(() -> run(job(ENOUGH_LINES).with(Fault.DIES)))
                .isInstanceOfSatisfying(DemoFailure.class, failure -> {
                    assertThat(failure.sentence()).startsWith("Node n0 exited with code 3");
                    assertThat(failure.details()).containsExactly("last words of n0");
                });
    }
}

package dev.gyre.stream.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.stream.Job;
import dev.gyre.stream.Stream;
import dev.gyre.stream.io.Sinks;
import dev.gyre.stream.io.Sources;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What cannot run is refused when it is built, in words that say what to do. */
class GraphTest {
    @Test
    void emptyJobIsRefused() {
        assertThatThrownBy(() -> Job.named("j", flow -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("job \"j\" is empty: begin with source(…)");
    }

    @Test
    void streamWithoutAnEndIsRefused() {
        assertThatThrownBy(() -> Job.named("j", flow -> {
                    flow.source("a", Sources.of(1)).map(x -> x);
                    flow.source("b", Sources.of(1));
                }))
                .hasMessage(
                        "job \"j\": nothing takes the records of \"map\", \"b\": end the stream with sink(…) or discard()");
    }

    @Test
    void discardedStreamHasAnEnd() {
        assertThat(Job.named("j", flow -> flow.source("a", Sources.of(1)).discard())
                        .plan()
                        .stages())
                .hasSize(1);
    }

    @Test
    void twoOperatorsWithOneNameAreRefused() {
        assertThatThrownBy(() -> Job.named("j", flow -> {
                    flow.source("a", Sources.of(1)).discard();
                    flow.source("a", Sources.of(2)).discard();
                }))
                .hasMessage(
                        "job \"j\" has two operators named \"a\": state and progress are found by name, so rename one");
        assertThatThrownBy(() ->
                        Job.named("j", flow -> flow.source("a", Sources.of(1)).sink("a", Sinks.stdout())))
                .hasMessageContaining("has two operators named \"a\"");
    }

    @Test
    void blankNamesAreRefused() {
        assertThatThrownBy(() ->
                        Job.named("j", flow -> flow.source(" ", Sources.of(1)).discard()))
                .hasMessage("job \"j\": a source, a sink or an operator with state needs a name that is not empty");
        assertThatThrownBy(() ->
                        Job.named("j", flow -> flow.source("a", Sources.of(1)).sink("", Sinks.stdout())))
                .hasMessageContaining("needs a name that is not empty");
        assertThatThrownBy(() ->
                        Job.named("  ", flow -> flow.source("a", Sources.of(1)).discard()))
                .hasMessage("a job needs a name that is not empty");
    }

    @Test
    void streamOfAnotherJobIsRefused() {
        List<Stream<Integer>> other = new ArrayList<>();
        Job.named("one", flow -> {
            var stream = flow.source("a", Sources.of(1));
            stream.discard();
            other.add(stream);
        });
        assertThatThrownBy(() -> Job.named(
                        "two",
                        flow -> flow.source("b", Sources.of(1))
                                .union(other.getFirst())
                                .discard()))
                .hasMessage("\"union\" of job \"two\" takes \"a\" of another job: build both in one");
    }

    @Test
    void jobThatIsBuiltTakesNothingMore() {
        List<Stream<Integer>> late = new ArrayList<>();
        Job.named("j", flow -> {
            var stream = flow.source("a", Sources.of(1));
            stream.discard();
            late.add(stream);
        });
        assertThatThrownBy(() -> late.getFirst().map(x -> x))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("job \"j\" is built: \"map\" comes too late; add it in the function that defines the job");
    }

    @Test
    void keyGroupsAreChecked() {
        assertThatThrownBy(() -> Job.named(
                        "j", 100, flow -> flow.source("a", Sources.of(1)).discard()))
                .hasMessage("job \"j\": the number of key groups is a power of two from 2 to 65536, not 100");
    }
}

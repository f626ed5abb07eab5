package dev.gyre.maelstrom.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.simulation.RandomStreams;
import dev.gyre.core.simulation.Timeline;
import dev.gyre.maelstrom.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked, of whom and when, and what is made of the answers. */
class RescalerTest implements Rescaler.Target {
    private static final long INTERVAL = 1_000;
    private static final long THINKING = 10;

    private final Timeline timeline = new Timeline();
    private final List<Nemesis.Step> steps = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final List<Integer> workers = new ArrayList<>();
    private final List<String> brokenOff = new ArrayList<>();
    private List<String> nodes = List.of("n0", "n1", "n2");
    private List<String> live = nodes;

    /** Answers a node's request; nothing when it keeps silent. */
    private BiFunction<String, ObjectNode, Optional<ObjectNode>> answer =
            (node, request) -> Optional.of(Json.body("rescale_ok"));

    @Override
    public List<String> nodes() {
        return nodes;
    }

    @Override
    public List<String> live() {
        return live;
    }

    @Override
    public void ask(String node, ObjectNode request, long timeoutNanos, Consumer<Optional<ObjectNode>> over) {
        asked.add(node);
        assertThat(request.path("type").asText()).isEqualTo("rescale");
        workers.add(request.path("workers").asInt());
        assertThat(timeoutNanos).isEqualTo(INTERVAL);
        var reply = answer.apply(node, request);
        timeline.after(reply.isPresent() ? THINKING : timeoutNanos, () -> over.accept(reply));
    }

    @Override
    public void breakOff(String node, String sentence) {
        brokenOff.add(sentence);
    }

    private Rescaler rescaler(long seed) {
        return new Rescaler(timeline, this, INTERVAL, new RandomStreams(seed).fork("test"), steps::add);
    }

    private void runUntil(long nanos) {
        while (timeline.nextNanos().isPresent() && timeline.nextNanos().getAsLong() <= nanos) {
            timeline.advanceTo(timeline.nextNanos().getAsLong());
        }
    }

    @Test
    void anyNodeIsAskedForAnyNumberButTheLast() {
        rescaler(1).start();
        runUntil(300 * INTERVAL);

        assertThat(workers).hasSizeBetween(250, 350);
        for (int i = 1; i < workers.size(); i++) {
            assertThat(workers.get(i)).isNotEqualTo(workers.get(i - 1));
        }
        assertThat(new TreeSet<>(workers)).containsExactly(1, 2, 3);
        assertThat(new TreeSet<>(asked)).containsExactly("n0", "n1", "n2");
        assertThat(new HashSet<>(steps)).contains(new Nemesis.Step("rescale", true, "by n1 to 3 workers"));
    }

    @Test
    void nodesThatAreDownAreNotAsked() {
        live = List.of("n0", "n2");
        rescaler(1).start();
        runUntil(100 * INTERVAL);

        assertThat(new TreeSet<>(asked)).containsExactly("n0", "n2");
        // the number of workers does not depend on who is up
        assertThat(new TreeSet<>(workers)).containsExactly(1, 2, 3);
    }

    @Test
    void whenNoNodeIsUpOneIsAskedInVain() {
        live = List.of();
        answer = (node, request) -> Optional.empty();
        rescaler(1).start();
        runUntil(INTERVAL);

        assertThat(steps.getLast().description()).isEqualTo("unknown");
    }

    @Test
    void aSingleNodeIsAskedForOneWorkerAgainAndAgain() {
        nodes = List.of("n0");
        live = nodes;
        rescaler(1).start();
        runUntil(20 * INTERVAL);

        assertThat(workers).hasSizeGreaterThan(5).containsOnly(1);
        assertThat(steps.getFirst().description()).isEqualTo("by n0 to 1 worker");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"type":"rescale_ok"}                          | committed |
            {"type":"error","code":11,"text":"not now"}    | refused   | 11 temporarily-unavailable: not now
            {"type":"error","code":14}                     | refused   | 14 abort
            {"type":"error","code":13,"text":"oh"}         | unknown   | 13 crash: oh
            {"type":"error","code":0}                      | unknown   | 0 timeout
            {"type":"error","code":"x"}                    | unknown   | neither rescale_ok nor an error with a code
            {"type":"total_ok","value":3}                  | unknown   | answered with {"type":"total_ok","value":3}
            NONE                                           | unknown   | in time
            """)
    void anAnswerIsAnOutcome(String reply, String ending, String error) throws Exception {
        var body = reply.equals("NONE") ? Optional.<ObjectNode>empty() : Optional.of((ObjectNode) Json.parse(reply));
        answer = (node, request) -> body;
        rescaler(1).start();
        runUntil(INTERVAL);

        var end = steps.get(1);
        assertThat(end.begins()).isFalse();
        assertThat(end.description()).isEqualTo(ending);
        assertThat(end.error().orElse("")).contains(error == null ? "" : error);
        assertThat(end.error().isPresent()).isEqualTo(error != null);
        assertThat(brokenOff).isEmpty();
    }

    @Test
    void aNodeThatDoesNotKnowTheRequestEndsTheRun() {
        answer = (node, request) -> Optional.of(Json.body("error").put("code", 10));
        rescaler(1).start();
        runUntil(THINKING);

        assertThat(brokenOff).singleElement().asString().contains(asked.getFirst(), "cannot be rescaled", "--nemesis");
    }

    @Test
    void oneIsAskedForAtATimeAndTheNextWithinTwiceTheInterval() {
        answer = (node, request) -> asked.size() % 2 == 0 ? Optional.empty() : Optional.of(Json.body("rescale_ok"));
        var rescaler = rescaler(2);
        rescaler.start();
        assertThat(rescaler.active().orElseThrow()).startsWith("by n");
        runUntil(50 * INTERVAL);

        for (int i = 0; i < steps.size(); i++) {
            assertThat(steps.get(i).begins()).isEqualTo(i % 2 == 0);
        }
        // with a wait of one interval for half of them
        assertThat(asked).hasSizeBetween(20, 50);
    }

    @Test
    void stopWaitsForTheOneUnderWayAndNothingFollows() {
        var rescaler = rescaler(3);
        var rested = new ArrayList<Long>();
        rescaler.start();
        runUntil(THINKING / 2);
        rescaler.stop(() -> rested.add(timeline.nowNanos()));
        assertThat(rested).isEmpty();
        runUntil(50 * INTERVAL);

        assertThat(rested).containsExactly(THINKING);
        assertThat(steps).hasSize(2);
        assertThat(rescaler.active()).isEmpty();
    }

    @Test
    void stopBetweenTwoIsAtOnce() {
        var rescaler = rescaler(3);
        var rested = new ArrayList<Long>();
        rescaler.start();
        runUntil(THINKING);
        rescaler.stop(() -> rested.add(timeline.nowNanos()));
        assertThat(rested).containsExactly(THINKING);
        runUntil(50 * INTERVAL);

        assertThat(asked).hasSize(1);
    }

    @Test
    void theSeedFixesWhatIsAsked() {
        rescaler(5).start();
        runUntil(30 * INTERVAL);
        var first = List.copyOf(steps);

        var again = new RescalerTest();
        again.rescaler(5).start();
        again.runUntil(30 * INTERVAL);
        assertThat(again.steps).isEqualTo(first);

        var other = new RescalerTest();
        other.rescaler(6).start();
        other.runUntil(30 * INTERVAL);
        assertThat(other.steps).isNotEqualTo(first);
    }
}

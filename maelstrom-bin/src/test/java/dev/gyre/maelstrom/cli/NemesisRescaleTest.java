package dev.gyre.maelstrom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.maelstrom.fixture.FixtureNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code --nemesis rescale}, simulated and with processes. */
class NemesisRescaleTest extends CommandLineTest {
    private static final String FIXTURE = "dev.gyre.maelstrom.fixture.";
    private static final String SIMULATE = "simulate -w echo --node-count 3 --time-limit 20 --nemesis-interval 2";

    private Path latest() throws Exception {
        return store().resolve("latest").toRealPath();
    }

    @Test
    void simulatedNodesThatCanAreRescaled() {
        assertThat(command(SIMULATE + " --seeds 5 --nemesis rescale --service " + FIXTURE + "RescaledEcho"))
                .as(err())
                .isZero();
        assertThat(out()).contains("5 seeds hold");
    }

    @Test
    void nodesThatCannotAreToldOfInASentence() {
        assertThat(command(SIMULATE + " --seeds 1 --nemesis rescale --service " + FIXTURE + "UserServices$Right"))
                .isOne();
        assertThat(out())
                .containsPattern("Node n[0-2] cannot be rescaled: it answered rescale with error 10 not-supported")
                .contains("leave rescale out of --nemesis");
    }

    @Test
    void allDoesNotAskToRescaleUnlessThatIsNamedToo() {
        assertThat(command(SIMULATE + " --seeds 4 --nemesis all --service " + FIXTURE + "UserServices$Right"))
                .as(out())
                .isZero();
        assertThat(command(SIMULATE + " --seeds 1 --nemesis all,rescale --service " + FIXTURE + "UserServices$Right"))
                .isOne();
        assertThat(out()).contains("cannot be rescaled");
    }

    @Test
    void aSeedFixesTheRescalesToTheByteAndPicturesShowThem() throws Exception {
        String failing =
                SIMULATE + " --seeds 1 --seed 4 --nemesis rescale,kill --service " + FIXTURE + "RescaledEcho -- wrong";
        command(failing);
        var first = latest();
        command(failing);
        assertThat(latest()).isNotEqualTo(first);
        for (var file : List.of("history.jsonl", "messages.jsonl", "timeline.html", "results.json", "rate.svg")) {
            assertThat(latest().resolve(file)).hasSameBinaryContentAs(first.resolve(file));
        }
        assertThat(first.resolve("history.jsonl")).content().contains("\"f\":\"start-rescale\",\"value\":\"by n");
        assertThat(first.resolve("timeline.html"))
                .content()
                .containsPattern("rescale by n[0-2] to [1-3] workers?: committed");
        assertThat(first.resolve("latency-raw.svg")).content().contains("rescale by n");
        assertThat(first.resolve("results.json")).content().containsPattern("\"committed-count\" : [1-9]");
        assertThat(first.resolve("test.json")).content().contains("\"rescale\"");

        command("replay " + first);
        assertThat(out()).startsWith("The history is the same, line by line. The verdict is the same.\n");
    }

    @Test
    void processesAreRescaledToo() throws Exception {
        assertThat(processes("RIGHT")).as(out() + err()).isZero();
        assertThat(err()).contains("fault begins: rescale by n", "fault ends: rescale committed");
        assertThat(latest().resolve("results.json")).content().containsPattern("\"committed-count\" : [1-9]");

        assertThat(processes("KNOWS_NO_RESCALE")).isOne();
        assertThat(out()).contains("cannot be rescaled: it answered rescale with error 10 not-supported: what?");
    }

    private int processes(String fault) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return command("test -w echo --time-limit 0.8 --rate 100 --node-count 2 --seed 2 --nemesis rescale"
                + " --nemesis-interval 0.2 --bin " + java + " -- -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "
                + System.getProperty("java.class.path") + " " + FixtureNode.class.getName() + " " + fault);
    }
}

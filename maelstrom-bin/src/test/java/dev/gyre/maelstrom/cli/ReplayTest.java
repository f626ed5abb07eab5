package dev.gyre.maelstrom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.maelstrom.fixture.FixtureNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code replay}, and what a failing seed of {@code simulate} leaves behind for it. */
class ReplayTest extends CommandLineTest {
    private static final String FAILING =
            "simulate -w echo --node-count 2 --time-limit 3 --seed 7 --seeds 3 --latency 20"
                    + " --nemesis partition --service dev.gyre.maelstrom.fixture.UserServices$Prefixing -- wrong";

    private static final String DRIFTING = FAILING.replace("Prefixing -- wrong", "Drifting");

    private Path latest() throws Exception {
        return store().resolve("latest").toRealPath();
    }

    @Test
    void failingSeedLeavesItsRunAndTheLineThatRepeatsIt() throws Exception {
        assertThat(command(FAILING)).isOne();

        assertThat(latest())
                .isDirectoryContaining("glob:**results.edn")
                .isDirectoryContaining("glob:**history.jsonl")
                .isDirectoryContaining("glob:**messages.svg")
                .isDirectoryContaining("glob:**timeline.html")
                .isDirectoryContaining("glob:**run.json");
        assertThat(out())
                .contains("Seed 7 does not hold, after 0 that do.")
                .contains("\nmaelstrom replay " + store().resolve("echo").resolve(latest().getFileName()) + "\n")
                .endsWith(ReportPrinter.BAD + "\n")
                .doesNotContain("not deterministic");
        assertThat(Files.readAllLines(latest().resolve("history.jsonl"))).hasSizeGreaterThan(10);
    }

    @Test
    void replayOfASimulatedRunIsTheSame() throws Exception {
        command(FAILING);
        var first = latest();

        assertThat(command("replay " + first)).isOne();
        assertThat(out())
                .startsWith("The history is the same, line by line. The verdict is the same.\n")
                .contains("wrongPlease echo")
                .endsWith(ReportPrinter.BAD + "\n");
        assertThat(latest()).isNotEqualTo(first);

        // a replay can be replayed, is what is replayed without a name, and may show more
        assertThat(command("replay --log-net-send")).isOne();
        assertThat(out()).startsWith("The history is the same, line by line. The verdict is the same.\n");
        assertThat(err()).contains("--seed 7").contains("send 3 ");
    }

    @Test
    void replayNamesTheFirstLineThatDiffers() throws Exception {
        command(FAILING);
        var file = latest().resolve("history.jsonl");
        var lines = Files.readAllLines(file);
        lines.set(3, "changed");
        Files.write(file, lines.subList(0, 5));
        Files.writeString(latest().resolve("results.json"), "{\"valid?\": true}");

        assertThat(command("replay")).isOne();
        assertThat(out())
                .startsWith("The history is not the same: line 4 of " + file + " differs.")
                .contains("\n  stored: changed\n  now:    {\"index\":3,")
                .contains("The verdict is not the same: valid was true, and is false.");

        lines.set(3, Files.readAllLines(latest().resolve("history.jsonl")).get(3));
        Files.write(latest().resolve("history.jsonl"), lines.subList(0, 5));
        command("replay");
        assertThat(out()).contains("line 6 of ").contains("  stored: (the end)");
    }

    @Test
    void serviceThatIsNotDeterministicIsCalledSo() {
        assertThat(command(DRIFTING)).isOne();
        assertThat(out()).contains("It went another way when it was run again, so the service is not deterministic");

        command("replay");
        assertThat(out()).startsWith("The history is not the same: line ");
    }

    @Test
    void replayWithProcessesSaysWhatASeedFixes() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var node = List.of(
                "test -w echo --time-limit 0.3 --rate 100 --node-count 1 --seed 3 --bin " + java,
                "--",
                "-XX:TieredStopAtLevel=1 -Dread=- -cp " + System.getProperty("java.class.path"),
                FixtureNode.class.getName() + " RIGHT");
        assertThat(command(String.join(" ", node))).isZero();
        var first = latest();

        assertThat(command("replay " + first)).isZero();
        assertThat(out())
                .startsWith("The seed fixed what clients did and which faults struck, not how the machine scheduled the"
                        + " processes. The verdict is the same.\n")
                .endsWith(ReportPrinter.GOOD + "\n");
        assertThat(err()).contains("echo on 1 node, --seed 3");
        assertThat(latest()).isNotEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -                                             | there is no such folder; name that of a run
            not JSON                                      | is not JSON
            {}                                            | names no command; was it changed by hand?
            {"command":"dance"}                           | names the command "dance", which cannot be replayed
            {"command":"test","flags":[1]}                | "flags" that are not all texts
            {"command":"test","flags":["--bins","x"]}     | has flags that this version does not take
            {"command":"test","flags":["--bin","/nowhere/x"]} | there is no such file
            {"command":"simulate","flags":["--bin","echos"]}  | Did you mean echo?
            """)
    void runThatCannotBeReadIsOneLineThatSaysWhatToDo(String text, String problem) throws Exception {
        var stored = folder().resolve("stored");
        if (!text.equals("-")) {
            Files.createDirectory(stored);
            Files.writeString(stored.resolve("run.json"), text);
        }

        assertThat(command("replay FOLDER/stored")).isEqualTo(254);
        assertThat(err().lines().filter(it -> !it.startsWith("replaying ")))
                .singleElement()
                .asString()
                .startsWith("maelstrom: ")
                .contains(problem);
        assertThat(out()).isEmpty();
    }

    @Test
    void withoutAnyRunReplaySaysWhereItLooked() throws Exception {
        assertThat(command("replay")).isEqualTo(254);
        assertThat(err()).contains("latest: there is no such folder");

        Files.createDirectory(folder().resolve("empty"));
        assertThat(command("replay FOLDER/empty")).isEqualTo(254);
        assertThat(err()).contains("empty has no run.json");
    }
}

package dev.gyre.maelstrom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.maelstrom.workload.Workloads;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command line accepts and rejects; runs are tested elsewhere. */
class MaelstromTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            test -w echo                                     | --bin is missing
            test -w echo --bin /nowhere/node                 | there is no such file
            test -w echo --bin FOLDER                        | is a folder
            test -w echo --bin FOLDER/plain                  | chmod +x
            test -w brodcast --bin NODE                      | Did you mean broadcast?
            test --bin NODE -w nonsense                      | There are: broadcast, echo
            test -w echo --bin NODE --rat 5                  | unknown flag --rat. Did you mean --rate?
            test -w echo --bin NODE –rate 5                  | en-dash where hyphens belong, as text processors put it there; type --rate
            test -w echo --bin NODE —rate 5                  | em-dash where hyphens belong, as text processors put it there; type --rate
            test –w echo --bin NODE                          | type -w
            test -w echo --bin NODE -–rate 5                 | type --rate
            test -w echo --bin NODE --rate fast              | --rate
            test -w echo --bin NODE --rate -1                | --rate is a number of operations a second
            test -w echo --bin NODE --rate NaN               | --rate is a number of operations a second
            test -w echo --bin NODE --time-limit -1          | --time-limit is a number of seconds
            test -w echo --bin NODE --node-count 0           | --node-count is from 1 to 500
            test -w echo --bin NODE --concurrency 3m         | --concurrency is a number such as 4
            test -w echo --bin NODE --concurrency 0          | 1 to 10000 are possible
            test -w echo --bin NODE --latency -5             | --latency is a number of milliseconds
            test -w echo --bin NODE --latency-dist exponental | Did you mean exponential?
            test -w echo --bin NODE --nemesis partiton       | Did you mean partition?
            test -w echo --bin NODE --nemesis partition,     | unknown fault
            test -w echo --bin NODE --nemesis kill,clok      | unknown fault in --nemesis "clok"
            test -w echo --bin NODE --nemesis kill,clock     | breaks clocks and disks, which are ours in maelstrom simulate only
            simulate -w echo --bin echo --nemesis clok       | Did you mean clock?
            test -w echo --bin NODE --nemesis-interval 0     | above 0
            test -w echo --bin NODE --topology mesh          | grid, line, tree
            test -w echo --bin NODE --availability most      | a fraction from 0 to 1, or total
            test -w echo --bin NODE --availability 1.5       | a fraction from 0 to 1, or total
            test -w echo --bin NODE --consistency-models serialisable | Did you mean serializable?
            test -w echo --bin NODE --consistency-models read-committed,snapshot | unknown consistency model "snapshot"
            test -w echo --bin NODE --consistency-models read-committed, | unknown consistency model ""
            test -w txn-list-apend --bin NODE                | Did you mean txn-list-append?
            test -w lin-kw --bin NODE                        | Did you mean lin-kv?
            test -w echo --bin NODE --max-txn-length 0       | at least 1
            test -w echo --bin NODE --max-txn-length 100001  | at most 100000
            test -w echo --bin NODE --key-count 0            | at least 1
            test -w echo --bin NODE --key-count 100001       | at most 100000
            test -w echo --bin NODE --max-writes-per-key 0   | at least 1
            test -w echo --bin NODE --test-count 0           | at least 1
            test -w echo --bin NODE --seed x                 | --seed
            test -w echo --bin NODE stray                    | Arguments for the node come last, after --
            test -w echo --bin                               | --bin
            tset                                             | Did you mean test?
            challenge                                        | ID
            challenge 3z                                     | There are: 1, 2, 3a
            challenge 1 --bin /nowhere/node                  | there is no such file
            demo                                             | only maelstrom-bin/maelstrom knows where this project is
            demo --bin NODE                                  | only maelstrom-bin/maelstrom knows where this project is
            demo --bin /nowhere/node                         | there is no such file
            demo --bin FOLDER --file FOLDER/plain            | is a folder; name the executable in it
            demo --bin NODE --file FOLDER/none               | --file FOLDER/none: there is no such file
            demo --bin NODE --file FOLDER                    | is a folder; name a text
            demo --bin NODE --file NODE                      | cannot be read
            """)
    void whatCannotBeIsOneLineThatSaysWhatToDo(String command, String problem) throws Exception {
        Files.createFile(folder.resolve("plain"));

        int code = run(command.replace("NODE", node())
                .replace("FOLDER", folder.toString())
                .split(" "));

        assertThat(code).isEqualTo(254);
        assertThat(err()).startsWith("maelstrom: ").contains(problem.replace("FOLDER", folder.toString()));
        assertThat(err().lines().filter(it -> it.startsWith("maelstrom: "))).hasSize(1);
        assertThat(err()).doesNotContain("\tat ");
        assertThat(out.size()).isZero();
    }

    @Test
    void withoutACommandItSaysWhereToLook() {
        assertThat(run()).isEqualTo(254);
        assertThat(err()).contains("maelstrom --help");
    }

    @Test
    void helpNamesEveryFlagAndWhatASeedFixes() {
        assertThat(run("test", "--help")).isZero();
        assertThat(out())
                .contains("--bin", "--workload", "--node-count", "--time-limit", "--rate", "--concurrency", "--latency")
                .contains("--latency-dist", "--nemesis", "--nemesis-interval", "--topology", "--availability")
                .contains("--consistency-models", "--max-txn-length", "--key-count", "--max-writes-per-key")
                .contains("--log-stderr", "--log-net-send", "--log-net-recv", "--test-count", "--seed", "--final-wait")
                .contains("does not fix how the machine schedules")
                .contains(Workloads.names())
                .contains("Exit code: 0 valid; 1 invalid")
                .doesNotContain("${");
        assertThat(out().lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void eachCommandHasHelp() {
        assertThat(run("--help")).isZero();
        assertThat(out()).contains("test", "challenge");
        assertThat(run("challenge", "--help")).isZero();
        assertThat(out()).contains("3d");
        assertThat(run("--version")).isZero();
    }

    @Test
    void withoutItsLauncherAChallengeNeedsABinary() {
        assertThat(System.getProperty("gyre.home")).isNull();
        assertThat(run("challenge", "1")).isEqualTo(254);
        assertThat(err()).contains("--bin is missing");
    }

    private static String node() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private int run(String... arguments) {
        var console = new Console(print(out), print(err), false);
        return new Maelstrom(console, folder.resolve("store")).run(arguments);
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}

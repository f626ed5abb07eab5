package dev.gyre.maelstrom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.maelstrom.fixture.FixtureNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code analyze}: histories of the store, and histories of Jepsen. */
class AnalyzeTest extends CommandLineTest {
    /** Each line is written as {@code process type f value}. */
    private String jepsen(String lines) {
        var text = new StringBuilder();
        for (var line : lines.split(";", -1)) {
            var words = line.strip().split(" ", 4);
            text.append("{:process " + words[0] + ", :type :" + words[1] + ", :f :" + words[2] + ", :value " + words[3]
                    + "}\n");
        }
        return text.toString();
    }

    private int analyze(String history, String... flags) throws Exception {
        var file = folder().resolve("history.edn");
        Files.writeString(file, history);
        var arguments = new String[flags.length + 2];
        arguments[0] = "analyze";
        arguments[1] = file.toString();
        System.arraycopy(flags, 0, arguments, 2, flags.length);
        return run(arguments);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            0 invoke read nil; 0 ok read nil; 0 invoke write 1; 1 invoke read nil; 1 ok read 1; 0 ok write 1 | 0 | 3 operations
            0 invoke write 1; 0 ok write 1; 1 invoke read nil; 1 ok read nil | 1 | read answered nil
            0 invoke write 1; 0 ok write 1; 1 invoke cas [1 2]; 1 ok cas [1 2]; 0 invoke read nil; 0 ok read 2 | 0 |
            0 invoke write 1; 0 ok write 1; 1 invoke cas [1 2]; 1 ok cas [1 2]; 0 invoke read nil; 0 ok read 1 | 1 | read answered 1
            0 invoke write 1; 0 ok write 1; 1 invoke cas [2 3]; 1 fail cas [2 3]; 0 invoke read nil; 0 ok read 1 | 0 |
            0 invoke write 1; 0 info write 1; 1 invoke read nil; 1 ok read 1; 1 invoke read nil; 1 ok read nil | 1 |
            0 invoke write 1; 1 invoke read nil; 1 ok read 1 | 0 |
            0 invoke cas [nil 1]; 0 ok cas [nil 1]; 0 invoke write nil; 0 ok write nil; 0 invoke read nil; 0 ok read nil | 0 |
            0 invoke write [:a 1]; 0 ok write [:a 1]; 1 invoke read [:a nil]; 1 ok read [:a 1]; 1 invoke cas [:a [1 2]]; 1 ok cas [:a [1 2]] | 0 | 1 key checked
            0 invoke write [:a 1]; 0 ok write [:a 1]; 1 invoke read [:b nil]; 1 ok read [:b 1] | 1 | Key :b: Not linearizable: read answered 1
            0 invoke txn [[:append 1 1]]; 0 ok txn [[:append 1 1]]; 1 invoke txn [[:r 1 nil]]; 1 ok txn [[:r 1 [1]]] | 0 |
            0 invoke txn [[:append 1 1]]; 0 ok txn [[:append 1 1]]; 1 invoke txn [[:r 1 nil]]; 1 ok txn [[:r 1 []]] | 1 | Not strict-serializable
            0 invoke txn [[:append :x 1]]; 0 fail txn [[:append :x 1]]; 1 invoke txn [[:r :x nil]]; 1 ok txn [[:r :x [1]]] | 1 | G1a
            0 invoke txn [[:w 1 1]]; 0 ok txn [[:w 1 1]]; 1 invoke txn [[:r 1 nil] [:w 2 1]]; 1 ok txn [[:r 1 1] [:w 2 1]] | 0 |
            0 invoke txn [[:w 1 1]]; 0 ok txn [[:w 1 1]]; 1 invoke txn [[:r 1 nil]]; 1 ok txn [[:r 1 7]] | 1 | Not strict-serializable
            0 invoke txn [[:w 1 1]]; 0 fail txn [[:w 1 1]]; 1 invoke txn [[:r 1 nil]]; 1 ok txn [[:r 1 1]] | 1 | G1a
            """)
    void historiesOfJepsenAreJudged(String lines, int code, String said) throws Exception {
        assertThat(analyze(jepsen(lines))).as(err() + out()).isEqualTo(code);
        assertThat(out()).endsWith((code == 0 ? ReportPrinter.GOOD : ReportPrinter.BAD) + "\n");
        if (said != null) {
            assertThat(out()).contains(said);
        }

        // the same as one vector, of records, with a nemesis, times and indexes
        var vector = "[" + jepsen(lines).replace("{:process", "#jepsen.history.Op{:index 1, :process")
                + "{:process :nemesis, :type :info, :f :start, :value nil}]";
        assertThat(analyze(vector)).isEqualTo(code);
    }

    @Test
    void weakerModelsMayHold() throws Exception {
        var stale = jepsen("0 invoke txn [[:append 1 1]]; 0 ok txn [[:append 1 1]]; 1 invoke txn [[:r 1 nil]];"
                + " 1 ok txn [[:r 1 nil]]");

        assertThat(analyze(stale)).isOne();
        assertThat(analyze(stale, "--consistency-models", "serializable")).isZero();
        assertThat(analyze(stale, "--model", "list-append")).isOne();
    }

    @Test
    void timesOfTheFileAreUsedWhenTheyCanBe() throws Exception {
        var lines = jepsen("0 invoke write 1; 0 ok write 1; 1 invoke read nil; 1 ok read nil")
                .lines()
                .toList();
        var timed = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            timed.append(lines.get(i).replace("}", ", :time " + (i + 1) * 1_000_000_000L + "}\n"));
        }

        assertThat(analyze(timed.toString())).isOne();
        assertThat(out()).contains("3 s to 4 s");
        assertThat(analyze(timed.toString().replace(":time 4000000000", ":time 5")))
                .isOne();
        assertThat(out()).doesNotContain("3 s to 4 s");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {:process 0                                             | history.edn:1:1: { is never closed
            {:process 0} ]                                          | history.edn:1:1: :f is a keyword, such as :read, not nil
            7                                                       | history.edn:1:1: an operation is a map, not 7
            {:type :invoke, :f :read, :value nil}                   | history.edn:1:1: the operation has no :process
            {:type :invoke, :f :read, :process :client}             | :process is an integer of 32 bits, or :nemesis, not :client
            {:type :invoke, :f :read, :process 5000000000}          | :process is an integer of 32 bits
            {:type :ok, :f :read, :process 0, :value 1}             | history.edn:1:1: process 0 completes read, which it has not invoked
            {:type :okay, :f :read, :process 0, :value 1}           | history.edn:1:1: unknown :type :okay; there are :invoke, :ok, :fail, :info
            {:type :invoke, :f :read, :process 0} {:type :invoke, :f :read, :process 0} | history.edn:1:39: process 0 invokes read, but its read of
            {:type :invoke, :f :read, :process 0} {:type :ok, :f :write, :process 0}    | completes write, but it invoked read
            {:type :invoke, :f :enqueue, :process 0, :value 1}      | :f :enqueue belongs to none of the models; there are: cas-register, list-append, rw-register
            {:type :invoke, :f :cas, :process 0, :value 1}          | the :value of :cas is [from to], not 1
            {:type :invoke, :f :txn, :process 0, :value 1}          | the :value of :txn is a vector of [f key value], not 1
            {:type :invoke, :f :txn, :process 0, :value [[:w 1]]}   | an operation in a transaction is [f key value], not [:w 1]
            {:type :invoke, :f :txn, :process 0, :value [[:w 1 "a"]]} | values in transactions are integers of 64 bits, not "a"
            {:type :invoke, :f :txn, :process 0, :value [[:w 1 2] [:append 1 3]]} | rw-register has :w and :r, not :append
            {:type :invoke, :f :txn, :process 0, :value [[:append 1 2] [:w 1 3]]} | list-append has :append and :r, not :w
            ; nothing                                               | has no operations of clients; is it a history?
            """)
    void historyThatCannotBeReadIsOneLineThatSaysWhere(String history, String problem) throws Exception {
        assertThat(analyze(history)).isEqualTo(254);
        assertThat(err().strip()).startsWith("maelstrom: ").contains(problem).hasLineCount(1);
        assertThat(out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            analyze                                        | latest: there is no such folder; run something first
            analyze FOLDER/missing.edn                     | there is no such file; check the path
            analyze FOLDER/history.edn --model list-apend  | unknown model "list-apend". Did you mean list-append?
            analyze FOLDER/history.edn --model lists       | There are: cas-register, list-append, rw-register
            analyze FOLDER/history.edn --model rw-register | transactions are :txn, not :read
            analyze FOLDER/history.edn --consistency-models serialisable | Did you mean serializable?
            analyze FOLDER/binary.edn                      | is no text in UTF-8
            analyze FOLDER                                 | has no run.json
            analyze FOLDER --model rw-register             | --model is for a file with a history
            analyze FOLDER/history.edn stray               | what is "stray"?
            """)
    void whatCannotBeAnalyzedIsOneLineThatSaysWhatToDo(String command, String problem) throws Exception {
        Files.writeString(folder().resolve("history.edn"), jepsen("0 invoke read nil"));
        Files.write(folder().resolve("binary.edn"), new byte[] {'[', (byte) 0xFF, (byte) 0xFE});

        assertThat(command(command)).isEqualTo(254);
        assertThat(err().strip()).startsWith("maelstrom: ").contains(problem).hasLineCount(1);
        assertThat(out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"g-counter,counter,STALE_COUNTER", "kafka,-,FORGETS", "broadcast,-,DIES"})
    void analysisOfAStoredRunPrintsWhatTheTestHasPrinted(String workload, String read, String fault) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        int code = command("test -w " + workload + " --time-limit 0.5 --rate 200 --node-count 1 --final-wait 0.1 --bin "
                + java + " -- -XX:TieredStopAtLevel=1 -Dread=" + read + " -cp " + System.getProperty("java.class.path")
                + " "
                + FixtureNode.class.getName() + " " + fault);
        var printed = out();

        assertThat(command("analyze")).isEqualTo(code);
        if (fault.equals("DIES")) { // its log and its line are told once
            assertThat(printed).startsWith(out().lines().findFirst().orElseThrow());
        } else {
            assertThat(out()).isEqualTo(printed);
        }
    }

    @Test
    void analysisOfAChangedHistoryFindsWhatIsWrong() throws Exception {
        assertThat(command(
                        "simulate -w g-set --bin g-set --node-count 3 --time-limit 30 --rate 20 --seeds 1 --availability 1.0"
                                + " --nemesis pause --nemesis-interval 4 --seed 3"))
                .isOne();
        var history = store().resolve("latest/history.jsonl");
        assertThat(command("analyze")).isOne();
        assertThat(out()).contains("was served, less than the 1.0 required");

        Files.writeString(history, Files.readString(history).replaceFirst("\"value\":\\[[0-9]+", "\"value\":[777"));
        assertThat(command("analyze")).isOne();
        assertThat(out()).contains("777");
        Files.writeString(history, "{");
        assertThat(command("analyze")).isEqualTo(254);
        assertThat(err()).contains("history.jsonl:1: this is not JSON");
        Files.delete(history);
        assertThat(command("analyze")).isEqualTo(254);
        assertThat(err()).contains("there is no such file; did the run come to its end?");
    }
}

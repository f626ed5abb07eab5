package dev.gyre.maelstrom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.checker.elle.ConsistencyModel;
import dev.gyre.maelstrom.workload.Workloads;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class KeyFlagsTest {
    private static TestSettings settings(String... arguments) {
        var flags = new TestFlags();
        CommandLine.populateCommand(flags, arguments);
        return flags.simulated("node", 1);
    }

    @Test
    void modelsAreSeparatedByCommasAndMayHaveOtherNames() {
        assertThat(settings("--bin", "x", "-w", "txn-rw-register", "--consistency-models", "read-committed, PL-3")
                        .options()
                        .models())
                .containsExactly(ConsistencyModel.READ_COMMITTED, ConsistencyModel.SERIALIZABLE);
    }

    @Test
    void flagsReachTheWorkload() {
        var options = settings(
                        "--bin",
                        "x",
                        "--key-count",
                        "3",
                        "--max-writes-per-key",
                        "7",
                        "--max-txn-length",
                        "2",
                        "--latency",
                        "20",
                        "--rate",
                        "30",
                        "--concurrency",
                        "2n")
                .options();

        assertThat(options.keys()).isEqualTo(new Workloads.Keys(3, 7, 2));
        assertThat(options.clients()).isEqualTo(new Workloads.Clients(10, 30, 20_000_000));
    }

    @Test
    void defaultsAreThoseOfSettingsWithoutFlags() {
        var options = settings("--bin", "x").options();

        assertThat(options).isEqualTo(new Workloads.Settings(options.nodes(), options.topology()));
    }
}

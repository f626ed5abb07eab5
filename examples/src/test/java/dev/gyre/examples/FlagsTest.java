package dev.gyre.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gyre.examples.broadcast.BroadcastNode;
import dev.gyre.examples.counter.GCounterNode;
import dev.gyre.examples.counter.PnCounterNode;
import dev.gyre.examples.echo.EchoNode;
import dev.gyre.examples.gset.GSetNode;
import dev.gyre.examples.kafka.KafkaNode;
import dev.gyre.examples.linkv.LinKvProxyNode;
import dev.gyre.examples.lock.LockNode;
import dev.gyre.examples.raftkafka.RaftKafkaNode;
import dev.gyre.examples.raftkv.RaftKvNode;
import dev.gyre.examples.raftlock.RaftLockNode;
import dev.gyre.examples.rafttxn.RaftTxnNode;
import dev.gyre.examples.txn.TxnRwRegisterNode;
import dev.gyre.examples.uniqueids.UniqueIdsNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FlagsTest {
    private static int port(String... args) {
        return Flags.read(flags -> flags.integer("--port", 80, 1, 99), args);
    }

    private static String colour(String... args) {
        return Flags.read(flags -> flags.oneOf("--colour", "red", Map.of("red", "#f00")), args);
    }

    @Test
    void flagThatIsAbsentHasItsDefault() {
        assertThat(port()).isEqualTo(80);
        assertThat(colour()).isEqualTo("#f00");
    }

    @Test
    void valueIsTakenFromWhatFollowsTheFlag() {
        assertThat(port("--port", "7")).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "100", "seven", "99999999999", ""})
    void valueThatIsNoNumberInRangeIsRefused(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> port("--port", value))
                .withMessage("--port is a whole number from 1 to 99, not \"" + value + "\"");
    }

    @Test
    void valueThatIsNoneOfTheChoicesIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> colour("--colour", "blue"))
                .withMessage("--colour is one of red, not \"blue\"");
    }

    @Test
    void flagWithoutADefaultIsKnownToBeThere() {
        assertThat(Flags.<Boolean>read(flags -> flags.isGiven("--port"), "--port", "7"))
                .isTrue();
        assertThat(Flags.<Boolean>read(flags -> flags.isGiven("--port"))).isFalse();
    }

    @Test
    void flagThatNobodyAskedForIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> port("--prot", "7"))
                .withMessage("unknown flag --prot; this node takes --port");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Flags.read(flags -> 0, "extra"))
                .withMessage("unknown flag extra; this node takes none");
    }

    @Test
    void flagThatIsThereTwiceIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> port("--port", "7", "--port", "8"))
                .withMessage("--port is there twice; leave one out");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                EchoNode.class,
                UniqueIdsNode.class,
                BroadcastNode.class,
                GSetNode.class,
                GCounterNode.class,
                PnCounterNode.class,
                KafkaNode.class,
                TxnRwRegisterNode.class,
                RaftKvNode.class,
                RaftKafkaNode.class,
                RaftLockNode.class,
                RaftTxnNode.class,
                LinKvProxyNode.class,
                LockNode.class
            })
    void nodeWithAnUnknownFlagEndsBeforeItReadsAnything(Class<?> node) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), node.getName(), "--frobnicate", "1")
                .start();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS))
                    .as("ends although its input is open")
                    .isTrue();
            assertThat(process.exitValue()).isEqualTo(2);
            assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("error: unknown flag --frobnicate; this node takes ")
                    .hasLineCount(1);
            assertThat(process.getInputStream().readAllBytes()).isEmpty();
        } finally {
            process.destroyForcibly();
        }
    }
}

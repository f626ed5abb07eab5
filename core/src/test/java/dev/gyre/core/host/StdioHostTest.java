package dev.gyre.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.Event;
import dev.gyre.core.InvariantViolation;
import dev.gyre.core.Network;
import dev.gyre.core.ServiceFactory;
import dev.gyre.core.StorageException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StdioHostTest {
    private static final String INIT =
            "{'src':'c0','dest':'n1','body':{'type':'init','msg_id':1,'node_id':'n1','node_ids':['n1','n2']}}\n";
    private static final String INIT_OK = "{'src':'n1','dest':'c0','body':{'type':'init_ok','in_reply_to':1}}\n";
    private static final String ECHO = "{'src':'c1','dest':'n1','body':{'type':'echo','msg_id':2,'echo':'hi'}}\n";
    private static final String ECHO_OK =
            "{'src':'n1','dest':'c1','body':{'type':'echo_ok','in_reply_to':2,'echo':'hi'}}\n";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private static InputStream lines(String... lines) {
        return new ByteArrayInputStream(
                String.join("", lines).replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream failingInput() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Input/output error");
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                return read();
            }
        };
    }

    private int run(ServiceFactory<EchoService.Msg, Void> factory, InputStream in) {
        return new StdioHost<>(EchoService.Msg.class, factory, List.of()).run(in, out);
    }

    private String echo(String... lines) {
        assertThat(run(node -> new EchoService(), lines(lines))).isEqualTo(StdioHost.EXIT_OK);
        return out.toString(StandardCharsets.UTF_8).replace('"', '\'');
    }

    @Test
    void nodeAnswersInitThenRequestsAndEndsWithItsInput() {
        assertThat(echo(INIT, ECHO)).isEqualTo(INIT_OK + ECHO_OK);
    }

    @Test
    void whoIsBusyWithWhatWaitsIsHeardMeanwhile() {
        var taken = new AtomicInteger();
        var takenAtFirstEcho = new AtomicInteger();
        var heard = new OutputStream() {
            @Override
            public void write(int each) {
                throw new UnsupportedOperationException("a node writes whole lines");
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                if (new String(bytes, from, length, StandardCharsets.UTF_8).contains("echo_ok")) {
                    takenAtFirstEcho.compareAndSet(0, taken.get());
                }
            }
        };
        ServiceFactory<EchoService.Msg, Void> factory = node -> {
            var echo = new EchoService();
            return (event, network) -> {
                LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
                taken.incrementAndGet();
                echo.step(event, network);
            };
        };

        assertThat(new StdioHost<>(EchoService.Msg.class, factory, List.of()).run(lines(INIT, ECHO.repeat(300)), heard))
                .isEqualTo(StdioHost.EXIT_OK);
        assertThat(takenAtFirstEcho.get()).isBetween(1, 100);
    }

    @Test
    void messagesBeforeInitAreKeptUntilAfterInitOk() {
        assertThat(echo(ECHO, INIT)).isEqualTo(INIT_OK + ECHO_OK);
    }

    @Test
    void whatTheFactorySendsLeavesAfterInitOk() {
        run(
                node -> {
                    node.network().send("n2", new EchoService.Msg.Echo("early"));
                    return new EchoService();
                },
                lines(INIT));
        assertThat(out.toString(StandardCharsets.UTF_8).replace('"', '\''))
                .isEqualTo(INIT_OK + "{'src':'n1','dest':'n2','body':{'type':'echo','echo':'early'}}\n");
    }

    @Test
    void lastLineNeedsNoBreak() {
        assertThat(echo(INIT, ECHO.stripTrailing())).isEqualTo(INIT_OK + ECHO_OK);
    }

    @Test
    void badLinesAreSkippedAndTheNextGoodOneIsServed() {
        assertThat(echo(INIT, "garbage\n", "\n", "{}\n", "{'src':'c1'\n", "[1,2]\n", "\u0000\n", ECHO))
                .isEqualTo(INIT_OK + ECHO_OK);
    }

    @Test
    void lineOfTenMegabytesIsSkippedWithoutBeingHeld() {
        var huge = "{'src':'c1','dest':'n1','body':{'type':'echo','msg_id':9,'echo':'" + "x".repeat(10 << 20) + "'}}\n";
        assertThat(echo(INIT, huge, ECHO)).isEqualTo(INIT_OK + ECHO_OK);
    }

    @Test
    void lineOfOneMegabyteIsServed() {
        var text = "x".repeat(1 << 20);
        var output = echo(INIT, "{'src':'c1','dest':'n1','body':{'type':'echo','msg_id':9,'echo':'" + text + "'}}\n");
        assertThat(output).hasSizeGreaterThan(1 << 20).endsWith(text + "'}}\n");
    }

    @Test
    void exceptionsAndStackOverflowsAreAnsweredAndTheNodeLivesOn() {
        var output = echo(
                INIT,
                "{'src':'c1','dest':'n1','body':{'type':'fail','msg_id':3,'how':'boom'}}\n",
                "{'src':'c1','dest':'n1','body':{'type':'fail','msg_id':4,'how':'stack overflow'}}\n",
                ECHO);
        assertThat(output)
                .contains("'in_reply_to':3,'code':13,'text':'n1 failed: java.lang.IllegalStateException: boom'")
                .contains("'in_reply_to':4,'code':13,'text':'n1 failed: java.lang.StackOverflowError'")
                .endsWith(ECHO_OK);
    }

    @Test
    void secondInitIsRefused() {
        assertThat(echo(INIT, INIT, ECHO))
                .contains("'code':22,'text':'this node has its id already'")
                .endsWith(ECHO_OK);
    }

    @Test
    void initThatDoesNotFitIsRefusedAndTheNextOneTaken() {
        var output = echo(
                "{'src':'c0','dest':'n1','body':{'type':'init','msg_id':1,'node_id':'n1'}}\n",
                "{'src':'c0','dest':'n1','body':{'type':'init','msg_id':1,'node_id':'n1','node_ids':['n2']}}\n",
                INIT,
                ECHO);
        assertThat(output)
                .contains("'src':'n1','dest':'c0'")
                .contains("'node_ids' is missing".replace("'", "\\'"))
                .contains("n1 is not among node_ids [n2]")
                .endsWith(INIT_OK + ECHO_OK);
    }

    @Test
    void factoryThatThrowsIsReportedToTheOneWhoAsked() {
        int code = run(
                node -> {
                    throw new IllegalArgumentException("--batch-ms wants a number, not x");
                },
                lines(INIT, ECHO));
        assertThat(code).isEqualTo(StdioHost.EXIT_FAILED);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("\"code\":13")
                .contains("--batch-ms wants a number, not x")
                .doesNotContain("init_ok");
    }

    @Test
    void inputThatEndsBeforeInitEndsTheNode() {
        assertThat(echo(ECHO)).isEmpty();
    }

    @Test
    void nodeEndsWhenNobodyReadsItsOutput() {
        var closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        var host = new StdioHost<EchoService.Msg, Void>(EchoService.Msg.class, node -> new EchoService(), List.of());
        assertThat(host.run(lines(INIT, ECHO), closed)).isEqualTo(StdioHost.EXIT_FAILED);
    }

    @Test
    void inputThatFailsIsTakenForItsEnd() {
        var failing = new SequenceInputStream(lines(INIT, ECHO), failingInput());
        assertThat(run(node -> new EchoService(), failing)).isEqualTo(StdioHost.EXIT_OK);
        assertThat(out.toString(StandardCharsets.UTF_8).replace('"', '\'')).isEqualTo(INIT_OK + ECHO_OK);
    }

    @Test
    void brokenInvariantStopsTheNode() {
        int code = run(
                node -> (event, network) -> {
                    throw new InvariantViolation("two leaders");
                },
                lines(INIT, ECHO));
        assertThat(code).isEqualTo(StdioHost.EXIT_BROKEN);
    }

    @Test
    void endOfInputReachesTheServiceAndWhatItSendsThenLeaves() {
        run(
                node -> (Event<EchoService.Msg, Void> event, Network<EchoService.Msg> network) -> {
                    if (event instanceof Event.EndOfInput) {
                        network.send("n2", new EchoService.Msg.Echo("bye"));
                    }
                },
                lines(INIT));
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("bye");
    }

    @Test
    void timersFireWhileTheInputIsSilent() {
        var input = new LinePipe();
        input.write(INIT.strip().replace('\'', '"'));
        var fired = new StringBuilder();
        int code = new StdioHost<EchoService.Msg, String>(
                        EchoService.Msg.class,
                        node -> {
                            node.timers().after(Duration.ofMillis(20), "second");
                            node.timers().after(Duration.ofMillis(10), "first");
                            return (event, network) -> {
                                if (event instanceof Event.Signal<EchoService.Msg, String>(String signal)) {
                                    fired.append(signal).append(' ');
                                    if (signal.equals("second")) {
                                        input.end();
                                    }
                                }
                            };
                        },
                        List.of())
                .run(input.in(), out);
        assertThat(code).isEqualTo(StdioHost.EXIT_OK);
        assertThat(fired).hasToString("first second ");
    }

    /** Keeps each text that it is asked to echo, and answers once it is on the disk with all that it has. */
    private static ServiceFactory<EchoService.Msg, Void> diary() {
        return node -> {
            var file = node.storage().open("diary");
            return (event, network) -> {
                if (event instanceof Event.Received<EchoService.Msg, Void>(var message)
                        && message.payload() instanceof EchoService.Msg.Echo(String text)) {
                    file.append(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
                    file.sync().whenDone(outcome -> {
                        var all = ByteBuffer.allocate((int) file.size());
                        file.read(0, all);
                        network.reply(
                                message, new EchoService.Msg.EchoOk(new String(all.array(), StandardCharsets.UTF_8)));
                    });
                }
            };
        };
    }

    private String diary(Path folder) {
        out.reset();
        var host = new StdioHost<>(EchoService.Msg.class, diary(), List.of()).dataIn(folder);
        assertThat(host.run(lines(INIT, ECHO), out)).isEqualTo(StdioHost.EXIT_OK);
        return out.toString(StandardCharsets.UTF_8).replace('"', '\'');
    }

    @Test
    void filesOutliveTheProcessAndTheNodeWaitsForItsSyncsBeforeItEnds(@TempDir Path folder) {
        assertThat(diary(folder)).isEqualTo(INIT_OK + ECHO_OK);
        assertThat(diary(folder)).isEqualTo(INIT_OK + ECHO_OK.replace("hi", "hihi"));
        assertThat(folder.resolve("n1").resolve("diary")).hasContent("hihi");
    }

    @Test
    void filesOfANodeWithoutAFolderLastAsLongAsIt() {
        assertThat(run(diary(), lines(INIT, ECHO, ECHO))).isEqualTo(StdioHost.EXIT_OK);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"hihi\"");
        out.reset();
        assertThat(run(diary(), lines(INIT, ECHO))).isEqualTo(StdioHost.EXIT_OK);
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("\"hihi\"");
    }

    @Test
    void folderOfAnotherNodeThatRunsIsNotTaken(@TempDir Path folder) {
        try (var other = new DirectoryStorage(folder.resolve("n1"), Runnable::run, Runnable::run)) {
            assertThat(other.list()).isEmpty();
            var host = new StdioHost<>(EchoService.Msg.class, diary(), List.of()).dataIn(folder);
            assertThat(host.run(lines(INIT, ECHO), out)).isEqualTo(StdioHost.EXIT_DISK);
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .contains("the service could not be made")
                    .contains("in use by another node");
        }
    }

    @Test
    void diskThatFailsEndsTheNodeWithACodeOfItsOwn() {
        ServiceFactory<EchoService.Msg, Void> failing = node -> (event, network) -> {
            throw new StorageException(StorageException.Kind.FAILED, "f cannot be written at offset 3");
        };
        assertThat(run(failing, lines(INIT, ECHO))).isEqualTo(StdioHost.EXIT_DISK);
    }
}

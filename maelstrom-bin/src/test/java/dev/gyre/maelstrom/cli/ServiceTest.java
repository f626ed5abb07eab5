package dev.gyre.maelstrom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code simulate --service}: nodes that are a user's own class. */
class ServiceTest extends CommandLineTest {
    private static final String SOURCE = """
            package outside;
            public final class Outside implements dev.gyre.core.Service<Outside.Msg, Void> {
                public sealed interface Msg {
                    record Echo(String echo) implements Msg {}
                    record EchoOk(String echo) implements Msg {}
                }
                public void step(dev.gyre.core.Event<Msg, Void> event, dev.gyre.core.Network<Msg> network) {
                    if (event instanceof dev.gyre.core.Event.Received<Msg, Void>(var message)
                            && message.payload() instanceof Msg.Echo(var text)) {
                        network.reply(message, new Msg.EchoOk(text));
                    }
                }
            }
            """;

    private static String simulate(String rest) {
        return "simulate -w echo --node-count 2 --time-limit 3 --seeds 3 "
                + rest.replace("SERVICES", "dev.gyre.maelstrom.fixture.UserServices");
    }

    @Test
    void classOfTheUserIsRun() {
        assertThat(command(simulate("--service SERVICES$Right"))).as(err()).isZero();
        assertThat(out()).contains("3 seeds hold");
    }

    @Test
    void argumentsReachTheServiceThroughItsContext() {
        assertThat(command(simulate("--service SERVICES$Prefixing"))).isZero();
        assertThat(command(simulate("--service SERVICES$Prefixing -- wrong"))).isOne();
        assertThat(out()).contains("wrongPlease echo");
    }

    @Test
    void serviceThatFailsAsItIsMadeIsAVerdict() {
        assertThat(command(simulate("--service SERVICES$Stillborn"))).isOne();
        assertThat(out()).contains("Node n0 threw java.lang.IllegalStateException: no luck today");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --service com.example.Nowhere                         | no such class; looked in the workbench's own class path alone
            --service com.example.Nowhere --class-path FOLDER     | FOLDER and the workbench's own
            --service SERVICES$Right --class-path FOLDER/missing  | missing: there is no such jar or folder
            --service java.lang.String                            | is not a Service; let the class implement dev.gyre.core.Service
            --service SERVICES$Base                               | is abstract
            --service SERVICES$Shy                                | no usable constructor; give it a public one that takes a NodeContext
            --service SERVICES$Vague                              | does not say what its payloads are
            --service SERVICES$Texting                            | java.lang.String is neither a record nor a sealed interface of records
            --service SERVICES$Unlucky                            | cannot be loaded: java.lang.NumberFormatException
            --service SERVICES$Right --bin echo                   | --bin and --service both say what nodes run
            --bin echo --class-path FOLDER                        | --class-path goes with --service
            --rate 4                                              | --bin is missing; name one of this project's nodes
            """)
    void whatCannotBeRunIsOneLineThatSaysWhatToDo(String flags, String problem) {
        assertThat(command(simulate(flags))).isEqualTo(254);
        assertThat(err().strip())
                .startsWith("maelstrom: ")
                .contains(problem.replace("FOLDER", folder().toString()))
                .hasLineCount(1);
        assertThat(out()).isEmpty();
    }

    @Test
    void classIsFoundInAFolderOfTheClassPath() throws Exception {
        compile("classes", "outside/Outside.java", SOURCE);

        assertThat(command(simulate("--service outside.Outside"))).isEqualTo(254);
        assertThat(command(simulate("--service outside.Outside --class-path FOLDER/classes")))
                .as(err())
                .isZero();
    }

    @Test
    void classThatNeedsAnotherSaysSo() throws Exception {
        compile("classes", "outside/Outside.java", SOURCE);
        Files.delete(folder().resolve("classes/outside/Outside$Msg.class"));

        assertThat(command(simulate("--service outside.Outside --class-path FOLDER/classes")))
                .isEqualTo(254);
        assertThat(err()).contains("cannot be loaded: ", "outside").contains("is all that it needs on --class-path");
    }

    private void compile(String into, String name, String source) throws Exception {
        var file = folder().resolve("source").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        var problems = new StringWriter();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var options = List.of(
                    "-proc:none",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-d",
                    Files.createDirectories(folder().resolve(into)).toString());
            var units = files.getJavaFileObjects(new Path[] {file});
            assertThat(compiler.getTask(problems, files, null, options, null, units)
                            .call())
                    .as(problems.toString())
                    .isTrue();
        }
    }
}

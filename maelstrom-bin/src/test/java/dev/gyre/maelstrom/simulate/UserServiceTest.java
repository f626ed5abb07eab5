package dev.gyre.maelstrom.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.Service;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserServiceTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void packageThatIsNotOpenIsNamedWithItsModule() throws Exception {
        var loader = closedModule();

        assertThatThrownBy(() -> UserService.load("closed.Node", loader, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs package closed of module closing, which is not open to reflection")
                .hasMessageContaining("opens closed;");
    }

    /** A module that opens nothing. It reads the class path, on which tests run. */
    private ClassLoader closedModule() throws Exception {
        write("module-info.java", "module closing { }");
        write(
                "closed/Node.java",
                "package closed; import dev.gyre.core.*; public class Node implements Service<Node.Msg, Void> {"
                        + " public sealed interface Msg { record A() implements Msg {} }"
                        + " public void step(Event<Msg, Void> event, Network<Msg> network) {} }");
        var out = folder.resolve("out");
        int code = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "-proc:none",
                        "--add-reads",
                        "closing=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        out.toString(),
                        folder.resolve("module-info.java").toString(),
                        folder.resolve("closed/Node.java").toString());
        assertThat(code).isZero();
        var boot = ModuleLayer.boot();
        var configuration = boot.configuration().resolve(ModuleFinder.of(out), ModuleFinder.of(), Set.of("closing"));
        var own = Service.class.getClassLoader();
        var control = ModuleLayer.defineModulesWithOneLoader(configuration, List.of(boot), own);
        var module = control.layer().findModule("closing").orElseThrow();
        control.addReads(module, own.getUnnamedModule());
        return module.getClassLoader();
    }

    private void write(String name, String text) throws Exception {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}

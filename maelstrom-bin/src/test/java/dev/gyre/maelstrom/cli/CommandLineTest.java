package dev.gyre.maelstrom.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Runs commands with a store of its own, and keeps what they print. */
abstract class CommandLineTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder = Path.of("");

    Path folder() {
        return folder;
    }

    Path store() {
        return folder.resolve("store");
    }

    int run(String... arguments) {
        out.reset();
        err.reset();
        return new Maelstrom(new Console(print(out), print(err), false), store()).run(arguments);
    }

    /** Runs a command whose words have no spaces in them. */
    int command(String words) {
        return run(words.replace("FOLDER", folder.toString()).split(" +"));
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}

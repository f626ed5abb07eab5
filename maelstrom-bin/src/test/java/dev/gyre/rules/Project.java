package dev.gyre.rules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the classes and sources of all modules are. */
final class Project {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final List<String> MODULES = List.of("core", "raft", "stream", "examples", "maelstrom-bin", "bench");

    private Project() {}

    /** The classes of all modules that are built, without their tests. */
    static JavaClasses classes() {
        return new ClassFileImporter()
                .importPaths(MODULES.stream()
                        .map(module -> ROOT.resolve(module).resolve("target/classes"))
                        .filter(Files::isDirectory)
                        .toList());
    }

    /** All Java sources, tests too. */
    static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .sorted()
                    .toList();
        }
    }

    /** A file by its path in the project. */
    static Path file(String path) {
        return ROOT.resolve(path);
    }

    /** A path as a reader of the project knows it. */
    static String name(Path file) {
        return ROOT.relativize(file).toString();
    }
}

package dev.gyre.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The documents show code that is compiled: each Java block stands in the file that it names, and each link leads somewhere. */
class DocumentsTest {
    private static final Pattern BLOCK =
            Pattern.compile("#\\+begin_src java :tangle (\\S+)\n(.*?)#\\+end_src", Pattern.DOTALL);
    private static final Pattern JAVADOC_BLOCK = Pattern.compile("<pre>\\{@code\n(.*?) \\* }</pre>", Pattern.DOTALL);
    private static final Pattern ORG_LINK = Pattern.compile("\\[\\[file:([^]]+)]");
    private static final Pattern MARKDOWN_LINK = Pattern.compile("]\\(([^)#:]+)\\)");

    private static final List<String> DOCUMENTS = List.of("README.org", "ARCHITECTURE.md", "HACKING.md");

    /** The code of a file, without comments and indentation. */
    private static List<String> code(List<String> lines) {
        return lines.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("/**") && !line.startsWith("*"))
                .toList();
    }

    @Test
    void codeOfTheReadmeStandsInTheFileThatItNames() throws IOException {
        var readme = Files.readString(Project.file("README.org"));
        var blocks = BLOCK.matcher(readme);
        int found = 0;
        while (blocks.find()) {
            found++;
            var source = code(Files.readAllLines(Project.file(blocks.group(1))));
            var shown = code(blocks.group(2).lines().toList());
            assertThat(Collections.indexOfSubList(source, shown))
                    .as("the lines shown, in %s:%n%s", blocks.group(1), String.join("\n", shown))
                    .isNotNegative();
        }
        assertThat(found).isGreaterThanOrEqualTo(2);
    }

    @Test
    void codeOfTheSimulatorsPageStandsInItsTest() throws IOException {
        var folder = "src/%s/java/dev/gyre/core/simulation/";
        var page = Files.readString(Project.file("core/" + folder.formatted("main") + "package-info.java"));
        var source =
                code(Files.readAllLines(Project.file("core/" + folder.formatted("test") + "SimulationPageTest.java")));
        var blocks = JAVADOC_BLOCK.matcher(page);
        int found = 0;
        while (blocks.find()) {
            found++;
            var shown = code(blocks.group(1)
                    .lines()
                    .map(line -> line.replaceFirst("^ \\* ?", ""))
                    .toList());
            assertThat(Collections.indexOfSubList(source, shown))
                    .as("the lines shown:%n%s", String.join("\n", shown))
                    .isNotNegative();
        }
        assertThat(found).isEqualTo(6);
    }

    @Test
    void linksLeadToFiles() throws IOException {
        List<Path> documents = new ArrayList<>();
        DOCUMENTS.forEach(name -> documents.add(Project.file(name)));
        try (var notes = Files.list(Project.file("docs/design"))) {
            notes.filter(note -> note.toString().endsWith(".md")).sorted().forEach(documents::add);
        }
        List<String> broken = new ArrayList<>();
        for (var document : documents) {
            var text = Files.readString(document);
            for (var pattern : List.of(ORG_LINK, MARKDOWN_LINK)) {
                var links = pattern.matcher(text);
                while (links.find()) {
                    if (!Files.exists(document.resolveSibling(links.group(1)))) {
                        broken.add(Project.name(document) + " -> " + links.group(1));
                    }
                }
            }
        }
        assertThat(broken).isEmpty();
    }
}

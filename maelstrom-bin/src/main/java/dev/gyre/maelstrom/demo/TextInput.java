package dev.gyre.maelstrom.demo;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The texts whose words are counted.
 *
 * @param path what nodes read: one file, or a folder of some; absolute
 * @param texts how many files they were
 * @param lines how many lines there are
 */
public record TextInput(Path path, int texts, long lines) {
    /** Files in the folder: enough that each of a few workers reads several, few enough for a position of each in every snapshot. */
    private static final int VOLUMES = 20;

    private static final List<String> ENDINGS = List.of(".md", ".org", ".java");
    private static final List<String> PASSED_OVER = List.of("target", "store", "node_modules");

    /** One file, which is read where it is. */
    public static TextInput file(Path file) throws IOException {
        return new TextInput(file.toAbsolutePath().normalize(), 1, linesOf(file).size());
    }

    /**
     * The documents and sources below a folder, copied into some larger files.
     *
     * @param copies is made, and filled
     */
    public static TextInput documentsOf(Path root, Path copies) throws IOException {
        var texts = textsBelow(root);
        Files.createDirectories(copies);
        var volumes = new ArrayList<BufferedWriter>();
        long count = 0;
        try {
            for (int i = 0; i < VOLUMES; i++) {
                volumes.add(Files.newBufferedWriter(copies.resolve(String.format(Locale.ROOT, "volume-%02d.txt", i))));
            }
            for (int i = 0; i < texts.size(); i++) {
                for (var line : linesOf(texts.get(i))) {
                    volumes.get(i % VOLUMES).append(line).append('\n');
                    count++;
                }
            }
        } finally {
            for (var volume : volumes) {
                volume.close();
            }
        }
        return new TextInput(copies.toAbsolutePath().normalize(), texts.size(), count);
    }

    private static List<String> linesOf(Path file) throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is no text in UTF-8, so its words cannot be counted; name another", e);
        }
    }

    private static List<Path> textsBelow(Path root) throws IOException {
        var texts = new ArrayList<Path>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                var name = String.valueOf(folder.getFileName());
                boolean isOurs = folder.equals(root) || !(name.startsWith(".") || PASSED_OVER.contains(name));
                return isOurs ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                var name = String.valueOf(file.getFileName());
                if (attributes.isRegularFile() && ENDINGS.stream().anyMatch(name::endsWith)) {
                    texts.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        texts.sort(null);
        return texts;
    }

    /** The files of a folder in the order of their names, without hidden ones; a file itself. */
    static List<Path> filesIn(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (var files = Files.list(path)) {
            return files.filter(file -> Files.isRegularFile(file)
                            && !String.valueOf(file.getFileName()).startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Counts the words, plainly: it must not share a line with what it is compared with. A word is a run of letters, in
     * lower case.
     */
    SortedMap<String, Long> plainCount() throws IOException {
        var counts = new TreeMap<String, Long>();
        for (var file : filesIn(path)) {
            for (var line : linesOf(file)) {
                var word = new StringBuilder();
                String text = line.toLowerCase(Locale.ROOT) + ' ';
                for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
                    int letter = text.codePointAt(i);
                    if (Character.isLetter(letter)) {
                        word.appendCodePoint(letter);
                    } else if (!word.isEmpty()) {
                        counts.merge(word.toString(), 1L, Long::sum);
                        word.setLength(0);
                    }
                }
            }
        }
        return counts;
    }

    /** What differs between two counts, a sentence a word, in the order of words. */
    static List<String> differences(Map<String, Long> plain, Map<String, Long> counted) {
        var words = new TreeMap<>(plain);
        words.putAll(counted);
        var differences = new ArrayList<String>();
        for (var word : words.sequencedKeySet()) {
            long should = plain.getOrDefault(word, 0L);
            long is = counted.getOrDefault(word, 0L);
            if (should != is) {
                differences.add(word + ": counted " + is + ", not " + should);
            }
        }
        return differences;
    }
}

package dev.gyre.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** The limits of the style guide, so that they need no reviewer. */
class TidyTest {
    private static final int MAX_FILE_LINES = 400;
    private static final int MAX_METHOD_LINES = 70;
    private static final int MAX_PARAMETERS = 6;

    /** Assembled so that this file does not break its own rule. */
    private static final Pattern LOOSE_END = Pattern.compile("TO" + "DO|FIX" + "ME|XX" + "X");

    private static final Pattern CATCHES_ALL = Pattern.compile("catch \\((final )?Throwable\\b");

    @Test
    void filesStayShortAndLeaveNoLooseEnds() throws IOException {
        List<String> faults = new ArrayList<>();
        for (var file : Project.sources()) {
            var lines = Files.readAllLines(file);
            if (lines.size() > MAX_FILE_LINES) {
                faults.add(Project.name(file) + " has " + lines.size() + " lines");
            }
            for (int i = 0; i < lines.size(); i++) {
                if (LOOSE_END.matcher(lines.get(i)).find()
                        || CATCHES_ALL.matcher(lines.get(i)).find()) {
                    faults.add(Project.name(file) + ":" + (i + 1) + ": "
                            + lines.get(i).strip());
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        var faults = Project.sources().stream()
                .filter(file -> file.toString().contains("/src/main/java/"))
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !folder.endsWith("java") && !Files.exists(folder.resolve("package-info.java")))
                .map(Project::name)
                .toList();
        assertThat(faults).isEmpty();
    }

    @Test
    void methodsStayShortAndTakeFewParameters() throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        List<String> faults = new ArrayList<>();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var sources = files.getJavaFileObjectsFromPaths(Project.sources());
            var task = (JavacTask) compiler.getTask(null, files, null, List.of(), null, sources);
            var positions = Trees.instance(task).getSourcePositions();
            for (var unit : task.parse()) {
                new MethodScanner(unit, positions, faults).scan(unit, null);
            }
        }
        assertThat(faults).isEmpty();
    }

    private static final class MethodScanner extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<String> faults;
        private final ArrayDeque<ClassTree> types = new ArrayDeque<>();

        MethodScanner(CompilationUnitTree unit, SourcePositions positions, List<String> faults) {
            this.unit = unit;
            this.positions = positions;
            this.faults = faults;
        }

        @Override
        public Void visitClass(ClassTree type, Void none) {
            types.push(type);
            super.visitClass(type, null);
            types.pop();
            return null;
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            var lines = unit.getLineMap();
            long from = lines.getLineNumber(positions.getStartPosition(unit, method));
            long end = positions.getEndPosition(unit, method);
            long length = end < 0 ? 0 : lines.getLineNumber(end) - from + 1;
            var name = Project.name(Path.of(unit.getSourceFile().toUri())) + ":" + from + ": " + method.getName();
            boolean isTest =
                    unit.getSourceFile().getName().contains("/src/test/"); // a table of cases is one long method
            if (length > MAX_METHOD_LINES && !isTest) {
                faults.add(name + " has " + length + " lines");
            }
            if (method.getParameters().size() > MAX_PARAMETERS && !isOfRecord(method)) {
                faults.add(name + " takes " + method.getParameters().size() + " parameters");
            }
            return super.visitMethod(method, null);
        }

        /** A record's components are no parameters, though javac makes a constructor of them, one that checks them included. */
        private boolean isOfRecord(MethodTree method) {
            return method.getName().contentEquals("<init>") && types.element().getKind() == Tree.Kind.RECORD;
        }
    }
}

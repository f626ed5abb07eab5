package dev.gyre.maelstrom.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The workbench's command line. */
@Command(
        name = "maelstrom",
        description =
                "Runs distributed nodes as processes, with Maelstrom's workloads, network and faults, and judges them.",
        mixinStandardHelpOptions = true,
        version = "Gyre workbench 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = CommandLine.HelpCommand.class)
public final class Maelstrom {
    /** Dashes that text processors put in the place of a hyphen. */
    private static final String DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uFE58\uFE63\uFF0D";

    private final Console console;
    private final Path store;

    Maelstrom(Console console, Path store) {
        this.console = console;
        this.store = store;
    }

    /** Runs a command, and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        int code = new Maelstrom(Console.ofProcess(), Path.of("store")).run(arguments);
        System.exit(code);
    }

    /** Runs a command and returns its exit code. */
    int run(String... arguments) {
        var all = List.of(arguments);
        int end = all.contains("--") ? all.indexOf("--") : all.size();
        var mine = all.subList(0, end);
        var theirs = all.subList(Math.min(end + 1, all.size()), all.size());
        try {
            mine.forEach(Maelstrom::rejectDashes);
            return commandLine(theirs).execute(mine.toArray(String[]::new));
        } catch (UsageError e) {
            return usage(e.problem());
        }
    }

    private CommandLine commandLine(List<String> binaryArguments) {
        var commandLine = new CommandLine(this);
        commandLine.addSubcommand(new TestCommand(console, store, binaryArguments));
        commandLine.addSubcommand(new SimulateCommand(console, store, binaryArguments));
        commandLine.addSubcommand(new ReplayCommand(console, store));
        commandLine.addSubcommand(new AnalyzeCommand(console, store));
        commandLine.addSubcommand(new RaftLogCommand(console));
        commandLine.addSubcommand(new ChallengeCommand(console, store, binaryArguments));
        commandLine.addSubcommand(new DemoCommand(console, store));
        commandLine.setOut(new PrintWriter(console.results(), true, StandardCharsets.UTF_8));
        commandLine.setErr(new PrintWriter(console.notes(), true, StandardCharsets.UTF_8));
        commandLine.setUsageHelpWidth(100);
        commandLine.setParameterExceptionHandler((e, args) -> usage(explain(e)));
        commandLine.setExecutionExceptionHandler((e, command, parsed) -> failed(e));
        return commandLine;
    }

    private static void rejectDashes(String argument) {
        for (int i = 0; i < Math.min(2, argument.length()); i++) {
            char c = argument.charAt(i);
            if (DASHES.indexOf(c) >= 0) {
                String flag = argument.substring(i + 1).replaceAll("^[-" + DASHES + "]+", "");
                String name = c == '\u2013' ? "an en-dash" : c == '\u2014' ? "an em-dash" : "a dash";
                throw new UsageError(
                        "\"" + argument + "\" has " + name + " where hyphens belong, as text processors put it"
                                + " there; type " + (flag.length() == 1 ? "-" : "--") + flag);
            }
            if (c != '-') {
                return;
            }
        }
    }

    private static String explain(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String word = unmatched.getUnmatched().getFirst();
            var known = new TreeSet<>(
                    e.getCommandLine().getCommandSpec().optionsMap().keySet());
            if (word.startsWith("-")) {
                return "unknown flag " + word + "." + Suggestions.didYouMean(word, known) + seeHelp(e);
            }
            known.addAll(e.getCommandLine().getSubcommands().keySet());
            return "what is \"" + word + "\"?" + Suggestions.didYouMean(word, known)
                    + " Arguments for the node come last, after --." + seeHelp(e);
        }
        return Arrays.stream(Objects.requireNonNullElse(e.getMessage(), "bad arguments")
                                .split("\\R"))
                        .findFirst()
                        .orElse("bad arguments")
                + "." + seeHelp(e);
    }

    private static String seeHelp(ParameterException e) {
        return " See " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help";
    }

    private int usage(String problem) {
        console.note("maelstrom: " + problem);
        return ExitCode.USAGE;
    }

    private int failed(Exception e) {
        if (e instanceof UsageError error) {
            return usage(error.problem());
        }
        console.note("maelstrom: " + e + "; if this is not about your disk, it is a defect of the workbench:");
        e.printStackTrace(console.notes());
        return ExitCode.INTERNAL;
    }
}

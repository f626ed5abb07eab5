package dev.gyre.maelstrom.cli;

import dev.gyre.maelstrom.cli.JobClient.NoAnswer;
import dev.gyre.maelstrom.cli.JobClient.Told;
import dev.gyre.stream.control.Answer;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** {@code job}: asks a running dataflow that is served over HTTP ({@link dev.gyre.stream.http.JobServer}). A program of its own, with exit codes of its own. */
@Command(
        name = "job",
        description =
                "Asks a running dataflow how it stands, and changes it: a job that is served over HTTP, such as that of"
                        + " rescaling --http 8080.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        version = "Gyre 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 it is done; 1 it was refused, has failed, or nobody answers; 2 the command line makes no sense.",
            "",
            "Example: job rescale 4 --at http://localhost:8080"
        })
public final class JobCommand {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;

    private static final String ENVIRONMENT = "GYRE_JOB";
    private static final String DEFAULT_PLACE = "http://localhost:8080";

    private final Console console;
    private final Optional<String> environment;

    @Option(
            names = "--at",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "Where the job is served. Default: what " + ENVIRONMENT + " says, or " + DEFAULT_PLACE + ".")
    private @Nullable String at;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Prints the answer as it came, in JSON.")
    private boolean isJson;

    /**
     * The command.
     *
     * @param environment where the job is, by the environment
     */
    JobCommand(Console console, Optional<String> environment) {
        this.console = console;
        this.environment = environment;
    }

    /** Runs a command, and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        var environment = Optional.ofNullable(System.getenv(ENVIRONMENT)).filter(place -> !place.isBlank());
        System.exit(new JobCommand(Console.ofProcess(), environment).run(arguments));
    }

    /** Runs a command and returns its exit code. */
    int run(String... arguments) {
        var commandLine = new CommandLine(this);
        commandLine.setOut(new PrintWriter(console.results(), true, StandardCharsets.UTF_8));
        commandLine.setErr(new PrintWriter(console.notes(), true, StandardCharsets.UTF_8));
        commandLine.setUsageHelpWidth(100);
        commandLine.setParameterExceptionHandler((e, all) -> usage(explain(e)));
        commandLine.setExecutionExceptionHandler((e, command, parsed) -> switch (e) {
            case UsageError error -> usage(error.problem());
            case NoAnswer none -> failed(none.problem());
            default -> failed("a defect of this program: " + e);
        });
        return commandLine.execute(arguments);
    }

    private static String explain(ParameterException e) {
        var first = Optional.ofNullable(e.getMessage())
                .flatMap(message -> message.lines().findFirst())
                .orElse("bad arguments");
        return first + ". See " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help";
    }

    private int usage(String problem) {
        console.note("job: " + problem);
        return USAGE;
    }

    private int failed(String problem) {
        console.note("job: " + problem);
        return FAILED;
    }

    @Command(
            name = "status",
            description = "Says how the job stands, and which workers it has.",
            mixinStandardHelpOptions = true)
    int status() throws NoAnswer, InterruptedException {
        return ask("GET", "/status");
    }

    @Command(
            name = "snapshot",
            description = "Takes a snapshot now; ends when it is committed.",
            mixinStandardHelpOptions = true)
    int snapshot() throws NoAnswer, InterruptedException {
        return ask("POST", "/snapshot");
    }

    @Command(
            name = "rescale",
            description = "Changes the workers while records flow; ends when records flow there.",
            mixinStandardHelpOptions = true)
    int rescale(
            @Parameters(arity = "0..1", paramLabel = "N", description = "How many workers, 1 or more.") @Nullable Integer workers,
            @Option(
                            names = "--onto",
                            paramLabel = "WORKER",
                            split = ",",
                            description = "Which workers instead, by their numbers: --onto 0,2")
                    @Nullable List<Integer> onto)
            throws NoAnswer, InterruptedException {
        if ((workers == null) == (onto == null)) {
            throw new UsageError(
                    "rescale takes how many workers, as in job rescale 4, or which, as in job rescale --onto"
                            + " 0,2: one of the two");
        }
        if (onto != null) {
            return ask("POST", "/rescale?onto=" + joined(onto, ","));
        }
        if (workers == null || workers < 1) {
            throw new UsageError("rescale " + workers + ": a job runs on 1 worker or more");
        }
        return ask("POST", "/rescale?workers=" + workers);
    }

    @Command(
            name = "suspend",
            description = "Stops the job with a snapshot; ends when it stands still.",
            mixinStandardHelpOptions = true)
    int suspend() throws NoAnswer, InterruptedException {
        return ask("POST", "/suspend");
    }

    @Command(
            name = "resume",
            description = "Lets a suspended job go on, or a complete one read on.",
            mixinStandardHelpOptions = true)
    int resume() throws NoAnswer, InterruptedException {
        return ask("POST", "/resume");
    }

    @Command(
            name = "graph",
            description = "Shows the job: its stages, and by which keys records go where.",
            mixinStandardHelpOptions = true)
    int graph(@Option(names = "--svg", description = "As a drawing instead, an SVG document.") boolean isDrawing)
            throws NoAnswer, InterruptedException {
        if (isJson) {
            throw new UsageError("a graph is text or, with --svg, a drawing: leave --json out");
        }
        var client = client();
        var reply = client.ask("GET", isDrawing ? "/graph.svg" : "/graph");
        if (reply.isOk()) {
            console.print(reply.body().stripTrailing());
            return DONE;
        }
        return tell(client.told(reply));
    }

    private JobClient client() {
        var given = at == null ? environment.orElse(DEFAULT_PLACE) : at;
        var from = at == null && environment.isPresent() ? ENVIRONMENT : "--at";
        var place = given.endsWith("/") ? given.substring(0, given.length() - 1) : given;
        try {
            var uri = URI.create(place);
            boolean isHttp = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (isHttp && uri.getHost() != null && uri.getRawQuery() == null && uri.getRawFragment() == null) {
                return new JobClient(uri);
            }
        } catch (IllegalArgumentException e) {
            // Told below, like a URL that is none of HTTP.
        }
        throw new UsageError(from + " is a URL such as " + DEFAULT_PLACE + ", not \"" + given + "\"");
    }

    private int ask(String method, String path) throws NoAnswer, InterruptedException {
        var client = client();
        var reply = client.ask(method, path);
        var told = client.told(reply);
        if (isJson) {
            console.print(reply.body().strip());
            return reply.isOk() ? DONE : FAILED;
        }
        return tell(told);
    }

    private int tell(Told told) {
        return switch (told) {
            case Told.Troubled(var problem) -> failed(problem.reason());
            case Told.Answered(Answer.Done done) -> {
                console.print("done: " + done.detail());
                yield DONE;
            }
            case Told.Answered(Answer.Standing standing) -> {
                table(standing);
                yield DONE;
            }
            case Told.Answered(Answer.Refused refused) -> failed("refused: " + refused.reason());
            case Told.Answered(Answer.Failed failed) -> failed("failed: " + failed.reason());
            case Told.Answered(Answer.Elsewhere elsewhere) -> failed("nobody decides at the moment: ask again");
        };
    }

    private void table(Answer.Standing standing) {
        var spare = standing.alive().stream()
                .filter(worker -> !standing.workers().contains(worker))
                .toList();
        line("phase", standing.phase().name().toLowerCase(Locale.ROOT));
        line("workers", numbers(standing.workers()));
        line("spare", numbers(spare));
        line("under way", standing.operation().orElse("nothing"));
        line("snapshot", standing.snapshot().map(String::valueOf).orElse("none"));
        line("generation", String.valueOf(standing.generation()));
        line("version", String.valueOf(standing.version()));
        standing.notices().forEach(notice -> line("notice", notice));
    }

    private void line(String name, String value) {
        console.print(String.format(Locale.ROOT, "%-12s%s", name, value));
    }

    private static String numbers(List<Integer> workers) {
        return workers.isEmpty() ? "none" : joined(workers, " ");
    }

    private static String joined(List<Integer> numbers, String between) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(between));
    }
}

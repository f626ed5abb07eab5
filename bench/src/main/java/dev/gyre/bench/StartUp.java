package dev.gyre.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** From starting a node's executable to its {@code init_ok}: alone, and with many at once. */
public final class StartUp {
    private static final int RUNS = 21;
    private static final int AT_ONCE = 25;

    private StartUp() {}

    /** Prints the median of single starts, and how long many take together. The argument is the executable. */
    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            System.err.println("usage: start-up EXECUTABLE, such as maelstrom-bin/echo");
            System.exit(2);
        }
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i <= RUNS; i++) {
            long from = System.nanoTime();
            var node = start(args[0]);
            awaitInitOk(node);
            if (i > 0) { // the first start may build a class cache
                millis.add((System.nanoTime() - from) / 1_000_000);
            }
            node.destroyForcibly();
        }
        Collections.sort(millis);
        System.out.printf(
                "alone: exec to init_ok in %d ms median of %d (%d to %d)%n",
                millis.get(RUNS / 2), RUNS, millis.get(0), millis.get(RUNS - 1));
        long from = System.nanoTime();
        List<Process> nodes = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            nodes.add(start(args[0]));
        }
        for (var node : nodes) {
            awaitInitOk(node);
            node.destroyForcibly();
        }
        System.out.printf("%d at once: all up in %d ms%n", AT_ONCE, (System.nanoTime() - from) / 1_000_000);
    }

    private static Process start(String executable) throws IOException {
        var node = new ProcessBuilder(executable)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var init = "{\"src\":\"c0\",\"dest\":\"n0\",\"body\":{\"type\":\"init\",\"msg_id\":1,\"node_id\":\"n0\","
                + "\"node_ids\":[\"n0\"]}}\n";
        var out = node.getOutputStream();
        out.write(init.getBytes(StandardCharsets.UTF_8));
        out.flush();
        return node;
    }

    private static void awaitInitOk(Process node) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8));
        var line = reader.readLine();
        if (line == null || !line.contains("\"init_ok\"")) {
            throw new IOException("no init_ok, but " + line);
        }
    }
}

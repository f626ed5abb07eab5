package dev.gyre.bench;

import dev.gyre.bench.plain.PlainEchoNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A million echo requests piped through one node: ours, and one written plainly with Jackson's trees, in turn. Both run in
 * JVMs of their own with the same flags; both are warm before anything is measured, and every reply of one round is checked.
 */
public final class EchoThroughput {
    private static final int REQUESTS = 1_000_000;
    private static final int WARM_UP_ROUNDS = 3;
    private static final int ROUNDS = 7;

    private EchoThroughput() {}

    /** Prints requests a second, and the ratio. */
    public static void main(String[] args) throws IOException {
        var requests = requests();
        long sumOfIds = (long) REQUESTS * (REQUESTS + 1) / 2;
        try (var ours = NodeUnderTest.start("gyre", "dev.gyre.examples.echo.EchoNode");
                var plain = NodeUnderTest.start("plain", PlainEchoNode.class.getName())) {
            for (var node : List.of(ours, plain)) {
                node.check(requests, REQUESTS, sumOfIds);
                for (int i = 0; i < WARM_UP_ROUNDS; i++) {
                    node.exchange(requests, REQUESTS);
                }
            }
            List<Double> ratios = new ArrayList<>();
            System.out.printf("%-6s %14s %14s %8s%n", "round", "gyre req/s", "plain req/s", "ratio");
            for (int i = 1; i <= ROUNDS; i++) {
                double plainRate = REQUESTS / plain.exchange(requests, REQUESTS);
                double rate = REQUESTS / ours.exchange(requests, REQUESTS);
                ratios.add(rate / plainRate);
                System.out.printf("%-6d %,14.0f %,14.0f %8.2f%n", i, rate, plainRate, rate / plainRate);
            }
            Collections.sort(ratios);
            System.out.printf("median ratio %.2f (JDK %s)%n", ratios.get(ROUNDS / 2), Runtime.version());
        }
    }

    private static byte[] requests() {
        var lines = new ByteArrayOutputStream(REQUESTS * 100);
        for (int i = 1; i <= REQUESTS; i++) {
            var line = "{\"id\":" + i + ",\"src\":\"c" + i % 5 + "\",\"dest\":\"n1\",\"body\":{\"echo\":\"Please echo "
                    + i % 128 + "\",\"type\":\"echo\",\"msg_id\":" + i + "}}\n";
            lines.writeBytes(line.getBytes(StandardCharsets.UTF_8));
        }
        return lines.toByteArray();
    }
}

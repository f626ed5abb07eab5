package dev.gyre.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** An echo node as a process, and the two ends of its pipes. */
final class NodeUnderTest implements AutoCloseable {
    private static final byte[] INIT =
            "{\"src\":\"c0\",\"dest\":\"n1\",\"body\":{\"type\":\"init\",\"msg_id\":1,\"node_id\":\"n1\",\"node_ids\":[\"n1\"]}}\n"
                    .getBytes(StandardCharsets.UTF_8);

    private final String name;
    private final Process process;
    private final byte[] buffer = new byte[1 << 16];

    private NodeUnderTest(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    /** Starts a node in a JVM like this one. */
    static NodeUnderTest start(String name, String mainClass) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = List.of(java, "-Xmx512m", "-cp", System.getProperty("java.class.path"), mainClass);
        var node = new NodeUnderTest(
                name,
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
        node.exchange(INIT, 1);
        return node;
    }

    String name() {
        return name;
    }

    /** Sends requests and reads as many replies; returns the seconds it took. */
    double exchange(byte[] requests, int count) throws IOException {
        long from = System.nanoTime();
        var writer = new Thread(() -> write(requests));
        writer.start();
        InputStream in = process.getInputStream();
        int replies = 0;
        while (replies < count) {
            int read = in.read(buffer);
            if (read < 0) {
                throw new IOException(name + " ended after " + replies + " of " + count + " replies");
            }
            for (int i = 0; i < read; i++) {
                if (buffer[i] == '\n') {
                    replies++;
                }
            }
        }
        return (System.nanoTime() - from) / 1e9;
    }

    /** Sends requests and checks every reply: that the sum of what they answer is the sum of what was asked. */
    void check(byte[] requests, int count, long sumOfIds) throws IOException {
        new Thread(() -> write(requests)).start();
        var mapper = new ObjectMapper();
        var in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        long sum = 0;
        for (int i = 0; i < count; i++) {
            var body = mapper.readTree(in.readLine()).get("body");
            if (!body.get("echo").asText().startsWith("Please echo ")) {
                throw new IOException(name + " answered " + body);
            }
            sum += body.get("in_reply_to").asLong();
        }
        if (sum != sumOfIds) {
            throw new IOException(name + " answered requests that sum to " + sum + ", not " + sumOfIds);
        }
    }

    private void write(byte[] requests) {
        try {
            OutputStream out = process.getOutputStream();
            out.write(requests);
            out.flush();
        } catch (IOException e) {
            throw new IllegalStateException(name + " takes no more requests", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}

package dev.gyre.maelstrom.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.maelstrom.journal.JournalEntry;
import dev.gyre.maelstrom.report.OperationView.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * A broadcast run as a workbench would record it: nodes gossip to neighbours in a ring with chords, clients add and read, and
 * partitions cut the nodes in two now and then. Seeded, so that the same arguments give the same run.
 */
final class SampleRun {
    private static final long MILLI = 1_000_000;
    private static final long CLIENT_TIMEOUT = 1_000 * MILLI;

    private record Task(long atNanos, long order, Runnable action) {}

    /** What a sample is made with. */
    record Settings(int nodes, int clients, int seconds, int rate, long latencyNanos, long seed) {}

    final List<JournalEntry> journal = new ArrayList<>();
    final List<OperationView> operations = new ArrayList<>();
    final List<FaultWindow> faults = new ArrayList<>();

    private final Settings settings;
    private final SplittableRandom random;
    private final PriorityQueue<Task> tasks = new PriorityQueue<>(
            java.util.Comparator.comparingLong(Task::atNanos).thenComparingLong(Task::order));
    private final List<TreeSet<Integer>> seen = new ArrayList<>();
    private final int[] processes;
    private long now;
    private long lastOrder;
    private long lastMessage;
    private int lastValue;

    private SampleRun(Settings settings) {
        this.settings = settings;
        random = new SplittableRandom(settings.seed());
        processes = new int[settings.clients()];
        for (int i = 0; i < settings.nodes(); i++) {
            seen.add(new TreeSet<>());
        }
    }

    static SampleRun of(Settings settings) {
        var run = new SampleRun(settings);
        for (int i = 0; i < settings.clients(); i++) {
            run.processes[i] = i;
            run.operate(i);
        }
        for (long from = 3; from + 2 < settings.seconds(); from += 6) {
            run.faults.add(
                    new FaultWindow("partition n0 n1 | n2 n3 n4", from * 1_000 * MILLI, (from + 3) * 1_000 * MILLI));
        }
        while (!run.tasks.isEmpty() && run.now < settings.seconds() * 1_000L * MILLI) {
            Task task = run.tasks.remove();
            run.now = task.atNanos();
            task.action().run();
        }
        return run;
    }

    private void in(long nanos, Runnable action) {
        tasks.add(new Task(now + nanos, lastOrder++, action));
    }

    private void operate(int client) {
        in(random.nextLong(2_000 * MILLI / settings.rate() * settings.clients() + 1), () -> {
            boolean read = random.nextBoolean();
            String f = read ? "read" : "broadcast";
            int value = lastValue;
            if (!read) {
                lastValue++;
            }
            invoke(client, f, read ? -1 : value);
        });
    }

    private void invoke(int client, String f, int value) {
        int process = processes[client];
        int node = client % settings.nodes();
        long invoked = now;
        ObjectNode body = body(f).put("msg_id", lastOrder);
        if (value >= 0) {
            body.put("message", value);
        }
        boolean refuses = cut(now, 0, settings.nodes() - 1) && random.nextInt(6) == 0;
        boolean silent = cut(now, 0, settings.nodes() - 1) && random.nextInt(9) == 0;
        send("c" + process, "n" + node, body, 0, () -> {
            if (silent) {
                in(CLIENT_TIMEOUT, () -> complete(client, f, value, invoked, Kind.UNKNOWN, "timeout after 1 s"));
                processes[client] += 1;
                return;
            }
            ObjectNode reply = refuses ? body("error").put("code", 11).put("text", "no quorum here") : body(f + "_ok");
            if (f.equals("read") && !refuses) {
                seen.get(node).forEach(reply.withArray("messages")::add);
            }
            String output = refuses
                    ? "11 temporarily-unavailable: no quorum here"
                    : reply.path("messages").toString();
            long work = (long) (MILLI * (0.2 + Math.pow(random.nextDouble(), 6) * 40));
            in(
                    work,
                    () -> send(
                            "n" + node,
                            "c" + process,
                            reply,
                            0,
                            () -> complete(client, f, value, invoked, refuses ? Kind.FAILED : Kind.OK, output)));
            if (value >= 0 && !refuses) {
                gossip(node, node, value);
            }
        });
    }

    private void complete(int client, String f, int value, long invoked, Kind kind, String text) {
        int process = kind == Kind.UNKNOWN ? processes[client] - 1 : processes[client];
        if (kind == Kind.UNKNOWN) {
            processes[client] += settings.clients() - 1;
        }
        String input = value >= 0 ? String.valueOf(value) : "";
        operations.add(new OperationView(process, f, input, invoked, now, new OperationView.Result(kind, text)));
        operate(client);
    }

    private void gossip(int node, int from, int value) {
        if (!seen.get(node).add(value)) {
            return;
        }
        int nodes = settings.nodes();
        var neighbours =
                new TreeSet<>(List.of((node + 1) % nodes, (node + nodes - 1) % nodes, (node + nodes / 2) % nodes));
        for (int neighbour : neighbours) {
            if (neighbour != from && neighbour != node) {
                long latency = (long) (settings.latencyNanos() * (0.5 + random.nextDouble()));
                ObjectNode body = body("gossip").put("message", value);
                send("n" + node, "n" + neighbour, body, latency, () -> gossip(neighbour, node, value));
            }
        }
    }

    private void send(String src, String dest, JsonNode body, long latency, Runnable received) {
        long id = lastMessage++;
        journal.add(new JournalEntry.Sent(now, id, src, dest, body));
        in(latency, () -> {
            if (src.startsWith("n") && dest.startsWith("n") && cut(now, number(src), number(dest))) {
                journal.add(new JournalEntry.Dropped(now, id, src, dest, body, "partition"));
            } else {
                journal.add(new JournalEntry.Received(now, id, src, dest, body));
                received.run();
            }
        });
    }

    private boolean cut(long nanos, int left, int right) {
        boolean apart = (left < 2) != (right < 2);
        return apart && faults.stream().anyMatch(fault -> fault.fromNanos() <= nanos && nanos < fault.toNanos());
    }

    private static int number(String node) {
        return Integer.parseInt(node.substring(1));
    }

    private static ObjectNode body(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}

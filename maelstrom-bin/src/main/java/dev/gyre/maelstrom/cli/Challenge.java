package dev.gyre.maelstrom.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of the Fly.io distributed systems challenges: commands to run, and marks beyond Maelstrom's verdict.
 *
 * @param id such as {@code 3d}
 * @param title what it asks for, in a few words
 * @param node the executable of ours that is run when nobody names another
 * @param stages the runs; all must pass
 */
record Challenge(String id, String title, String node, List<Stage> stages) {
    private static final String BROADCAST_5 = "-w broadcast --node-count 5 --time-limit 20 --rate 10";
    private static final String BROADCAST_25 = "-w broadcast --node-count 25 --time-limit 20 --rate 100 --latency 100";
    private static final String KAFKA_2 = "-w kafka --node-count 2 --concurrency 2n --time-limit 20 --rate 1000";
    private static final String TXN_2 =
            "-w txn-rw-register --node-count 2 --concurrency 2n --time-limit 20 --rate 1000";
    /** A read and a cas at lin-kv, with their replies. */
    private static final double LIN_KV_MESSAGES = 4;

    private static final String PARTITION = " --nemesis partition";

    /** All challenges that there are workloads for, in order. */
    static final List<Challenge> ALL = List.of(
            new Challenge("1", "echo", "echo", runs("-w echo --node-count 1 --time-limit 10")),
            new Challenge(
                    "2",
                    "unique ids",
                    "unique-ids",
                    runs("-w unique-ids --time-limit 30 --rate 1000 --node-count 3 --availability total" + PARTITION)),
            new Challenge(
                    "3a",
                    "broadcast on one node",
                    "broadcast",
                    runs("-w broadcast --node-count 1 --time-limit 20 --rate 10")),
            new Challenge("3b", "broadcast on five nodes", "broadcast", runs(BROADCAST_5)),
            new Challenge("3c", "broadcast under partitions", "broadcast", runs(BROADCAST_5 + PARTITION)),
            new Challenge("3d", "broadcast with few messages and low latency", "broadcast", efficient(30, 400, 600)),
            new Challenge("3e", "broadcast with fewer messages", "broadcast", efficient(20, 1_000, 2_000)),
            new Challenge(
                    "4",
                    "a counter that only grows, on seq-kv",
                    "g-counter",
                    runs("-w g-counter --node-count 3 --rate 100 --time-limit 20" + PARTITION)),
            new Challenge(
                    "5a",
                    "logs on one node",
                    "kafka",
                    runs("-w kafka --node-count 1 --concurrency 2n --time-limit 20 --rate 1000")),
            new Challenge("5b", "logs on two nodes", "kafka", runs(KAFKA_2)),
            new Challenge(
                    "5c",
                    "logs on two nodes with fewer messages: fewer than a read and a cas at lin-kv an operation, which"
                            + " are four; failed cas are not counted",
                    "kafka",
                    List.of(new Stage("run", words(KAFKA_2), List.of(messages(LIN_KV_MESSAGES))))),
            new Challenge(
                    "6a",
                    "transactions on one node",
                    "txn-rw-register",
                    runs("-w txn-rw-register --node-count 1 --time-limit 20 --rate 1000 --concurrency 2n"
                            + " --consistency-models read-uncommitted --availability total")),
            new Challenge(
                    "6b",
                    "read-uncommitted transactions on two nodes, without and with partitions",
                    "txn-rw-register",
                    runs(
                            TXN_2 + " --consistency-models read-uncommitted",
                            TXN_2 + " --consistency-models read-uncommitted --availability total" + PARTITION)),
            new Challenge(
                    "6c",
                    "read-committed transactions on two nodes, under partitions",
                    "txn-rw-register",
                    runs(TXN_2 + " --consistency-models read-committed --availability total" + PARTITION)));

    /**
     * One run.
     *
     * @param name tells it from the other runs of the challenge
     * @param arguments of {@code maelstrom test}, without {@code --bin}
     * @param marks what must hold beside the verdict
     */
    record Stage(String name, List<String> arguments, List<Mark> marks) {}

    /**
     * A figure of the results that must stay below a limit.
     *
     * @param label what the figure is, with its unit
     * @param path the keys that lead to it in the result map
     * @param limit what it must be less than
     */
    record Mark(String label, List<String> path, double limit) {
        /** The figure in a result map; nothing when it is not there. */
        Optional<Double> figure(Map<String, Object> results) {
            Object value = results;
            for (var key : path) {
                value = value instanceof Map<?, ?> map ? map.get(key) : null;
            }
            return value instanceof Number number ? Optional.of(number.doubleValue()) : Optional.empty();
        }
    }

    static Optional<Challenge> of(String id) {
        return ALL.stream().filter(it -> it.id.equals(id)).findFirst();
    }

    static List<String> ids() {
        return ALL.stream().map(Challenge::id).toList();
    }

    private static List<Stage> runs(String... commands) {
        var stages = new ArrayList<Stage>();
        for (var command : commands) {
            stages.add(
                    new Stage(commands.length == 1 ? "run" : "run " + (stages.size() + 1), words(command), List.of()));
        }
        return stages;
    }

    private static List<Stage> efficient(double messages, double medianMillis, double maxMillis) {
        var marks = List.of(
                messages(messages),
                new Mark("stable latency, median, ms", List.of("workload", "stable-latencies", "0.5"), medianMillis),
                new Mark("stable latency, max, ms", List.of("workload", "stable-latencies", "1"), maxMillis));
        return List.of(
                new Stage("calm", words(BROADCAST_25), marks),
                new Stage("under partitions", words(BROADCAST_25 + PARTITION), List.of()));
    }

    private static Mark messages(double limit) {
        return new Mark("server msgs-per-op", List.of("net", "servers", "msgs-per-op"), limit);
    }

    private static List<String> words(String command) {
        return List.of(command.split(" "));
    }
}

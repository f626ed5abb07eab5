package dev.gyre.maelstrom.fire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.ErrorCode;
import dev.gyre.core.checker.RegisterModel;
import dev.gyre.core.checker.RegisterModel.Input;
import dev.gyre.core.simulation.Letter;
import dev.gyre.maelstrom.json.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Clients of a store, some at each node, each with one operation at a time. Most operations are on a few keys that all share, others in each epoch, so that
 * what nobody knows the fate of does not pile up on a key; some write a key that is never written again, and some look for such a one.
 */
final class Clients {
    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** Between attempts at a node that cannot serve. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final String ONCE = "once-";
    private static final int HOT_KEYS = 5;
    private static final int DICE = 20;

    private final Arena arena;
    private final Ledger ledger;
    private final RandomGenerator random;
    private final long thinkNanos;
    private final List<Client> clients = new ArrayList<>();
    private final List<String> onceKeys = new ArrayList<>();
    private final Map<String, Long> lastSeen = new TreeMap<>();
    /** By the node that is to be asked; for any node under no name. */
    private final Map<String, ArrayDeque<Task>> tasks = new TreeMap<>();
    /** Found missing or changed, though it was acknowledged and never overwritten. */
    private final List<String> lost = new ArrayList<>();

    private int epoch;
    private long lastValue;
    private boolean isLoading;
    private int tasksDone;

    /** Something that is to be done once, at some node or at one. */
    private record Task(String node, String key, Input<Long> input) {}

    /** @param thinkNanos between an answer and what a client asks of its own accord next */
    Clients(Arena arena, Ledger ledger, RandomGenerator random, long thinkNanos) {
        this.arena = arena;
        this.thinkNanos = thinkNanos;
        this.ledger = ledger;
        this.random = random;
    }

    static boolean isOnce(String key) {
        return key.startsWith(ONCE);
    }

    void connect(int aNode) {
        for (var node : arena.nodes()) {
            for (int i = 0; i < aNode; i++) {
                var client = new Client("c" + (clients.size() + 1), node);
                clients.add(client);
                arena.connect(client.id, client::receive);
            }
        }
        clients.forEach(Client::next);
    }

    /** Whether they make up operations of their own. */
    void load(boolean on) {
        isLoading = on;
    }

    void nextEpoch() {
        epoch++;
        lastSeen.clear();
    }

    /** Nobody will answer what this node was asked. */
    void nodeDied(String node) {
        clients.stream()
                .filter(client -> client.node.equals(node))
                .forEach(client -> client.giveUp("the node was killed"));
    }

    /** Writes so many keys, wherever there is a client that has time. */
    void writeOnce(int count) {
        for (int i = 0; i < count; i++) {
            add(new Task("", newOnceKey(), new RegisterModel.Write<>(++lastValue)));
        }
    }

    /** Reads all that must be there: what was written once at one node or another, all else at every node. */
    void readBack() {
        int next = 0;
        for (var key : ledger.owed().keySet()) {
            var node = arena.nodes().get(next++ % arena.nodes().size());
            add(new Task(node, key, new RegisterModel.Read<>()));
        }
        for (int i = 0; i < HOT_KEYS * (epoch + 1); i++) {
            for (var node : arena.nodes()) {
                add(new Task(node, hotKey(i / HOT_KEYS, i % HOT_KEYS), new RegisterModel.Read<>()));
            }
        }
    }

    private ArrayDeque<Task> tasksOf(String node) {
        return tasks.computeIfAbsent(node, first -> new ArrayDeque<>());
    }

    private void add(Task todo) {
        tasksOf(todo.node).add(todo);
    }

    boolean areTasksDone() {
        return tasks.values().stream().allMatch(ArrayDeque::isEmpty)
                && clients.stream().allMatch(client -> client.task == null);
    }

    int tasksDone() {
        return tasksDone;
    }

    List<String> lost() {
        return lost;
    }

    private String newOnceKey() {
        var key = ONCE + onceKeys.size();
        onceKeys.add(key);
        return key;
    }

    private static String hotKey(int epoch, int i) {
        return "hot-" + epoch + "-" + i;
    }

    private Task draw(String node) {
        var hot = hotKey(epoch, random.nextInt(HOT_KEYS));
        int dice = random.nextInt(DICE);
        if (dice < 7 || (dice < 10 && onceKeys.isEmpty())) {
            return new Task(node, hot, new RegisterModel.Read<>());
        } else if (dice < 9) {
            return new Task(node, onceKeys.get(random.nextInt(onceKeys.size())), new RegisterModel.Read<>());
        } else if (dice < 10) {
            return new Task(
                    node, hotKey(random.nextInt(epoch + 1), random.nextInt(HOT_KEYS)), new RegisterModel.Read<>());
        } else if (dice < 12) {
            return new Task(node, newOnceKey(), new RegisterModel.Write<>(++lastValue));
        } else if (dice < 16 && lastSeen.containsKey(hot)) {
            return new Task(node, hot, new RegisterModel.Cas<>(lastSeen.get(hot), ++lastValue));
        }
        return new Task(node, hot, new RegisterModel.Write<>(++lastValue));
    }

    /** One client, which asks one node. */
    private final class Client {
        private final String id;
        private final String node;
        private int process = ledger.newProcess();
        private long call;
        private Ledger.@Nullable Open open;
        private @Nullable Task task;

        Client(String id, String node) {
            this.id = id;
            this.node = node;
        }

        void next() {
            var own = tasksOf(tasksOf(node).isEmpty() ? "" : node);
            var todo = arena.isRunning(node) ? own.poll() : null;
            if (!arena.isRunning(node)) {
                arena.after(PAUSE_NANOS, this::next);
            } else if (todo != null) {
                task = todo;
                ask(todo);
            } else if (isLoading) {
                ask(draw(node));
            } else {
                arena.after(PAUSE_NANOS, this::next);
            }
        }

        private void ask(Task asked) {
            open = ledger.begin(process, asked.key, asked.input, arena.nowNanos());
            long asking = ++call;
            arena.send(Letter.ofBody(id, node, body(asked).put("msg_id", asking)));
            arena.after(TIMEOUT_NANOS, () -> {
                if (call == asking) {
                    giveUp("no answer");
                }
            });
        }

        private ObjectNode body(Task asked) {
            return switch (asked.input) {
                case RegisterModel.Read<Long>() -> Json.body("read").put("key", asked.key);
                case RegisterModel.Write<Long>(var value) ->
                    Json.body("write").put("key", asked.key).put("value", value);
                case RegisterModel.Cas<Long>(var from, var to) ->
                    Json.body("cas").put("key", asked.key).put("from", from).put("to", to);
            };
        }

        void giveUp(String why) {
            var asked = open;
            if (asked != null) {
                ledger.unknown(asked, why, arena.nowNanos());
                process = ledger.newProcess();
                again();
            }
        }

        void receive(Letter letter) {
            var asked = open;
            if (asked == null || letter.inReplyTo().orElse(-1) != call) {
                return;
            }
            long now = arena.nowNanos();
            var body = letter.toBody();
            int code = body.path("code").asInt();
            if (letter.type().equals("error") && code == ErrorCode.KEY_DOES_NOT_EXIST.value() && isRead(asked)) {
                ledger.answered(asked, new RegisterModel.Absent<>(), now);
                read(asked, -1);
            } else if (!letter.type().equals("error")) {
                if (isRead(asked)) {
                    ledger.answered(
                            asked, new RegisterModel.Value<>(body.path("value").asLong()), now);
                    read(asked, body.path("value").asLong());
                } else {
                    ledger.answered(asked, new RegisterModel.Done<>(), now);
                }
            } else if (code == ErrorCode.TIMEOUT.value() || code == ErrorCode.CRASH.value()) {
                giveUp(body.path("text").asText());
                return;
            } else {
                ledger.refused(asked, body.path("text").asText(), now);
                if (code == ErrorCode.TEMPORARILY_UNAVAILABLE.value()) {
                    again();
                    return;
                }
            }
            arena.served(node);
            done();
        }

        private static boolean isRead(Ledger.Open asked) {
            return asked.input() instanceof RegisterModel.Read;
        }

        private void read(Ledger.Open asked, long value) {
            lastSeen.put(asked.key(), value);
            var owed = ledger.owed().get(asked.key());
            if (task != null && owed != null && owed != value) {
                lost.add(asked.key() + " is " + value + " at " + node + ", not " + owed);
            }
        }

        private void done() {
            open = null;
            call++;
            if (task != null) {
                task = null;
                tasksDone++;
                next();
            } else if (thinkNanos > 0) {
                arena.after(thinkNanos, this::next);
            } else {
                next();
            }
        }

        /** What was a task has to be done by someone still, and not now. */
        private void again() {
            open = null;
            call++;
            var undone = task;
            if (undone != null) {
                task = null;
                add(undone);
            }
            arena.after(PAUSE_NANOS, this::next);
        }
    }
}

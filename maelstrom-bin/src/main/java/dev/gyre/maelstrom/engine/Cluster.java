package dev.gyre.maelstrom.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.simulation.Letter;
import dev.gyre.core.simulation.SimulatedNetwork;
import dev.gyre.core.simulation.SimulatedNode;
import dev.gyre.maelstrom.engine.Client.Result;
import dev.gyre.maelstrom.json.Json;
import dev.gyre.maelstrom.nemesis.FaultTarget;
import dev.gyre.maelstrom.nemesis.Rescaler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The nodes of a run, each as it stands: starting, up, or down. A node starts with an {@code init} that it must answer in time.
 * At the first start its peers may send it messages meanwhile, as under Maelstrom; one that was killed and starts again hears
 * nothing but what starts it until it is up.
 */
final class Cluster implements FaultTarget, Rescaler.Target {
    /** Maelstrom gives nodes ten seconds to answer {@code init}. */
    static final long INIT_TIMEOUT_NANOS = 10_000_000_000L;

    private final List<String> nodes;
    private final NodeHost host;
    private final SimulatedNetwork network;
    private final Client.Factory clients;
    private final FailureHandler failures;
    private final Map<String, State> states = new TreeMap<>();
    /** How often each node was started: what an earlier start of it asked is of no interest any more. */
    private final Map<String, Integer> starts = new TreeMap<>();

    /** Nodes that start again and are not up yet. */
    private final Set<String> restarting = new TreeSet<>();

    private Runnable whenRestarted = () -> {};
    private Optional<Greeting> greeting = Optional.empty();
    private long initTimeoutNanos = INIT_TIMEOUT_NANOS;

    /** How a node stands. */
    private enum State {
        FIRST_START,
        RESTART,
        UP,
        DOWN
    }

    /**
     * What a node is told at its start.
     *
     * @param request the request's body
     * @param reply the type of the reply that must come
     */
    record Greeting(ObjectNode request, String reply) {}

    /** Is told why the run cannot go on. */
    @FunctionalInterface
    interface FailureHandler {
        void fail(String node, String sentence);
    }

    Cluster(
            List<String> nodes,
            NodeHost host,
            SimulatedNetwork network,
            Client.Factory clients,
            FailureHandler failures) {
        this.nodes = nodes;
        this.host = host;
        this.network = network;
        this.clients = clients;
        this.failures = failures;
    }

    /** Gives nodes another time than Maelstrom's to answer what they are told at their start. */
    void initTimeout(Duration timeout) {
        initTimeoutNanos = timeout.toNanos();
    }

    /** Starts all nodes at once; when all have answered {@code init}, goes on. */
    void start(Runnable next) {
        for (var node : nodes) {
            states.put(node, State.FIRST_START);
            network.attach(node, new NodeEndpoint(node));
        }
        var ready = new Countdown(nodes.size(), next);
        for (var node : nodes) {
            if (!begin(node)) {
                return;
            }
        }
        for (var node : nodes) {
            init(node, () -> {
                states.put(node, State.UP);
                ready.countDown();
            });
        }
    }

    private boolean begin(String node) {
        starts.merge(node, 1, Integer::sum);
        var problem = host.start(node);
        problem.ifPresent(text -> failures.fail(node, "Node " + node + " could not be started: " + text));
        return problem.isEmpty();
    }

    private void init(String node, Runnable next) {
        var request = Json.body("init").put("node_id", node);
        var ids = request.putArray("node_ids");
        nodes.forEach(ids::add);
        ask(node, new Greeting(request, "init_ok"), next);
    }

    /** Tells a node something, as a client of its own. */
    private void ask(String node, Greeting said, Runnable next) {
        var client = clients.open();
        ask(client, node, said, () -> {
            client.close();
            next.run();
        });
    }

    /** Tells a node what it must answer in time and as told, or the run breaks off. */
    void ask(Client client, String node, Greeting said, Runnable next) {
        String type = said.request.path("type").asText();
        int start = starts.getOrDefault(node, 0);
        client.call(node, said.request, initTimeoutNanos, result -> {
            switch (result) {
                case Result.TimedOut()
                when hasEndedSince(node, start) -> {
                    if (starts.getOrDefault(node, 0) == start) {
                        restartIsOver(node);
                    }
                }
                case Result.TimedOut() ->
                    failures.fail(
                            node,
                            "Node " + node + " did not answer " + type + " within "
                                    + TimeUnit.NANOSECONDS.toSeconds(initTimeoutNanos) + " s");
                case Result.Replied(var body) when body.path("type").asText().equals(said.reply) -> next.run();
                case Result.Replied(var body) ->
                    failures.fail(
                            node, "Node " + node + " answered " + type + " with " + body + ", not with " + said.reply);
            }
        });
    }

    private boolean hasEndedSince(String node, int start) {
        boolean isDown = states.get(node) == State.DOWN || (host.simulated(node).isPresent() && !isUp(node));
        return isDown || starts.getOrDefault(node, 0) != start;
    }

    private boolean isUp(String node) {
        return host.refusal(node).isEmpty();
    }

    /** Says what nodes that start again are told once they have their id. */
    void greetWith(Greeting newGreeting) {
        greeting = Optional.of(newGreeting);
    }

    /** Whether a node was killed and has not been started again: then it is no wonder that it has ended. */
    boolean isDown(String node) {
        return states.get(node) == State.DOWN;
    }

    /** Starts all nodes that are down, and goes on when none is starting any more: each is up, or has ended again. */
    void restartAll(Runnable next) {
        nodes.forEach(this::restart);
        whenRestarted = next;
        goOnOnceRestarted();
    }

    private void restartIsOver(String node) {
        restarting.remove(node);
        goOnOnceRestarted();
    }

    private void goOnOnceRestarted() {
        if (restarting.isEmpty()) {
            var next = whenRestarted;
            whenRestarted = () -> {};
            next.run();
        }
    }

    @Override
    public List<String> nodes() {
        return nodes;
    }

    @Override
    public List<String> live() {
        return nodes.stream()
                .filter(node -> states.get(node) == State.UP && isUp(node))
                .toList();
    }

    @Override
    public void ask(String node, ObjectNode request, long timeoutNanos, Consumer<Optional<ObjectNode>> over) {
        var client = clients.open();
        client.call(node, request, timeoutNanos, result -> {
            client.close();
            over.accept(result instanceof Result.Replied(var body) ? Optional.of(body) : Optional.empty());
        });
    }

    @Override
    public void breakOff(String node, String sentence) {
        failures.fail(node, sentence);
    }

    @Override
    public SimulatedNetwork network() {
        return network;
    }

    @Override
    public void kill(String node) {
        states.put(node, State.DOWN);
        host.kill(node);
    }

    @Override
    public void restart(String node) {
        if (states.get(node) != State.DOWN
                && (isUp(node) || host.simulated(node).isEmpty())) {
            return;
        }
        states.put(node, State.RESTART);
        restarting.add(node);
        if (begin(node)) {
            init(node, () -> {
                Runnable up = () -> {
                    states.put(node, State.UP);
                    restartIsOver(node);
                };
                greeting.ifPresentOrElse(said -> ask(node, new Greeting(said.request.deepCopy(), said.reply), up), up);
            });
        }
    }

    @Override
    public void pause(String node) {
        host.pause(node);
    }

    @Override
    public void resume(String node) {
        host.resume(node);
    }

    @Override
    public Optional<SimulatedNode<?, ?>> simulated(String node) {
        return host.simulated(node);
    }

    /** Where messages for a node arrive. */
    private final class NodeEndpoint implements SimulatedNetwork.Endpoint {
        private final String node;
        private final Optional<String> down;
        private final Optional<String> starting;

        NodeEndpoint(String node) {
            this.node = node;
            this.down = Optional.of(node + " is down");
            this.starting = Optional.of(node + " is starting");
        }

        @Override
        public void receive(Letter letter) {
            throw new IllegalStateException("a message without its number: " + letter);
        }

        @Override
        public void receive(long number, Letter letter) {
            host.deliver(node, number, letter);
        }

        private boolean startsNode(Letter letter) {
            return letter.type().equals("init")
                    || greeting.map(said -> said.request.path("type").asText())
                            .filter(letter.type()::equals)
                            .isPresent();
        }

        @Override
        public Optional<String> refusal(Letter letter) {
            if (states.get(node) == State.DOWN) {
                return down;
            }
            return states.get(node) == State.RESTART && !startsNode(letter) ? starting : host.refusal(node);
        }
    }

    /** Runs an action when it has been called a number of times; at once, when that is 0. */
    static final class Countdown {
        private final Runnable action;
        private int left;

        Countdown(int count, Runnable action) {
            this.action = action;
            left = count;
            if (count == 0) {
                action.run();
            }
        }

        void countDown() {
            left--;
            if (left == 0) {
                action.run();
            }
        }
    }
}

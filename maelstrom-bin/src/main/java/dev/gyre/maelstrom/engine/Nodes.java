package dev.gyre.maelstrom.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.simulation.SimulatedNetwork;
import dev.gyre.core.simulation.Timeline;
import dev.gyre.maelstrom.engine.NodeEvent.Line;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The nodes of a run or of a script, on their network. Anything a node must not do is told at once, with the node and the line. For one thread.
 */
public final class Nodes {
    private static final int SHOWN_MAX = 2_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Timeline timeline;
    private final NodeHost host;
    private final SimulatedNetwork network;
    private final Client.Factory clients;
    private final Cluster cluster;
    private final Consumer<RunFailure> whenBroken;

    /**
     * Nodes that do not run yet.
     *
     * @param ids their names, in order
     * @param network has nobody of these names on it
     * @param problems gets replies that make no sense
     * @param whenBroken is told why one cannot go on; maybe several times
     */
    public Nodes(
            List<String> ids,
            NodeHost host,
            Timeline timeline,
            SimulatedNetwork network,
            Problems problems,
            Consumer<RunFailure> whenBroken) {
        this.timeline = timeline;
        this.host = host;
        this.network = network;
        this.whenBroken = whenBroken;
        clients = new Client.Factory(network, timeline, problems);
        cluster = new Cluster(ids, host, network, clients, (node, text) -> fail(node, text, Optional.empty()));
    }

    Client.Factory clients() {
        return clients;
    }

    Cluster cluster() {
        return cluster;
    }

    /**
     * Gives nodes another time than Maelstrom's ten seconds to answer {@code init}: where the question is what a job does and not how fast a JVM starts beside others.
     *
     * @param timeout counts from each start after this
     */
    public void initTimeout(Duration timeout) {
        cluster.initTimeout(timeout);
    }

    /** Starts all at once; when all have answered {@code init}, goes on. */
    public void start(Runnable next) {
        cluster.start(next);
    }

    /** Those that are up, in order. */
    public List<String> live() {
        return cluster.live();
    }

    /** Ends one without a word. */
    public void kill(String node) {
        cluster.kill(node);
    }

    /** Starts one that was killed, with what its disk has kept. */
    public void restart(String node) {
        cluster.restart(node);
    }

    /**
     * Asks one something, as a client of its own.
     *
     * @param over is told of the answer, or of nothing when there was none in time
     */
    public void ask(String node, ObjectNode request, long timeoutNanos, Consumer<Optional<ObjectNode>> over) {
        cluster.ask(node, request, timeoutNanos, over);
    }

    /** Passes on what a node did. */
    public void accept(NodeEvent event) {
        switch (event) {
            case NodeEvent.Sent sent -> sent(sent);
            case NodeEvent.BadLine bad -> fail(bad.node(), bad.problem(), bad.line());
            case NodeEvent.Ended ended when cluster.isDown(ended.node()) -> {}
            case NodeEvent.Ended ended ->
                fail(ended.node(), "Node " + ended.node() + " " + ended.how() + at(), Optional.empty());
        }
    }

    private void sent(NodeEvent.Sent sent) {
        var letter = sent.letter();
        if (!letter.src().equals(sent.node())) {
            fail(sent, "names \"" + letter.src() + "\" as its sender");
        } else if (!network.knows(letter.dest())) {
            fail(sent, "names an unknown dest, \"" + letter.dest() + "\"");
        } else {
            network.send(letter);
        }
    }

    private void fail(NodeEvent.Sent sent, String problem) {
        sent.line().ifPresentOrElse(line -> fail(sent.node(), problem, line), () -> {
            String sentence = "Message " + sent.letter() + " of node " + sent.node() + " " + problem + at();
            fail(sent.node(), sentence, Optional.empty());
        });
    }

    private void fail(String node, String problem, Line line) {
        String sentence = "Line " + line.number() + " of node " + node + "'s output " + problem + at();
        fail(node, sentence, Optional.of(line));
    }

    private void fail(String node, String sentence, Optional<Line> line) {
        var shown = line.map(it -> it.text().length() <= SHOWN_MAX
                ? it
                : new Line(it.number(), it.text().substring(0, SHOWN_MAX) + "…"));
        whenBroken.accept(new RunFailure(node, sentence, shown, host.logTail(node)));
    }

    private String at() {
        return String.format(Locale.ROOT, " (%.3f s into the run)", timeline.nowNanos() / NANOS_PER_SECOND);
    }
}

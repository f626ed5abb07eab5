package dev.gyre.maelstrom.fire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gyre.core.Outcome;
import dev.gyre.core.ServiceFactory;
import dev.gyre.core.host.LocalClient;
import dev.gyre.core.host.LocalHost;
import dev.gyre.core.host.LocalSettings;
import dev.gyre.core.kv.KvMessage;
import dev.gyre.examples.raftkv.RaftKvNode;
import dev.gyre.examples.replicated.Command;
import dev.gyre.raft.RaftEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A store on Raft in this process, on folders, whose client remembers what it was promised. */
final class LocalStore implements AutoCloseable {
    /** However busy the machine is. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final LocalHost host;
    private final LocalClient<KvMessage> client;
    private final Map<String, FaultyDisk> disks = new TreeMap<>();
    private final Map<String, String> promised = new TreeMap<>();
    private final String[] flags;

    LocalStore(Path folder, int nodes, String... flags) {
        this.host = LocalHost.of(nodes, LocalSettings.defaults().dataIn(folder));
        this.flags = flags;
        host.nodeIds().forEach(node -> disks.put(node, new FaultyDisk()));
        client = host.client(KvMessage.class);
    }

    LocalHost host() {
        return host;
    }

    FaultyDisk disk(String node) {
        return Objects.requireNonNull(disks.get(node));
    }

    void start(String node) {
        var disk = disk(node);
        host.start(
                node,
                KvMessage.class,
                (ServiceFactory<KvMessage, RaftEvent<Command<KvMessage>>>) context -> new RaftKvNode(disk.of(context)),
                flags);
    }

    void startAll() {
        host.nodeIds().forEach(this::start);
    }

    List<String> nodes() {
        return host.nodeIds();
    }

    /** Asks a node until it is served. */
    KvMessage ask(String node, KvMessage request) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Outcome<KvMessage> outcome = client.call(node, request, TIMEOUT).join();
        while (!(outcome instanceof Outcome.Ok) && host.isRunning(node) && System.nanoTime() - end < 0) {
            outcome = client.call(node, request, TIMEOUT).join();
        }
        if (outcome instanceof Outcome.Ok<KvMessage>(var answer)) {
            return answer;
        }
        throw new AssertionError(node + " was asked " + request + ", and that became " + outcome);
    }

    /** Asks a node once: whatever comes of it. What was acknowledged is remembered. */
    boolean tryPut(String node, String key, String value) {
        boolean isOk = client.call(node, write(key, value), TIMEOUT).join() instanceof Outcome.Ok;
        if (isOk) {
            promised.put(key, value);
        }
        return isOk;
    }

    /** Writes, and remembers it. */
    void put(String node, String key, String value) {
        ask(node, write(key, value));
        promised.put(key, value);
    }

    /** Whether a node serves all that any node has acknowledged. */
    void hasAll(String node) {
        promised.forEach((key, value) -> {
            var answer = ask(node, new KvMessage.Read(text(key)));
            if (!answer.equals(new KvMessage.ReadOk(text(value)))) {
                throw new AssertionError(key + " was acknowledged as " + value + ", and at " + node + " is " + answer);
            }
        });
    }

    LocalClient<KvMessage> client() {
        return client;
    }

    static KvMessage write(String key, String value) {
        return new KvMessage.Write(text(key), text(value));
    }

    static JsonNode text(String value) {
        return JsonNodeFactory.instance.textNode(value);
    }

    @Override
    public void close() {
        host.close();
    }
}

package dev.gyre.stream.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.RpcError;
import dev.gyre.core.simulation.FaultKind;
import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.SimulatedClient;
import dev.gyre.core.simulation.Simulation;
import dev.gyre.core.simulation.SimulationRun;
import dev.gyre.stream.snapshot.ReplicatedSnapshots.Settings;
import dev.gyre.stream.snapshot.StoreHost.Call;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One seed: nodes with replicated snapshots under all faults, at which objects are put, read, listed and deleted everywhere. An object that was promised is there
 * and as it was, until somebody asks to delete it; one that was refused or is deleted is not; no replica is ever beyond the bound; and in the end all have the same,
 * without anything that was left behind.
 */
final class StoreRun {
    /** Little room and small chunks, so that the bound is met, puts take many entries, and the log is cut often. */
    private static final Settings SETTINGS = new Settings(60_000, 700, 3, Duration.ofMillis(1200));

    private static final Duration CHAOS = Duration.ofSeconds(10);
    private static final Duration SETTLE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    /** What a client says of a node that says nothing. */
    private static final String NO_REPLY = "did not reply";

    /** What clients know of an object. */
    private enum Fate {
        ASKED,
        THERE,
        REFUSED,
        PERHAPS
    }

    private record Names(List<String> all) {}

    private static final class Known {
        private final int size;
        private Fate fate = Fate.ASKED;
        private boolean isDeletionAsked;
        private boolean isDeleted;
        /** Who told that it may be there, and took it for not stored. */
        private @Nullable StoreHost abandonedBy;

        Known(int size) {
            this.size = size;
        }

        boolean isKept() {
            return fate == Fate.THERE && !isDeletionAsked;
        }

        boolean isGone() {
            return fate == Fate.REFUSED || isDeleted;
        }
    }

    private final long seed;
    private final TreeMap<String, StoreHost> hosts = new TreeMap<>();
    private final TreeMap<String, Known> objects = new TreeMap<>();
    private final TreeMap<String, Long> counts = new TreeMap<>();

    StoreRun(long seed) {
        this.seed = seed;
    }

    Map<String, Long> counts() {
        return counts;
    }

    /** The first seed from 1 that does not hold, and why; empty if all hold. */
    static String firstFailure(int seeds) {
        for (long seed = 1; seed <= seeds; seed++) {
            try {
                new StoreRun(seed).run();
            } catch (RuntimeException | AssertionError failure) {
                return "seed " + seed + ": " + failure.getMessage();
            }
        }
        return "";
    }

    /** Runs it, once. */
    void run() {
        Simulation.<Call, Runnable>of(Call.class, node -> {
                    var host = new StoreHost(node, SETTINGS);
                    hosts.put(node.nodeId(), host);
                    count("lives");
                    return host;
                })
                .nodes(3 + (int) (seed % 3))
                .latency(Latency.exponential(Duration.ofMillis(1 + seed % 7)))
                .faults(FaultKind.USUAL)
                .chaos(CHAOS)
                .settle(SETTLE)
                .run(seed, this::play);
    }

    private void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    private void play(SimulationRun<Call> run) {
        var client = run.client();
        run.every(Duration.ofMillis(25), () -> {
            hosts.values().forEach(host -> checkBound(host.table()));
            act(run, client);
        });
        run.whenSettled(() -> {
            checkAgreement();
            objects.forEach((name, known) -> {
                if (known.isKept()) {
                    run.nodeIds().forEach(node -> get(client, node, name));
                }
            });
            run.after(Duration.ofMillis(1500), () -> objects.keySet().forEach(name -> delete(client, "n1", name)));
        });
        run.check(() -> hosts.forEach((node, host) -> {
            assertThat(host.table().names())
                    .as("objects at %s in the end", node)
                    .isEmpty();
            assertThat(host.table().counted())
                    .as("bytes at %s in the end", node)
                    .isZero();
        }));
    }

    private void act(SimulationRun<Call> run, SimulatedClient<Call> client) {
        var random = run.random();
        int what = random.nextInt(100);
        if (what < 40) {
            int sizeMax = List.of(1, 700, 2_000, 6_000, 25_000).get(random.nextInt(5));
            put(client, run.anyNode(), random.nextInt(sizeMax));
        } else if (what < 45) {
            list(client, run.anyNode());
        } else if (!objects.isEmpty()) {
            var all = List.copyOf(objects.keySet());
            // Mostly of the latest ones: older ones are deleted.
            var name = all.get(Math.max(0, all.size() - 1 - random.nextInt(30)));
            if (what < 75) {
                get(client, run.anyNode(), name);
            } else if (what < 85) {
                part(client, run.anyNode(), name, random.nextInt(6_000), random.nextInt(3_000));
            } else {
                delete(client, run.anyNode(), name);
            }
        }
    }

    // ---- requests

    private <T> Promise<T> ask(
            SimulatedClient<Call> client, String node, Class<T> type, Function<SnapshotStore, Promise<T>> request) {
        return client.call(node, new Call.Ask(store -> request.apply(store).map(value -> (Object) value)), PATIENCE)
                .map(answer -> type.cast(((Call.Done) answer).value()));
    }

    private Known known(String name) {
        return Objects.requireNonNull(objects.get(name), name);
    }

    private static byte[] bytes(String name, int size) {
        var bytes = new byte[size];
        new Random(name.hashCode()).nextBytes(bytes); // the hash of a string is specified
        return bytes;
    }

    private void put(SimulatedClient<Call> client, String node, int size) {
        var name = "object-%05d".formatted(objects.size());
        var known = new Known(size);
        objects.put(name, known);
        var content = ByteBuffer.wrap(bytes(name, size));
        var slices = List.of(content.slice(0, size / 3), content.slice(size / 3, size - size / 3));
        ask(client, node, SnapshotStore.Stored.class, store -> store.put(name, slices))
                .whenDone(outcome -> {
                    known.fate = switch (outcome) {
                        case Outcome.Ok<SnapshotStore.Stored>(var stored) -> {
                            assertThat(stored).isEqualTo(new SnapshotStore.Stored(name, size));
                            yield Fate.THERE;
                        }
                        case Outcome.Failed<SnapshotStore.Stored>(var error) -> {
                            assertThat(error.code()).as(error.text()).isNotEqualTo(SnapshotStore.DAMAGED);
                            yield Fate.REFUSED;
                        }
                        case Outcome.Unknown<SnapshotStore.Stored>(var error) -> {
                            known.abandonedBy = error.text().contains(NO_REPLY) ? null : hosts.get(node);
                            yield Fate.PERHAPS;
                        }
                    };
                    boolean isFull = outcome instanceof Outcome.Failed<?>(var error)
                            && error.text().contains("more than the bound");
                    count("put " + (isFull ? "refused by the bound" : said(outcome)));
                });
    }

    private static String said(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Ok<?> ok -> "ok";
            case Outcome.Failed<?>(var error) -> "failed: " + error.text().replaceAll("[0-9]+", "#");
            case Outcome.Unknown<?>(var error) -> "unknown: " + error.text().replaceAll("[0-9]+", "#");
        };
    }

    private void get(SimulatedClient<Call> client, String node, String name) {
        reads(client, node, name, store -> store.get(name), bytes -> bytes);
    }

    private void part(SimulatedClient<Call> client, String node, String name, int offset, int length) {
        reads(
                client,
                node,
                name,
                store -> store.read(name, offset, length),
                bytes -> offset + length > bytes.length ? null : Arrays.copyOfRange(bytes, offset, offset + length));
    }

    /** @param expected what is read of an object of these bytes, or null if there are too few */
    private void reads(
            SimulatedClient<Call> client,
            String node,
            String name,
            Function<SnapshotStore, Promise<byte[]>> request,
            Function<byte[], byte @Nullable []> expected) {
        var known = known(name);
        boolean wasKept = known.isKept();
        boolean wasGone = known.isGone();
        ask(client, node, byte[].class, request).whenDone(outcome -> {
            switch (outcome) {
                case Outcome.Ok<byte[]>(var bytes) -> {
                    assertThat(wasGone)
                            .as("%s was gone, and is read at %s", name, node)
                            .isFalse();
                    assertThat(bytes).as("%s at %s", name, node).isEqualTo(expected.apply(bytes(name, known.size)));
                    count("read");
                }
                case Outcome.Failed<byte[]>(var error) -> failedRead(node, name, error, wasKept && known.isKept());
                case Outcome.Unknown<byte[]> unknown -> count("read unknown");
            }
        });
    }

    private void failedRead(String node, String name, RpcError error, boolean mustBeThere) {
        assertThat(error.code()).as(error.text()).isNotEqualTo(SnapshotStore.DAMAGED);
        if (error.code().equals(ErrorCode.KEY_DOES_NOT_EXIST)) {
            assertThat(mustBeThere).as("%s is lost at %s", name, node).isFalse();
            count("read nothing");
        } else {
            count("read failed " + error.code());
        }
    }

    private void list(SimulatedClient<Call> client, String node) {
        var kept = objects.entrySet().stream()
                .filter(each -> each.getValue().isKept())
                .map(Map.Entry::getKey)
                .toList();
        var gone = objects.entrySet().stream()
                .filter(each -> each.getValue().isGone())
                .map(Map.Entry::getKey)
                .toList();
        ask(client, node, Names.class, store -> store.list().map(Names::new)).whenDone(outcome -> {
            if (outcome instanceof Outcome.Ok<Names>(Names(var names))) {
                var still = kept.stream().filter(name -> known(name).isKept()).toList();
                assertThat(names.containsAll(still))
                        .as("%s has %s", names, still)
                        .isTrue();
                assertThat(gone.stream().anyMatch(names::contains))
                        .as("%s has any of %s", names, gone)
                        .isFalse();
                count("listed");
            }
        });
    }

    private void delete(SimulatedClient<Call> client, String node, String name) {
        var known = known(name);
        boolean wasAnswered = known.fate != Fate.ASKED;
        known.isDeletionAsked = true;
        ask(client, node, SnapshotStore.Deleted.class, store -> store.delete(name))
                .whenDone(outcome -> {
                    if (outcome instanceof Outcome.Ok<?> && wasAnswered && known.fate != Fate.PERHAPS) {
                        known.isDeleted = true; // what is put meanwhile, or perhaps, may be there later
                    }
                    count("delete " + said(outcome));
                });
    }

    // ---- what always holds

    private static void checkBound(ObjectTable table) {
        long sum = table.sealed().stream().mapToLong(ReplicatedObject::counted).sum()
                + table.open().stream().mapToLong(ReplicatedObject::counted).sum();
        assertThat(table.counted()).isEqualTo(sum).isLessThanOrEqualTo(SETTINGS.maxBytes());
    }

    /** All replicas have the same, and nothing that is being put: nobody asks for anything any more. */
    private void checkAgreement() {
        var first = ObjectImage.encode(hosts.firstEntry().getValue().table());
        hosts.forEach((node, host) -> {
            assertThat(host.table().open()).as("left behind at %s", node).isEmpty();
            assertThat(ObjectImage.encode(host.table())).as("what %s has", node).isEqualTo(first);
        });
        hosts.values().forEach(host -> checkBound(host.table()));
        var there = hosts.firstEntry().getValue().table().names();
        objects.forEach((name, known) -> {
            if (known.abandonedBy != null && hosts.containsValue(known.abandonedBy)) {
                assertThat(there).as("what was taken for not stored").doesNotContain(name);
                count("abandoned");
            }
        });
    }
}

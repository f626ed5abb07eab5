package dev.gyre.maelstrom.nemesis;

import dev.gyre.core.simulation.SimulatedNetwork;
import dev.gyre.core.simulation.SimulatedNode;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The faults that the command line knows, by name. */
public final class Faults {
    /** Every second sync of a disk that is this slow takes longer than most time-outs. */
    private static final double SLOW_DISK_FACTOR = 2_000;

    private static final double SLOW_LINK_FACTOR = 20;

    private static final List<String> SERVICES = List.of("lin-kv", "seq-kv", "lww-kv", "lin-tso");

    private static final SequencedMap<String, Supplier<Fault>> ANYWHERE = new TreeMap<>();
    private static final SequencedMap<String, Supplier<Fault>> IN_SIMULATION = new TreeMap<>();

    static {
        for (var fault : List.of(
                of(PartitionFault::new),
                of(() -> new LinkFault(
                        "one-way",
                        (net, src, dest) -> net.cut("one-way", src, dest),
                        (net, src, dest) -> net.mend("one-way"))),
                of(() -> new LinkFault(
                        "slow",
                        (net, src, dest) -> net.slow(src, dest, SLOW_LINK_FACTOR),
                        (net, src, dest) -> net.slow(src, dest, 1))),
                of(() -> new LinkFault("clog", SimulatedNetwork::clog, SimulatedNetwork::unclog)),
                of(() -> new ShareFault("loss", SimulatedNetwork::lose)),
                of(() -> new ShareFault("duplicate", SimulatedNetwork::duplicate)),
                of(() -> new NodeFault("services", Faults::clogServices, Faults::unclogServices)),
                of(() -> new NodeFault("kill", FaultTarget::kill, FaultTarget::restart)),
                of(() -> new NodeFault("pause", FaultTarget::pause, FaultTarget::resume)))) {
            ANYWHERE.put(fault.get().name(), fault);
        }
        for (var fault : List.of(
                of(ClockFault::new),
                disk("slow-disk", node -> node.slowDisk(SLOW_DISK_FACTOR)),
                disk("full-disk", node -> node.fillDisk(true)),
                disk("failed-sync", node -> node.failSyncs(true)))) {
            IN_SIMULATION.put(fault.get().name(), fault);
        }
    }

    private Faults() {}

    /** Requests and replies arrive when nobody waits for them any more, so that nobody knows what became of a request. */
    private static void clogServices(FaultTarget target, String node) {
        for (var service : SERVICES) {
            target.network().clog(node, service);
            target.network().clog(service, node);
        }
    }

    private static void unclogServices(FaultTarget target, String node) {
        for (var service : SERVICES) {
            target.network().unclog(node, service);
            target.network().unclog(service, node);
        }
    }

    private static Supplier<Fault> of(Supplier<Fault> fault) {
        return fault;
    }

    /** A fault of a disk. What the node makes of it may be its end, so it is started again when the disk is mended. */
    private static Supplier<Fault> disk(String name, Consumer<SimulatedNode<?, ?>> strike) {
        return () ->
                new NodeFault(name, (target, node) -> target.simulated(node).ifPresent(strike), (target, node) -> {
                    target.simulated(node).ifPresent(Faults::mendDisk);
                    target.restart(node);
                });
    }

    private static void mendDisk(SimulatedNode<?, ?> node) {
        node.slowDisk(1);
        node.fillDisk(false);
        node.failSyncs(false);
    }

    /** The names of faults that can befall processes. */
    public static List<String> names() {
        return List.copyOf(ANYWHERE.keySet());
    }

    /** The names of faults that can befall simulated nodes only, whose clocks and disks are ours. */
    public static List<String> simulatedNames() {
        return List.copyOf(IN_SIMULATION.keySet());
    }

    /** A fault by its name; nothing when there is none of that name. */
    public static Optional<Fault> named(String name) {
        var made = ANYWHERE.containsKey(name) ? ANYWHERE.get(name) : IN_SIMULATION.get(name);
        return Optional.ofNullable(made).map(Supplier::get);
    }
}

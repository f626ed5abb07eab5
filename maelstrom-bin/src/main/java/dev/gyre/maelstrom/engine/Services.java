package dev.gyre.maelstrom.engine;

import dev.gyre.core.ServiceFactory;
import dev.gyre.core.kv.KvMessage;
import dev.gyre.core.kv.TsoMessage;
import dev.gyre.core.kv.service.LinKvService;
import dev.gyre.core.kv.service.LinTsoService;
import dev.gyre.core.kv.service.LwwKvService;
import dev.gyre.core.kv.service.SeqKvService;
import dev.gyre.core.simulation.RandomStreams;
import dev.gyre.core.simulation.SimulatedNetwork;
import dev.gyre.core.simulation.SimulatedNode;
import dev.gyre.core.simulation.SimulatedNode.Identity;
import dev.gyre.core.simulation.Timeline;
import java.util.List;

/**
 * The services that Maelstrom offers to nodes, as participants of a run's network. They are nodes of the simulator in every
 * run, also in one whose other nodes are processes: time and messages are the run's.
 */
final class Services {
    private final Timeline timeline;
    private final SimulatedNetwork network;
    private final RandomStreams random;

    private Services(Timeline timeline, SimulatedNetwork network, RandomStreams random) {
        this.timeline = timeline;
        this.network = network;
        this.random = random;
    }

    /** Adds {@code lin-kv}, {@code seq-kv}, {@code lww-kv} and {@code lin-tso} to a network. */
    static void attach(Timeline timeline, SimulatedNetwork network, RandomStreams random) {
        var services = new Services(timeline, network, random);
        services.<KvMessage, Void>attach("lin-kv", KvMessage.class, LinKvService::new);
        services.<KvMessage, Void>attach("seq-kv", KvMessage.class, SeqKvService::new);
        services.<KvMessage, Void>attach("lww-kv", KvMessage.class, LwwKvService::new);
        services.<TsoMessage, Void>attach("lin-tso", TsoMessage.class, LinTsoService::new);
    }

    private <M, S> void attach(String id, Class<M> payloads, ServiceFactory<M, S> factory) {
        var identity = new Identity(id, List.of(id), List.of());
        var service = new SimulatedNode.Builder<>(identity, payloads, factory, random, Services::failed)
                .on(timeline, network::send);
        network.attach(id, service);
        service.start();
    }

    private static void failed(String service, Throwable failure) {
        throw new IllegalStateException(service + " failed", failure);
    }
}

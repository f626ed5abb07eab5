package dev.gyre.maelstrom.mutants;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Network;
import dev.gyre.core.Promise;
import dev.gyre.core.Request;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** A node's network, passed on as it is. What is wrong with it is overridden. */
class TwistedNetwork<M> implements Network<M> {
    private final Network<M> network;

    TwistedNetwork(Network<M> network) {
        this.network = network;
    }

    @Override
    public String nodeId() {
        return network.nodeId();
    }

    @Override
    public List<String> nodeIds() {
        return network.nodeIds();
    }

    @Override
    public void send(String dest, M payload) {
        network.send(dest, payload);
    }

    @Override
    public void reply(Request request, M payload) {
        network.reply(request, payload);
    }

    @Override
    public void reply(Request request, ErrorCode code, String text) {
        network.reply(request, code, text);
    }

    @Override
    public Promise<M> rpc(String dest, M payload, Duration timeout) {
        return network.rpc(dest, payload, timeout);
    }

    @Override
    public List<String> neighbours() {
        return network.neighbours();
    }

    @Override
    public void useNeighbours(Collection<String> neighbours) {
        network.useNeighbours(neighbours);
    }
}

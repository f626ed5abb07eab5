package dev.gyre.core.loop;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Network;
import dev.gyre.core.Promise;
import dev.gyre.core.Request;
import dev.gyre.core.RpcError;
import dev.gyre.core.codec.PayloadTypes;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/** The network as one protocol sees it. Neighbours are a matter of each part: those of one do not change another's. */
final class EndpointNetwork<M> implements Network<M> {
    private final NodeLoop node;
    private final PayloadTypes<M> types;
    private List<String> neighbours;

    EndpointNetwork(NodeLoop node, PayloadTypes<M> types) {
        this.node = node;
        this.types = types;
        // Not by a topology: the node may stand beside the cluster, as a service does.
        this.neighbours = others(node.nodeIds);
    }

    @Override
    public String nodeId() {
        return node.nodeId;
    }

    @Override
    public List<String> nodeIds() {
        return node.nodeIds;
    }

    @Override
    public void send(String dest, M payload) {
        node.port.send(dest, OptionalLong.empty(), OptionalLong.empty(), payload, types);
    }

    @Override
    public void reply(Request request, M payload) {
        node.port.send(request.src(), OptionalLong.empty(), request.msgId(), payload, types);
    }

    @Override
    public void reply(Request request, ErrorCode code, String text) {
        node.answer(request, new RpcError(code, text));
    }

    @Override
    public Promise<M> rpc(String dest, M payload, Duration timeout) {
        return node.calls.call(dest, payload, timeout, types);
    }

    @Override
    public List<String> neighbours() {
        return neighbours;
    }

    @Override
    public void useNeighbours(Collection<String> chosen) {
        for (var neighbour : chosen) {
            if (!node.nodeIds.contains(neighbour)) {
                throw new IllegalArgumentException(neighbour + " is no node of the cluster " + node.nodeIds);
            }
        }
        neighbours = others(chosen);
    }

    private List<String> others(Collection<String> ids) {
        return ids.stream().filter(id -> !id.equals(node.nodeId)).distinct().toList();
    }
}

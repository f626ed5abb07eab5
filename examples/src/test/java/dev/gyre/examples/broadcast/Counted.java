package dev.gyre.examples.broadcast;

import dev.gyre.core.Event;
import dev.gyre.core.MemoryStorage;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Service;
import dev.gyre.examples.broadcast.BroadcastNode.Msg;
import dev.gyre.examples.broadcast.BroadcastNode.Signal;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/** Counts the messages that nodes send each other, those that are lost too. Their disks take no time. */
final class Counted {
    private Consumer<String> whenTaken = node -> {};
    private long messages;

    /** A node whose messages count: the shares that it sends, and the confirmations of those that it takes. */
    @SuppressWarnings("unchecked") // a proxy of a context of any type is one of this type: it holds nothing itself
    Service<Msg, Signal> node(NodeContext<Msg, Signal> real, Options options) {
        var network = real.network();
        var counting = proxy(Network.class, (proxy, method, args) -> {
            messages += method.getName().equals("rpc") ? 1 : 0;
            return method.invoke(network, args);
        });
        var storage = new MemoryStorage();
        var context =
                (NodeContext<Msg, Signal>) proxy(NodeContext.class, (proxy, method, args) -> switch (method.getName()) {
                    case "network" -> counting;
                    case "storage" -> storage;
                    default -> method.invoke(real, args);
                });
        var service = new BroadcastNode(context, options);
        return (event, unused) -> {
            if (event instanceof Event.Received<Msg, Signal>(var message) && message.payload() instanceof Msg.Share) {
                messages++;
            }
            service.step(event, network);
            if (event instanceof Event.Received<Msg, Signal>(var message) && !(message.payload() instanceof Msg.Read)) {
                whenTaken.accept(real.nodeId());
            }
        };
    }

    private static Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }

    /** Does something whenever a node has taken a message that may have taught it something. */
    void whenTaken(Consumer<String> action) {
        whenTaken = action;
    }

    long messages() {
        return messages;
    }
}

package dev.gyre.examples.broadcast;

import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.Mockito.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

import dev.gyre.core.Event;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Service;
import dev.gyre.examples.broadcast.BroadcastNode.Msg;
import dev.gyre.examples.broadcast.BroadcastNode.Signal;
import java.time.Duration;

/** Counts the messages that nodes send each other, those that are lost too. */
final class Counted {
    private long messages;

    /** A node whose messages count: the shares that it sends, and the confirmations of those that it takes. */
    Service<Msg, Signal> node(NodeContext<Msg, Signal> real, Options options) {
        Network<Msg> network = mock(withSettings().stubOnly().defaultAnswer(delegatesTo(real.network())));
        doAnswer(call -> {
                    messages++;
                    return real.network().rpc(call.getArgument(0), call.getArgument(1), call.<Duration>getArgument(2));
                })
                .when(network)
                .rpc(any(), any(), any());
        NodeContext<Msg, Signal> context = mock(withSettings().stubOnly().defaultAnswer(delegatesTo(real)));
        doReturn(network).when(context).network();
        var service = new BroadcastNode(context, options);
        return (event, unused) -> {
            if (event instanceof Event.Received<Msg, Signal>(var message) && message.payload() instanceof Msg.Share) {
                messages++;
            }
            service.step(event, network);
        };
    }

    long messages() {
        return messages;
    }
}

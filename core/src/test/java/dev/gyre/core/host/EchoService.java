package dev.gyre.core.host;

import dev.gyre.core.Event;
import dev.gyre.core.Network;
import dev.gyre.core.Service;

/** What the tests of hosts run. */
final class EchoService implements Service<EchoService.Msg, Void> {
    sealed interface Msg {
        record Echo(String echo) implements Msg {}

        record EchoOk(String echo) implements Msg {}

        record Fail(String how) implements Msg {}
    }

    @Override
    public void step(Event<Msg, Void> event, Network<Msg> network) {
        if (event instanceof Event.Received<Msg, Void>(var message)) {
            switch (message.payload()) {
                case Msg.Echo(String text) -> network.reply(message, new Msg.EchoOk(text));
                case Msg.Fail(String how) when how.equals("stack overflow") -> overflow(Long.MAX_VALUE);
                case Msg.Fail(String how) -> throw new IllegalStateException(how);
                case Msg.EchoOk ok -> network.reply(message, ok);
            }
        }
    }

    private static long overflow(long depth) {
        return depth == 0 ? 0 : 1 + overflow(depth - 1);
    }
}

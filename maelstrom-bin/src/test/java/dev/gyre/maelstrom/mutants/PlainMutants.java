package dev.gyre.maelstrom.mutants;

import dev.gyre.core.Event;
import dev.gyre.core.IdCounter;
import dev.gyre.core.simulation.RandomStreams;
import dev.gyre.examples.echo.EchoNode;
import dev.gyre.examples.uniqueids.UniqueIdsNode;
import dev.gyre.maelstrom.simulate.Program;
import java.util.List;

/** Wrong nodes for {@code echo} and {@code unique-ids}. */
final class PlainMutants {
    private static final Twist<UniqueIdsNode.Msg, Void> IDS = new Twist<>(UniqueIdsNode.Msg.class, UniqueIdsNode::new);
    private static final long NANOS_PER_MILLI = 1_000_000;

    private PlainMutants() {}

    static List<Mutant> all() {
        return List.of(
                Mutant.of("echo", "leaves out the last letter of some texts", "Asked to echo", cut()),
                Mutant.of("echo", "answers with the text of the request before", "Asked to echo", late()),
                Mutant.of(
                        "unique-ids",
                        "the same random prefix after a restart",
                        "was given out twice",
                        IDS.random(name -> new RandomStreams(7).fork(name))),
                Mutant.of("unique-ids", "a counter on each node, and no name", "was given out twice", counter()),
                Mutant.of("unique-ids", "the time in milliseconds as an id", "was given out twice", clock()));
    }

    private static Program<?, ?> cut() {
        return new Twist<EchoNode.Msg, Void>(EchoNode.Msg.class, node -> new EchoNode())
                .sends(reply -> reply instanceof EchoNode.Msg.EchoOk(var text) && text.endsWith("7")
                        ? new EchoNode.Msg.EchoOk(text.substring(0, text.length() - 1))
                        : reply);
    }

    private static Program<?, ?> late() {
        return new Program<EchoNode.Msg, Void>(EchoNode.Msg.class, node -> {
            var before = new String[] {""};
            return (event, network) -> {
                if (event instanceof Event.Received<EchoNode.Msg, Void>(var message)
                        && message.payload() instanceof EchoNode.Msg.Echo(var text)) {
                    network.reply(message, new EchoNode.Msg.EchoOk(before[0].isEmpty() ? text : before[0]));
                    before[0] = text;
                }
            };
        });
    }

    private static Program<?, ?> counter() {
        return new Program<UniqueIdsNode.Msg, Void>(UniqueIdsNode.Msg.class, node -> {
            var counter = new IdCounter();
            return (event, network) -> {
                if (event instanceof Event.Received<UniqueIdsNode.Msg, Void>(var message)) {
                    network.reply(message, new UniqueIdsNode.Msg.GenerateOk(Long.toString(counter.next())));
                }
            };
        });
    }

    private static Program<?, ?> clock() {
        return new Program<UniqueIdsNode.Msg, Void>(UniqueIdsNode.Msg.class, node -> (event, network) -> {
            if (event instanceof Event.Received<UniqueIdsNode.Msg, Void>(var message)) {
                network.reply(
                        message, new UniqueIdsNode.Msg.GenerateOk(Long.toString(node.nowNanos() / NANOS_PER_MILLI)));
            }
        });
    }
}

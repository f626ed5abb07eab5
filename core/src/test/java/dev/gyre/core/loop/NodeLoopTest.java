package dev.gyre.core.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Event;
import dev.gyre.core.EventSender;
import dev.gyre.core.InvariantViolation;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Outcome;
import dev.gyre.core.RpcError;
import dev.gyre.core.Service;
import dev.gyre.core.ServiceFactory;
import dev.gyre.core.codec.ErrorBody;
import dev.gyre.core.codec.LineDecoder;
import dev.gyre.core.codec.MalformedLine;
import dev.gyre.core.codec.PayloadTypes;
import dev.gyre.core.loop.RecordingPort.Sent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class NodeLoopTest {
    sealed interface Msg {
        record Ask(int n) implements Msg {}

        record Answer(int n) implements Msg {}

        record Forward(String to) implements Msg {}
    }

    sealed interface PartMsg {
        record Ping() implements PartMsg {}
    }

    private final RecordingPort port = new RecordingPort();
    private final List<Object> seen = new ArrayList<>();

    private NodeLoop node(ServiceFactory<Msg, String> factory) {
        var node = new NodeLoop(port, "n1", List.of("n1", "n2", "n3"), List.of());
        node.start(PayloadTypes.of(Msg.class), factory);
        return node;
    }

    private void receive(NodeLoop node, String line) throws MalformedLine {
        var bytes = line.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        node.receive(new LineDecoder().decode(bytes, 0, bytes.length, 1));
    }

    private static Sent error(String dest, long inReplyTo, ErrorCode code, String text) {
        return new Sent(dest, OptionalLong.empty(), OptionalLong.of(inReplyTo), new ErrorBody(code.value(), text));
    }

    private void answerAll(Event<Msg, String> event, Network<Msg> network) {
        seen.add(event);
        if (event instanceof Event.Received<Msg, String>(var message) && message.payload() instanceof Msg.Ask(int n)) {
            network.reply(message, new Msg.Answer(n + 1));
        }
    }

    @Test
    void requestIsAnsweredWithItsMsgId() throws MalformedLine {
        var node = node(context -> this::answerAll);
        receive(node, "{'src':'c1','dest':'n1','body':{'type':'ask','msg_id':7,'n':1}}");
        assertThat(port.take())
                .containsExactly(new Sent("c1", OptionalLong.empty(), OptionalLong.of(7), new Msg.Answer(2)));
    }

    @Test
    void messageForAnotherNodeIsDropped() throws MalformedLine {
        var node = node(context -> this::answerAll);
        receive(node, "{'src':'c1','dest':'n2','body':{'type':'ask','msg_id':7,'n':1}}");
        assertThat(port.take()).isEmpty();
        assertThat(seen).isEmpty();
    }

    @Test
    void unknownTypeIsAnsweredNotSupported() throws MalformedLine {
        var node = node(context -> this::answerAll);
        receive(node, "{'src':'c1','dest':'n1','body':{'type':'frobnicate','msg_id':7}}");
        assertThat(port.take())
                .containsExactly(error(
                        "c1",
                        7,
                        ErrorCode.NOT_SUPPORTED,
                        "n1 knows no message of type \"frobnicate\", only [ask, answer, forward]"));
    }

    @Test
    void bodyThatDoesNotFitIsAnsweredMalformedRequest() throws MalformedLine {
        var node = node(context -> this::answerAll);
        receive(node, "{'src':'c1','dest':'n1','body':{'type':'ask','msg_id':7}}");
        receive(node, "{'src':'c1','dest':'n1','body':{'type':'ask','msg_id':8,'n':'x'}}");
        assertThat(port.take().stream().map(sent -> ((ErrorBody) sent.payload()).code()))
                .containsExactly(12, 12);
        assertThat(seen).isEmpty();
    }

    @Test
    void nothingIsAnsweredWithoutMsgId() throws MalformedLine {
        var node = node(context -> this::answerAll);
        receive(node, "{'src':'n2','dest':'n1','body':{'type':'frobnicate'}}");
        assertThat(port.take()).isEmpty();
    }

    @Test
    void errorThatAnswersNothingIsNotAnswered() throws MalformedLine {
        var node = node(context -> this::answerAll);
        receive(node, "{'src':'n2','dest':'n1','body':{'type':'error','msg_id':3,'code':13}}");
        assertThat(port.take()).isEmpty();
    }

    @Test
    void rpcErrorFromStepIsTheReply() throws MalformedLine {
        var node = node(context -> (event, network) -> {
            throw new RpcError(ErrorCode.KEY_DOES_NOT_EXIST, "no such key");
        });
        receive(node, "{'src':'c1','dest':'n1','body':{'type':'ask','msg_id':7,'n':1}}");
        assertThat(port.take()).containsExactly(error("c1", 7, ErrorCode.KEY_DOES_NOT_EXIST, "no such key"));
    }

    @Test
    void exceptionFromStepIsAnsweredCrashAndTheNodeLivesOn() throws MalformedLine {
        var node = node(context -> (event, network) -> {
            if (event instanceof Event.Received<Msg, String>(var message)
                    && message.payload() instanceof Msg.Ask(int n)
                    && n == 0) {
                throw new IllegalStateException("boom");
            }
            answerAll(event, network);
        });
        receive(node, "{'src':'c1','dest':'n1','body':{'type':'ask','msg_id':7,'n':0}}");
        receive(node, "{'src':'c1','dest':'n1','body':{'type':'ask','msg_id':8,'n':1}}");
        assertThat(port.take())
                .containsExactly(
                        error("c1", 7, ErrorCode.CRASH, "n1 failed: java.lang.IllegalStateException: boom"),
                        new Sent("c1", OptionalLong.empty(), OptionalLong.of(8), new Msg.Answer(2)));
    }

    @Test
    void brokenInvariantIsNotSwallowed() {
        var node = node(context -> (event, network) -> {
            throw new InvariantViolation("two leaders in term 3");
        });
        assertThatThrownBy(() -> receive(node, "{'src':'c1','dest':'n1','body':{'type':'ask','msg_id':7,'n':0}}"))
                .isInstanceOf(InvariantViolation.class);
    }

    private Service<Msg, String> forwarder(NodeContext<Msg, String> context) {
        return (event, network) -> {
            if (event instanceof Event.Received<Msg, String>(var message)
                    && message.payload() instanceof Msg.Forward(String to)) {
                network.rpc(to, new Msg.Ask(41), Duration.ofMillis(100)).whenDone(outcome -> {
                    seen.add(outcome);
                    network.reply(message, outcome.orThrow());
                });
            }
        };
    }

    @Test
    void replyCompletesTheCallThatAwaitsIt() throws MalformedLine {
        var node = node(this::forwarder);
        receive(node, "{'src':'c1','dest':'n1','body':{'type':'forward','msg_id':7,'to':'n2'}}");
        assertThat(port.take())
                .containsExactly(new Sent("n2", OptionalLong.of(1), OptionalLong.empty(), new Msg.Ask(41)));
        receive(node, "{'src':'n2','dest':'n1','body':{'type':'answer','in_reply_to':1,'n':42}}");
        assertThat(seen).containsExactly(new Outcome.Ok<>(new Msg.Answer(42)));
        assertThat(port.take())
                .containsExactly(new Sent("c1", OptionalLong.empty(), OptionalLong.of(7), new Msg.Answer(42)));
    }

    @Test
    void whatCallbackThrowsAnswersTheRequestThatTheCallServed() throws MalformedLine {
        var node = node(this::forwarder);
        receive(node, "{'src':'c1','dest':'n1','body':{'type':'forward','msg_id':7,'to':'n2'}}");
        port.take();
        receive(node, "{'src':'n2','dest':'n1','body':{'type':'error','in_reply_to':1,'code':20,'text':'none'}}");
        assertThat(port.take()).containsExactly(error("c1", 7, ErrorCode.KEY_DOES_NOT_EXIST, "none"));
    }

    @Test
    void callWithoutReplyEndsUnknownAtItsTimeout() throws MalformedLine {
        var node = node(this::forwarder);
        receive(node, "{'src':'c1','dest':'n1','body':{'type':'forward','msg_id':7,'to':'n2'}}");
        port.take();
        port.advanceMillis(99);
        node.runDueTimers();
        assertThat(seen).isEmpty();
        port.advanceMillis(1);
        node.runDueTimers();
        assertThat(seen).singleElement().isInstanceOf(Outcome.Unknown.class);
        assertThat(port.take()).containsExactly(error("c1", 7, ErrorCode.TIMEOUT, "n2 did not reply within 100 ms"));
    }

    @Test
    void lateReplyAndReplyNobodyAwaitsAreDropped() throws MalformedLine {
        var node = node(this::forwarder);
        receive(node, "{'src':'c1','dest':'n1','body':{'type':'forward','msg_id':7,'to':'n2'}}");
        port.advanceMillis(100);
        node.runDueTimers();
        seen.clear();
        port.take();
        receive(node, "{'src':'n2','dest':'n1','body':{'type':'answer','in_reply_to':1,'n':42}}");
        receive(node, "{'src':'n2','dest':'n1','body':{'type':'answer','in_reply_to':99,'n':42}}");
        assertThat(seen).isEmpty();
        assertThat(port.take()).isEmpty();
    }

    @Test
    void replyOfAnotherThanTheOneAskedIsDropped() throws MalformedLine {
        var node = node(this::forwarder);
        receive(node, "{'src':'c1','dest':'n1','body':{'type':'forward','msg_id':7,'to':'n2'}}");
        receive(node, "{'src':'n3','dest':'n1','body':{'type':'answer','in_reply_to':1,'n':13}}");
        assertThat(seen).isEmpty();
        receive(node, "{'src':'n2','dest':'n1','body':{'type':'answer','in_reply_to':1,'n':42}}");
        assertThat(seen).containsExactly(new Outcome.Ok<>(new Msg.Answer(42)));
    }

    @Test
    void unreadableReplyLeavesTheOutcomeUnknown() throws MalformedLine {
        var node = node(this::forwarder);
        receive(node, "{'src':'c1','dest':'n1','body':{'type':'forward','msg_id':7,'to':'n2'}}");
        receive(node, "{'src':'n2','dest':'n1','body':{'type':'what','in_reply_to':1,'n':42}}");
        assertThat(seen).singleElement().isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void endOfInputIsTheLastEvent() {
        var node = node(context -> this::answerAll);
        node.endOfInput();
        assertThat(seen).containsExactly(new Event.EndOfInput<>());
    }

    @Test
    void signalsComeAfterThePresentEventInTheirOrder() throws MalformedLine {
        var node = node(context -> (event, network) -> {
            seen.add(event instanceof Event.Signal<Msg, String>(String signal) ? signal : "message");
            if (event instanceof Event.Received<Msg, String>) {
                context.signals().send("a");
                EventSender<Integer> mapped = context.signals().map(n -> "number " + n);
                mapped.send(2);
                seen.add("sent");
            }
        });
        receive(node, "{'src':'c1','dest':'n1','body':{'type':'ask','msg_id':7,'n':1}}");
        assertThat(seen).containsExactly("message", "sent", "a", "number 2");
    }

    @Test
    void endlessSignalsAreStopped() {
        var sender = new ArrayList<EventSender<String>>();
        new NodeLoop(port, "n1", List.of("n1"), List.of()).<Msg, String>start(PayloadTypes.of(Msg.class), context -> {
            sender.add(context.signals());
            return (event, network) -> {};
        });
        assertThatThrownBy(() -> {
                    for (int i = 0; i <= NodeLoop.MAX_SIGNALS; i++) {
                        sender.get(0).send("x");
                    }
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sends itself more than it takes");
    }

    private Service<PartMsg, String> part(EventSender<String> host) {
        return (event, network) -> {
            switch (event) {
                case Event.Received<PartMsg, String>(var message) -> host.send("ping from " + message.src());
                case Event.Signal<PartMsg, String>(String signal) -> host.send("part's " + signal);
                case Event.EndOfInput<PartMsg, String>() -> host.send("part ended");
            }
        };
    }

    @Test
    void embeddedServiceKeepsItsMessagesAndTimersFromItsHost() throws MalformedLine {
        var node = node(context -> {
            context.<PartMsg, String, Service<PartMsg, String>>embed(PartMsg.class, inner -> {
                inner.timers().after(Duration.ofMillis(5), "timer");
                return part(context.signals());
            });
            return this::answerAll;
        });
        receive(node, "{'src':'n2','dest':'n1','body':{'type':'ping'}}");
        port.advanceMillis(5);
        node.runDueTimers();
        assertThat(seen).containsExactly(new Event.Signal<>("ping from n2"), new Event.Signal<>("part's timer"));
    }

    @Test
    void typeNameOfTwoPartsIsRefused() {
        assertThatThrownBy(() -> node(context -> {
                    context.<Msg, String, Service<Msg, String>>embed(Msg.class, inner -> (event, network) -> {});
                    return this::answerAll;
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"ask\" is a message of both");
    }

    @Test
    void nodeBesideTheClusterHasAllOfItForNeighbours() {
        var service = new NodeLoop(port, "lin-kv", List.of("n1", "n2"), List.of());
        service.start(PayloadTypes.of(Msg.class), (NodeContext<Msg, String> context) -> {
            assertThat(context.network().neighbours()).containsExactly("n1", "n2");
            return this::answerAll;
        });
    }

    @Test
    void neighboursOutsideTheClusterAreRefused() {
        node(context -> {
            assertThat(context.network().neighbours()).containsExactly("n2", "n3");
            context.network().useNeighbours(List.of("n3", "n1", "n3"));
            assertThat(context.network().neighbours()).containsExactly("n3");
            assertThatThrownBy(() -> context.network().useNeighbours(List.of("n9")))
                    .hasMessage("n9 is no node of the cluster [n1, n2, n3]");
            context.network().broadcast(new Msg.Ask(1));
            return this::answerAll;
        });
        assertThat(port.take()).extracting(Sent::dest).containsExactly("n3");
    }
}

package dev.gyre.maelstrom.mutants;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Event;
import dev.gyre.core.Network;
import dev.gyre.core.RpcError;
import dev.gyre.core.Service;
import dev.gyre.core.kv.KvMessage;
import dev.gyre.core.kv.service.LinKvService;
import dev.gyre.examples.linkv.LinKvProxyNode;
import dev.gyre.examples.lock.LockNode;
import dev.gyre.maelstrom.simulate.Program;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** Wrong nodes for {@code lin-kv} and {@code lin-mutex}. */
final class StoreMutants {
    private static final Twist<KvMessage, Void> LIN_KV = new Twist<>(KvMessage.class, node -> new LinKvProxyNode());
    private static final Twist<LockNode.Msg, Void> LOCK = new Twist<>(LockNode.Msg.class, LockNode::new);
    private static final String NO_ORDER = "Not linearizable";
    private static final String BAD_ACQUIRE = "Not linearizable: acquire";
    private static final String BAD_RELEASE = "Not linearizable: release";

    private StoreMutants() {}

    static List<Mutant> all() {
        return List.of(
                Mutant.of(
                        "lin-kv",
                        "a register of its own on each node",
                        NO_ORDER,
                        new Program<KvMessage, Void>(KvMessage.class, LinKvService::new)),
                Mutant.of(
                        "lin-kv",
                        "reads what the node saw last",
                        "Not linearizable: read",
                        LIN_KV.calls(KvTwists::cachedReads)),
                Mutant.of(
                        "lin-kv",
                        "compare-and-set does not compare",
                        "Not linearizable: cas",
                        LIN_KV.calls(() -> KvTwists.casIsWrite(cas -> true))),
                Mutant.of("lin-kv", "compares first and sets later", NO_ORDER, LIN_KV.calls(KvTwists::casInTwoSteps)),
                Mutant.of("lin-kv", "asks again when no reply came", NO_ORDER, LIN_KV.calls(Twist.Call::sentAgain))
                        .rare(),
                Mutant.of(
                        "lin-kv", "replies before it has written", NO_ORDER, LIN_KV.calls(KvTwists::writeIsDoneAtOnce)),
                Mutant.of(
                                "lin-kv",
                                "tells what is unknown as failed",
                                NO_ORDER,
                                LIN_KV.calls(Twist.Call::unknownIsFailed))
                        .rare(),
                Mutant.of(
                        "lin-mutex",
                        "looks whether it is free, then takes it",
                        BAD_ACQUIRE,
                        LOCK.kvCalls(KvTwists::casInTwoSteps)),
                Mutant.of(
                        "lin-mutex",
                        "lets anybody release",
                        BAD_RELEASE,
                        LOCK.kvCalls(() ->
                                KvTwists.casIsWrite(cas -> cas.to().asText().equals("free")))),
                Mutant.of("lin-mutex", "asks again when no reply came", NO_ORDER, LOCK.kvCalls(Twist.Call::sentAgain))
                        .rare(),
                Mutant.of(
                                "lin-mutex",
                                "tells what is unknown as failed",
                                BAD_RELEASE,
                                LOCK.kvCalls(Twist.Call::unknownIsFailed))
                        .rare(),
                Mutant.of(
                        "lin-mutex",
                        "kept in memory, and free after a crash",
                        BAD_ACQUIRE,
                        new Program<LockNode.Msg, Void>(LockNode.Msg.class, node -> new MemoryLock())));
    }

    /** The first node has the lock, and the others ask it. */
    private static final class MemoryLock implements Service<LockNode.Msg, Void> {
        private OptionalLong held = OptionalLong.empty();

        @Override
        public void step(Event<LockNode.Msg, Void> event, Network<LockNode.Msg> network) {
            if (event instanceof Event.Received<LockNode.Msg, Void>(var message)) {
                var first = network.nodeIds().getFirst();
                if (first.equals(network.nodeId())) {
                    network.reply(message, serve(message.payload()));
                } else {
                    network.rpc(first, message.payload(), Duration.ofSeconds(1))
                            .whenDone(outcome -> network.reply(message, outcome.orThrow()));
                }
            }
        }

        private LockNode.Msg serve(LockNode.Msg request) {
            return switch (request) {
                case LockNode.Msg.Acquire(long holder)
                when held.isEmpty() -> {
                    held = OptionalLong.of(holder);
                    yield new LockNode.Msg.AcquireOk();
                }
                case LockNode.Msg.Release(long holder)
                when held.equals(OptionalLong.of(holder)) -> {
                    held = OptionalLong.empty();
                    yield new LockNode.Msg.ReleaseOk();
                }
                default -> throw new RpcError(ErrorCode.PRECONDITION_FAILED, "no");
            };
        }
    }
}

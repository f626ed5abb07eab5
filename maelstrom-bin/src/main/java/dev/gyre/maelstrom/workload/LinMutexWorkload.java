package dev.gyre.maelstrom.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.Outcome;
import dev.gyre.core.checker.CheckResult;
import dev.gyre.core.checker.Linearizability;
import dev.gyre.core.checker.MutexModel;
import dev.gyre.core.checker.MutexModel.Acquire;
import dev.gyre.core.checker.MutexModel.Done;
import dev.gyre.core.checker.MutexModel.Input;
import dev.gyre.core.checker.MutexModel.Release;
import dev.gyre.core.history.Operation;
import dev.gyre.maelstrom.json.Json;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * {@code lin-mutex}, which Maelstrom does not have: one lock, that at most one holder has at a time.
 *
 * <pre>
 * {"type": "acquire", "holder": 3}  →  {"type": "acquire_ok"}
 * {"type": "release", "holder": 3}  →  {"type": "release_ok"}
 * </pre>
 *
 * <p>A node answers at once, and lets nobody wait. An acquire of a lock that is held is answered with error 22
 * (precondition-failed), and so is a release by anybody but the holder. The lock is not re-entrant: who acquires what he holds
 * gets error 22 as well. A client that does not know whether it has the lock releases it; error 22 then says that it had not.
 *
 * <p>Holders are the numbers of workers, not of logical processes, so that the lock can be given back after a process is over.
 * Each worker acquires and releases in turn, whether it got the lock or not: a release without the lock must be refused, and
 * it frees a lock that an earlier acquire, thought to be refused or lost, took late. Only a release whose outcome is unknown is
 * tried again.
 */
final class LinMutexWorkload implements Workload<Input, Done> {
    private static final ReplySchema ACQUIRE_OK = ReplySchema.of("acquire_ok");
    private static final ReplySchema RELEASE_OK = ReplySchema.of("release_ok");

    /** Workers that release next. */
    private final BitSet releasing = new BitSet();

    @Override
    public String name() {
        return "lin-mutex";
    }

    @Override
    public Generator<Input> generator(RandomGenerator random) {
        return worker -> Optional.of(releasing.get(worker) ? new Release(worker) : new Acquire(worker));
    }

    @Override
    public void ended(int worker, Input input, Outcome<Done> outcome) {
        releasing.set(worker, input instanceof Acquire || outcome instanceof Outcome.Unknown);
    }

    @Override
    public Session<Input, Done> session() {
        return new Exchange<>(input -> switch (input) {
            case Acquire(long holder) ->
                new Exchange.Call<>(request("acquire", holder), ACQUIRE_OK, reply -> new Done());
            case Release(long holder) ->
                new Exchange.Call<>(request("release", holder), RELEASE_OK, reply -> new Done());
        });
    }

    private static ObjectNode request(String type, long holder) {
        return Json.body(type).put("holder", holder);
    }

    @Override
    public String function(Input input) {
        return input instanceof Acquire ? "acquire" : "release";
    }

    @Override
    public boolean readOnly(Input input) {
        return false;
    }

    @Override
    public JsonNode inputValue(Input input) {
        return JsonNodeFactory.instance.numberNode(
                switch (input) {
                    case Acquire(long holder) -> holder;
                    case Release(long holder) -> holder;
                });
    }

    @Override
    public JsonNode outputValue(Input input, Done output) {
        return inputValue(input);
    }

    @Override
    public Input readInput(Recorded invocation) throws MalformedReply {
        return switch (invocation.function()) {
            case "acquire" -> new Acquire(invocation.number());
            case "release" -> new Release(invocation.number());
            default -> throw invocation.unknownFunction(name());
        };
    }

    @Override
    public Done readOutput(Input input, Recorded answer) {
        return new Done();
    }

    @Override
    public CheckResult check(List<Operation<Input, Done>> history) {
        return Linearizability.check(new MutexModel(), history);
    }
}

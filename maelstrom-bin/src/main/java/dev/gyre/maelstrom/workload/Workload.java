package dev.gyre.maelstrom.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.core.Outcome;
import dev.gyre.core.checker.CheckResult;
import dev.gyre.core.history.Operation;
import dev.gyre.maelstrom.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A workload: a generator of operations, their translation to requests and replies, and a verdict on the history. An instance
 * is for one run.
 *
 * @param <I> what operations ask
 * @param <O> what they are answered
 */
public interface Workload<I, O> {
    /** How long clients wait for a reply, unless a workload says otherwise. */
    long CLIENT_TIMEOUT_NANOS = 5_000_000_000L;

    /** Its name on the command line, such as {@code broadcast}. */
    String name();

    /** The operations of the main part of the run. */
    Generator<I> generator(RandomGenerator random);

    /** The operations at the end, when faults are repaired and time was given to recover; nothing when there are none. */
    default Optional<Generator<I>> finalGenerator() {
        return Optional.empty();
    }

    /** A request that each worker sends to its node before the first operation; nothing when there is none. */
    default Optional<ObjectNode> greeting() {
        return Optional.empty();
    }

    /** The type that a reply to the greeting has. */
    default String greetingReply() {
        return "";
    }

    /** The conversation of a new client with its node. */
    Session<I, O> session();

    /** How long a client waits for each reply. */
    default long clientTimeoutNanos() {
        return CLIENT_TIMEOUT_NANOS;
    }

    /** Whether the worker's client is to break down before this operation, which another process begins with a new client. */
    default boolean breaksClient(I input) {
        return false;
    }

    /** Is told how an operation of a worker ended, before the worker gets another. */
    default void ended(int worker, I input, Outcome<O> outcome) {}

    /** The name of an operation's kind in results and histories, such as {@code read}. */
    String function(I input);

    /** Whether an operation changes nothing: then, without a clear answer, it has failed, and is not unknown. */
    boolean readOnly(I input);

    /** What an invocation asks, for the history; JSON {@code null} when its kind says all. */
    JsonNode inputValue(I input);

    /** What a served operation yields, for the history. */
    JsonNode outputValue(I input, O output);

    /** What a history has to say of an invocation beside its value, so that it can be read back; nothing for most. */
    default ObjectNode inputDetails(I input) {
        return Json.object();
    }

    /** What a history has to say of an answer beside its value, so that it can be read back; nothing for most. */
    default ObjectNode outputDetails(O output) {
        return Json.object();
    }

    /**
     * Reads back what was asked, from what {@link #function}, {@link #inputValue} and {@link #inputDetails} have said.
     *
     * @throws MalformedReply when they can have said no such thing
     */
    I readInput(Recorded invocation) throws MalformedReply;

    /**
     * Reads back what was answered, from what {@link #outputValue} and {@link #outputDetails} have said.
     *
     * @throws MalformedReply when they can have said no such thing
     */
    O readOutput(I input, Recorded answer) throws MalformedReply;

    /** Judges a history. */
    CheckResult check(List<Operation<I, O>> history);
}

package dev.gyre.maelstrom.mutants;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.IdCounter;
import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.RpcError;
import dev.gyre.examples.kafka.KafkaNode;
import dev.gyre.examples.kafka.KafkaNode.Msg;
import dev.gyre.maelstrom.simulate.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Wrong nodes for {@code kafka}. */
final class KafkaMutants {
    private static final Twist<Msg, Void> KAFKA = new Twist<>(Msg.class, KafkaNode::new);

    private KafkaMutants() {}

    static List<Mutant> all() {
        return List.of(
                Mutant.of("kafka", "each node owns every key", "inconsistent-offsets", KAFKA.alone()),
                Mutant.of("kafka", "polls leave out a message now and then", "poll-skip", skips()),
                Mutant.of(
                        "kafka",
                        "polls begin one message too early",
                        "nonmonotonic-poll",
                        KAFKA.receives(() -> KafkaMutants::early)),
                Mutant.of("kafka", "sends again when no reply came", "\\(duplicate\\)", sentAgain()),
                Mutant.of("kafka", "serves a message each time that it comes", "\\(duplicate\\)", servedTwice()),
                Mutant.of("kafka", "tells what is unknown as failed", "G1a", KAFKA.calls(Twist.Call::unknownIsFailed)),
                Mutant.of("kafka", "acknowledges what no owner confirmed", "inconsistent-offsets", confident()),
                Mutant.of("kafka", "never shows the last message", "unseen|lost-write", endHidden()));
    }

    private static List<Msg.Entry> without(List<Msg.Entry> entries, int place) {
        var rest = new ArrayList<>(entries);
        rest.remove(place);
        return rest;
    }

    /** The second of at least three is left out, but only at offsets that others will poll from elsewhere. */
    private static Program<?, ?> skips() {
        return KAFKA.sends(payload -> {
            if (payload instanceof Msg.PollOk(var messages)) {
                var shown = new TreeMap<>(messages);
                shown.replaceAll((key, entries) ->
                        entries.size() > 2 && entries.getFirst().offset() > 0 ? without(entries, 1) : entries);
                return new Msg.PollOk(shown);
            }
            return payload;
        });
    }

    private static Msg early(Msg payload) {
        if (payload instanceof Msg.Poll(var offsets)) {
            var earlier = new TreeMap<>(offsets);
            earlier.replaceAll((key, offset) -> Math.max(0, offset - 1));
            return new Msg.Poll(earlier);
        }
        return payload;
    }

    /** A new number makes another send of it. */
    private static Program<?, ?> sentAgain() {
        return KAFKA.calls(() -> (network, dest, payload, timeout) -> network.rpc(dest, payload, timeout)
                .then(outcome -> outcome instanceof Outcome.Unknown
                                && payload instanceof Msg.Append(var sender, long number, var key, long msg)
                        ? network.rpc(dest, new Msg.Append(sender + "-again", number, key, msg), timeout)
                        : Promise.of(outcome)));
    }

    private static Program<?, ?> servedTwice() {
        return KAFKA.receives(() -> {
            var numbers = new IdCounter();
            return payload -> payload instanceof Msg.Append append
                    ? new Msg.Append(append.sender(), numbers.next(), append.key(), append.msg())
                    : payload;
        });
    }

    /** An offset that nobody gave: the next of those that this node has seen. */
    private static Program<?, ?> confident() {
        return KAFKA.calls(() -> {
            var seen = new TreeMap<String, Long>();
            return (network, dest, payload, timeout) -> network.rpc(dest, payload, timeout)
                    .then(outcome -> {
                        if (!(payload instanceof Msg.Append append)) {
                            return Promise.of(outcome);
                        }
                        if (outcome instanceof Outcome.Ok<Msg>(Msg.SendOk(long offset))) {
                            seen.merge(append.key(), offset, Math::max);
                            return Promise.of(outcome);
                        }
                        if (!seen.containsKey(append.key())) {
                            return Promise.of(new Outcome.Failed<>(
                                    new RpcError(ErrorCode.NOT_SUPPORTED, "no send of this key went well yet")));
                        }
                        return Promise.of(new Outcome.Ok<>(new Msg.SendOk(seen.merge(append.key(), 1L, Long::sum))));
                    });
        });
    }

    private static Program<?, ?> endHidden() {
        return KAFKA.sends(payload -> {
            if (payload instanceof Msg.PollOk(var messages)) {
                var shown = new TreeMap<>(messages);
                shown.replaceAll((key, entries) -> entries.isEmpty() ? entries : without(entries, entries.size() - 1));
                return new Msg.PollOk(shown);
            }
            return payload;
        });
    }
}

package dev.gyre.stream.worker;

import dev.gyre.stream.control.Decision;
import dev.gyre.stream.exchange.Rescale;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A rescale, to a worker.
 *
 * @param rescale the decision
 * @param owners who reads each partition of each source when it is committed
 * @param nextSnapshot the least id that the snapshot after it may have
 */
public record Joining(Rescale rescale, Map<String, Map<String, Integer>> owners, long nextSnapshot) {
    /** Who leaves. */
    List<Integer> leavers() {
        return rescale.from().workers().stream()
                .filter(worker -> !rescale.to().workers().contains(worker))
                .toList();
    }

    /** To whom those who leave give what they have to show. */
    int heir() {
        return rescale.to().workers().getFirst();
    }

    Map<String, Integer> ownersOf(SourceStage source) {
        return owners.getOrDefault(source.plan().root().name(), Map.of());
    }

    /** What a decision means to the workers. */
    static Joining of(Decision.RescaleBegun begun) {
        var owners = new TreeMap<String, Map<String, Integer>>();
        begun.partitions()
                .forEach(owner -> owners.computeIfAbsent(owner.id().source(), absent -> new TreeMap<>())
                        .put(owner.id().partition(), owner.owner()));
        return new Joining(begun.rescale(), owners, begun.nextSnapshot());
    }
}

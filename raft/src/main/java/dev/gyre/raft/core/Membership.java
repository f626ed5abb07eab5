package dev.gyre.raft.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Who takes part. While a change is under way it is joint (thesis §4.3): a decision needs a majority of {@code voters} and one of
 * {@code outgoing}.
 *
 * @param voters who votes and counts, from now on
 * @param outgoing who also votes and counts until the change is complete; empty when none is under way
 * @param learners who only receives the log; one of them may still be in {@code outgoing}
 */
public record Membership(List<String> voters, List<String> outgoing, List<String> learners) {
    /** Of a node that has yet to hear of any: it waits for a leader. */
    public static final Membership NONE = new Membership(List.of(), List.of(), List.of());

    /** A membership; the lists are kept sorted and without repetition. */
    public Membership {
        voters = sorted(voters);
        outgoing = sorted(outgoing);
        learners = sorted(learners);
        for (var voter : voters) {
            if (voter.isEmpty() || learners.contains(voter)) {
                throw new IllegalArgumentException("member \"" + voter + "\": a name, and not both voter and learner");
            }
        }
    }

    /** These voters, and no change under way. */
    public static Membership of(Collection<String> voters) {
        return new Membership(List.copyOf(voters), List.of(), List.of());
    }

    private static List<String> sorted(List<String> names) {
        return List.copyOf(new TreeSet<>(names));
    }

    /** Whether a change is under way. */
    public boolean isJoint() {
        return !outgoing.isEmpty();
    }

    /** Whether a node's vote counts. */
    public boolean isVoter(String node) {
        return voters.contains(node) || outgoing.contains(node);
    }

    /** All who receive the log, sorted. */
    public List<String> all() {
        var names = new TreeSet<>(voters);
        names.addAll(outgoing);
        names.addAll(learners);
        return List.copyOf(names);
    }

    /** All whose vote counts, sorted. */
    List<String> electorate() {
        var names = new TreeSet<>(voters);
        names.addAll(outgoing);
        return List.copyOf(names);
    }

    /** Whether those that pass are a majority, of both sides if joint. */
    public boolean isQuorum(Predicate<String> passes) {
        return isMajority(voters, passes) && (outgoing.isEmpty() || isMajority(outgoing, passes));
    }

    private static boolean isMajority(List<String> nodes, Predicate<String> passes) {
        int count = 0;
        for (var node : nodes) {
            count += passes.test(node) ? 1 : 0;
        }
        return count > nodes.size() / 2;
    }

    /** With these learners too, unless they take part already. */
    Membership withLearners(Collection<String> more) {
        List<String> names = new ArrayList<>(learners);
        more.stream().filter(node -> !isVoter(node)).forEach(names::add);
        return new Membership(voters, outgoing, names);
    }

    /** On the way from this to {@code target}. */
    Membership jointWith(Membership target) {
        return new Membership(target.voters, voters, target.learners);
    }

    /** With the change complete. */
    Membership settled() {
        return new Membership(voters, List.of(), learners);
    }
}

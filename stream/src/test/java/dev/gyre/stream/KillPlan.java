package dev.gyre.stream;

import dev.gyre.stream.control.Request;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;

/**
 * Who is killed in a {@link KillRun}, and when.
 *
 * @param operation that is under way
 * @param isLeaderAtWork whether the leader of the Raft group is one of the workers
 * @param victim the node that is killed; empty: nobody
 * @param message it is killed when so many messages between nodes have been delivered since the operation was asked for
 * @param away how long it is down
 */
record KillPlan(Kind operation, boolean isLeaderAtWork, String victim, int message, Duration away) {
    /** How many nodes there are; three of them vote. */
    static final int NODES = 5;

    /** What is asked for. */
    enum Kind {
        SNAPSHOT,
        /** A worker joins. */
        JOIN,
        /** A worker leaves: of those that vote too, unless the leader works. */
        LEAVE,
        /** One leaves and another joins; who leaves is the leader, if it works. */
        MOVE
    }

    /** Nobody is killed. */
    static KillPlan unbroken(Kind operation, boolean isLeaderAtWork) {
        return new KillPlan(operation, isLeaderAtWork, "", -1, Duration.ZERO);
    }

    KillPlan killing(String who, int afterMessage, Duration itsAway) {
        return new KillPlan(operation, isLeaderAtWork, who, afterMessage, itsAway);
    }

    boolean kills() {
        return !victim.isEmpty();
    }

    /** Whom the job runs on before, when a node leads: three, of which two vote. */
    List<Integer> workers(int leader) {
        var voters = followers(leader);
        return isLeaderAtWork ? sorted(leader, voters.getFirst(), 3) : sorted(voters.getFirst(), voters.getLast(), 3);
    }

    /** And whom it is to run on. */
    List<Integer> target(int leader) {
        var voters = followers(leader);
        var target = new TreeSet<>(workers(leader));
        switch (operation) {
            case SNAPSHOT -> {}
            case JOIN -> target.add(4);
            case LEAVE -> target.remove(isLeaderAtWork ? 3 : voters.getLast());
            case MOVE -> {
                target.remove(isLeaderAtWork ? leader : 3);
                target.add(4);
            }
        }
        return List.copyOf(target);
    }

    Request request(int leader) {
        return operation == Kind.SNAPSHOT
                ? new Request.SnapshotNow(KillRun.OPERATION)
                : new Request.RescaleOnto(KillRun.OPERATION, target(leader));
    }

    /** What a node is in it, in a few words; empty for one that has no part in it. */
    String role(int node, int leader) {
        boolean was = workers(leader).contains(node);
        boolean is = target(leader).contains(node);
        var part = was && is ? "stays" : was ? "leaves" : is ? "joins" : "";
        if (node == leader) {
            return "leader" + (part.isEmpty() ? "" : ", " + part);
        }
        return part.isEmpty() ? "" : "worker, " + part;
    }

    private static List<Integer> followers(int leader) {
        return List.of(0, 1, 2).stream().filter(node -> node != leader).toList();
    }

    private static List<Integer> sorted(Integer... workers) {
        return List.copyOf(new TreeSet<>(List.of(workers)));
    }
}

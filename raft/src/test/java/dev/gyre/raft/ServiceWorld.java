package dev.gyre.raft;

import dev.gyre.raft.core.RoleName;
import dev.gyre.raft.core.Status;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What outlives the nodes of one run: the oracles of its groups, and counts of what has happened. */
final class ServiceWorld {
    private final ServicePlan plan;
    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<String, GroupOracle> oracles = new TreeMap<>();
    private final Map<String, GroupHost> hosts = new TreeMap<>();
    private int lives;
    private long lastId;
    private long settledId = Long.MAX_VALUE;

    ServiceWorld(ServicePlan plan) {
        this.plan = plan;
        plan.groups()
                .forEach(
                        name -> oracles.put(name, new GroupOracle(name, plan.kind() == ServicePlan.Kind.CALM, counts)));
    }

    ServicePlan plan() {
        return plan;
    }

    GroupOracle oracle(String group) {
        var oracle = oracles.get(group);
        if (oracle == null) {
            throw new IllegalArgumentException("no group " + group);
        }
        return oracle;
    }

    /** A node begins a life. */
    int born(String node, GroupHost host) {
        hosts.put(node, host);
        count("lives");
        return ++lives;
    }

    long nextId() {
        return ++lastId;
    }

    /** From now on all is to be served. */
    void settled() {
        settledId = lastId;
    }

    boolean isSettled() {
        return settledId != Long.MAX_VALUE;
    }

    void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    Map<String, Long> counts() {
        return counts;
    }

    private List<HostView> living(String group) {
        return hosts.values().stream().map(host -> host.view(group)).toList();
    }

    // ---- at last

    /** The latest leader of a group among those that live or have died last. */
    Optional<Status> leader(String group) {
        return hosts.values().stream()
                .map(host -> host.raft(group))
                .filter(RaftService::isRunning)
                .map(raft -> raft.status().core())
                .filter(core -> core.leadership().role() == RoleName.LEADER)
                .max(Comparator.comparingLong(core -> core.leadership().term()));
    }

    /** Who takes part, as the latest leader of a group sees it. */
    List<String> members(String group) {
        var leader = leader(group).orElseThrow(() -> new OracleViolation(group + " has no leader"));
        if (leader.membership().isJoint()) {
            throw new OracleViolation(group + " stays joint: " + leader.membership());
        }
        return leader.membership().all();
    }

    /** All faults are over: members agree, nothing is open, and no log has grown without end. */
    void requireHealed(String group) {
        oracle(group).requireNoneOpen(living(group));
        oracle(group).requireServed(settledId, plan.isForwarded() ? 0 : 1);
        var members = members(group);
        for (var member : members) {
            var host = hosts.get(member);
            if (host != null) {
                oracle(group).requireConverged(host.view(group));
            }
        }
        hosts.forEach((node, host) -> {
            var status = host.raft(group).status();
            var counted = status.counts();
            counts.merge("forwarded in last lives", counted.forwarded(), Long::sum);
            counts.merge("snapshots taken in last lives", counted.snapshotsTaken(), Long::sum);
            if (status.openProposals() != 0 || status.waitingReads() != 0 || host.view(group).openReads != 0) {
                throw new OracleViolation(group + " at " + node + ": something stays open: " + status);
            }
            if (members.contains(node) && status.core().logBytes() > plan.logBytesMax()) {
                throw new OracleViolation(group + " at " + node + ": nothing cuts the log: " + status);
            }
        });
    }
}

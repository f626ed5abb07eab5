package dev.gyre.raft.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/** Simulated nodes, the network between them, and what befalls both; all from one seed. */
final class Cluster {
    private record Due(long time, long sequence, Runnable action) {}

    private static final int TRACED = Integer.getInteger("raft.traced", 400);
    private static final int SPARE_NODES = 2;
    private static final int MAX_EVENTS = 500_000;

    private final RandomGenerator random;
    private final Plan plan;
    private final Oracle oracle = new Oracle();
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::time).thenComparingLong(Due::sequence));
    private final TreeMap<String, SimulatedNode> nodes = new TreeMap<>();
    private final TreeSet<String> cut = new TreeSet<>();
    private final List<String> trace = new ArrayList<>();
    private final boolean isTraced;
    private long now;
    private long sequence;
    private long nextValue;
    private int events;
    private boolean isCalm;

    Cluster(long seed, boolean isTraced) {
        this.random = new SplittableRandom(seed);
        this.plan = Plan.draw(random);
        this.isTraced = isTraced;
        List<String> voters = new ArrayList<>();
        for (int i = 1; i <= plan.nodes(); i++) {
            voters.add("n" + i);
        }
        for (int i = 1; i <= plan.nodes() + SPARE_NODES; i++) {
            String id = "n" + i;
            var membership = i <= plan.nodes() ? Membership.of(voters) : Membership.NONE;
            nodes.put(id, new SimulatedNode(id, this, membership));
        }
        nodes.values().forEach(SimulatedNode::start);
    }

    RandomGenerator random() {
        return random;
    }

    Plan plan() {
        return plan;
    }

    Oracle oracle() {
        return oracle;
    }

    long now() {
        return now;
    }

    List<SimulatedNode> nodes() {
        return List.copyOf(nodes.values());
    }

    void schedule(long delayNanos, Runnable action) {
        due.add(new Due(now + delayNanos, sequence++, action));
    }

    void trace(String node, Input<Long> input, Output<Long> output) {
        if (isTraced) {
            trace.add(now / Plan.MILLI + " " + node + " " + input + " -> " + output.answer() + " send=" + output.send()
                    + " write=" + output.write() + " later=" + output.sendWhenDurable() + " notices="
                    + output.notices() + " reads=" + output.reads() + " committed="
                    + output.committed());
            if (trace.size() > TRACED) {
                trace.removeFirst();
            }
        }
    }

    String traced() {
        return String.join("\n", trace);
    }

    // ---- the network and the disks

    long diskDelay() {
        boolean hangs = !isCalm && random.nextInt(100) == 0;
        return random.nextLong((hangs ? 500 : plan.maxDiskMillis()) * Plan.MILLI);
    }

    void send(Message<Long> message) {
        if (!isCalm && random.nextDouble() < plan.loss()) {
            return;
        }
        deliverLater(message);
        if (!isCalm && random.nextDouble() < plan.duplication()) {
            deliverLater(message);
        }
    }

    private void deliverLater(Message<Long> message) {
        long delay = random.nextLong((isCalm ? 5 : plan.maxDelayMillis()) * Plan.MILLI);
        schedule(delay, () -> {
            var node = nodes.get(message.to());
            if (node != null && node.isUp() && !cut.contains(message.from() + ">" + message.to())) {
                node.step(new Input.Received<>(message));
            }
        });
    }

    // ---- what happens

    /** Faults and requests, until the time of the plan is over. */
    void chaos() {
        plan(plan.leases() || plan.killsLeaders() ? 400 : 60, this::proposeSomewhere);
        plan(20, () -> pick().ifUp(SimulatedNode::read));
        plan(plan.leases() ? 5 : 30, () -> pickLeader().ifUp(SimulatedNode::read));
        plan(400, () -> pick().ifUp(SimulatedNode::takeSnapshot));
        plan(
                300,
                () -> pickLeader()
                        .ifUp(node -> node.step(
                                new Input.TransferLeadership<>(pick().node.id()))));
        plan(2_000, () -> pickLeader().ifUp(node -> node.step(new Input.StorageStalled<>())));
        if (plan.crashMillis() > 0) {
            plan(plan.crashMillis(), this::crashOrRestart);
        }
        if (plan.partitions()) {
            plan(300, this::repartition);
        }
        if (plan.churn()) {
            plan(200, this::changeMembers);
        }
        runUntil(plan.chaosMillis() * Plan.MILLI);
    }

    private void plan(int meanMillis, Runnable action) {
        schedule(random.nextLong(2L * meanMillis * Plan.MILLI), () -> {
            if (!isCalm) {
                action.run();
                plan(meanMillis, action);
            }
        });
    }

    record Pick(SimulatedNode node) {
        void ifUp(Consumer<SimulatedNode> action) {
            if (node.isUp()) {
                action.accept(node);
            }
        }
    }

    /** Or another node now and then, if there is one. */
    private Pick pickLeader() {
        var leaders = nodes.values().stream().filter(SimulatedNode::leads).toList();
        boolean isOther = leaders.isEmpty() || random.nextInt(4) == 0;
        return isOther ? pick() : new Pick(leaders.get(random.nextInt(leaders.size())));
    }

    private Pick pick() {
        return new Pick(nodes().get(random.nextInt(nodes.size())));
    }

    private void proposeSomewhere() {
        for (int i = 0; i < nodes.size(); i++) {
            pick().ifUp(node -> node.propose(nextValues(1 + random.nextInt(3))));
        }
    }

    private List<Long> nextValues(int count) {
        nextValue += count;
        return LongStream.rangeClosed(nextValue - count + 1, nextValue).boxed().toList();
    }

    /** Whoever leads is among them. */
    void proposeEverywhere() {
        nodes.values().forEach(node -> node.propose(nextValues(1)));
    }

    private void crashOrRestart() {
        var node = random.nextBoolean() ? pick().node : pickLeader().node;
        if (node.isUp()) {
            node.crash();
            restartLater(node);
        }
    }

    /** A node was elected. */
    void elected(SimulatedNode node) {
        if (plan.killsLeaders() && !isCalm) {
            schedule(random.nextLong(2L * plan.maxDelayMillis() * Plan.MILLI), () -> {
                if (node.isUp() && !isCalm) {
                    node.crash();
                    restartLater(node);
                }
            });
        }
    }

    private void restartLater(SimulatedNode node) {
        int millis = 1 + random.nextInt(random.nextBoolean() ? 50 : 1_500);
        schedule(millis * Plan.MILLI, () -> {
            if (!node.isUp()) {
                node.start();
            }
        });
    }

    private void repartition() {
        cut.clear();
        int shape = random.nextInt(4);
        if (shape == 0) {
            return;
        }
        if (shape == 1) {
            // Two that hear all others, but not each other.
            String one = pick().node.id();
            String other = pick().node.id();
            cut.add(one + ">" + other);
            cut.add(other + ">" + one);
            return;
        }
        boolean isOneWay = random.nextInt(3) == 0;
        List<String> side =
                nodes.keySet().stream().filter(id -> random.nextBoolean()).toList();
        for (var from : nodes.keySet()) {
            for (var to : nodes.keySet()) {
                if (side.contains(from) != side.contains(to) && (!isOneWay || side.contains(from))) {
                    cut.add(from + ">" + to);
                }
            }
        }
    }

    private void changeMembers() {
        List<String> voters = new ArrayList<>();
        List<String> learners = new ArrayList<>();
        int share = 1 + random.nextInt(3);
        for (var id : nodes.keySet()) {
            if (random.nextInt(4) < share) {
                voters.add(id);
            } else if (random.nextInt(3) == 0) {
                learners.add(id);
            }
        }
        pickLeader().ifUp(node -> node.step(new Input.ChangeMembership<>(new Membership(voters, List.of(), learners))));
    }

    /** All faults end. */
    void heal() {
        isCalm = true;
        cut.clear();
        nodes.values().stream().filter(node -> !node.isUp()).forEach(SimulatedNode::start);
    }

    void runUntil(long time) {
        while (!due.isEmpty() && due.element().time <= time) {
            var next = due.remove();
            if (++events > MAX_EVENTS) {
                throw new AssertionError("the run does not end: more than " + MAX_EVENTS + " events");
            }
            now = next.time;
            next.action.run();
        }
        now = time;
    }
}

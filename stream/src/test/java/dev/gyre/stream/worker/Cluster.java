package dev.gyre.stream.worker;

import dev.gyre.stream.codec.Types;
import dev.gyre.stream.exchange.Assignment;
import dev.gyre.stream.exchange.Rescale;
import dev.gyre.stream.graph.Plan;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Workers of one generation, with channels that keep order and take any time, and decisions that reach each worker at a moment of its own. All that
 * happens is drawn from a seed.
 */
final class Cluster {
    /** Numbers of workers are below this. */
    static final int NODES = 8;

    /** What is slow has one of so many turns. */
    private static final int SLOWNESS = 30;

    /** Groups are written one by one, so that they are changed before. */
    private static final Worker.Snapshots SNAPSHOTS = new Worker.Snapshots(Types.builtIn(), id -> "snapshot-" + id, 1);

    private static final Restored NOTHING = new Restored(Types.builtIn());

    private final Random random;
    private final Plan plan;
    private final UnaryOperator<Frame> wire;
    private final TreeMap<Integer, Node> nodes = new TreeMap<>();
    private final TreeMap<String, Map<String, Integer>> owners = new TreeMap<>();
    private final TreeSet<String> unfinished = new TreeSet<>();
    private final TreeSet<Integer> rescaled = new TreeSet<>();
    private final List<Decision> log = new ArrayList<>();
    private final TreeSet<Integer> ended = new TreeSet<>();
    private Assignment assignment;
    private Rescale rescale;
    /** A worker, and a channel, that are slower than the others: what hardly ever comes last has to. */
    private int slowNode;

    private int slowSender;
    private int slowReceiver;
    private long now;

    /** A decision, as each node is told it. */
    private interface Decision {
        void tell(Node node);
    }

    /** A worker, what is under way to it, and how much of the log it knows. */
    private final class Node implements Port {
        final int id;
        final TreeMap<Integer, ArrayDeque<Frame>> from = new TreeMap<>();
        int known;
        Worker worker;

        Node(int id) {
            this.id = id;
        }

        @Override
        public void send(int to, Frame frame) {
            nodes.get(to).from.computeIfAbsent(id, absent -> new ArrayDeque<>()).add(wire.apply(frame));
        }

        @Override
        public void rescaled(long version) {
            if (rescale == null || rescale.version() != version) {
                throw new AssertionError(
                        "worker " + id + " is done with version " + version + ", which is not under way");
            }
            rescaled.add(id);
            var all = new TreeSet<>(rescale.from().workers());
            all.addAll(rescale.to().workers());
            if (rescaled.equals(all)) {
                commit();
            }
        }

        @Override
        public void partitionFinished(String source, String partition) {
            unfinished.remove(source + "/" + partition);
            owners.get(source).remove(partition);
            if (owners.get(source).isEmpty()) {
                log.add(node -> node.ifHere(worker -> worker.sourceFinished(source)));
            }
        }

        @Override
        public void ended(long version) {
            ended.add(id);
        }

        @Override
        public void taken(long snapshot, List<String> older, List<ByteBuffer> part) {}

        void ifHere(Consumer<Worker> action) {
            if (worker != null) {
                action.accept(worker);
            }
        }

        boolean step() {
            var senders = from.keySet().stream()
                    .filter(sender -> canTake(from.get(sender)) && !isSlow(sender))
                    .toList();
            int choice = random.nextInt(senders.size() + 2);
            if (choice < senders.size()) {
                int sender = senders.get(choice);
                worker.receive(sender, from.get(sender).poll());
                return true;
            }
            if (choice == senders.size() && known < log.size()) {
                log.get(known++).tell(this);
                return true;
            }
            return worker != null && worker.step(now);
        }

        private boolean isSlow(int sender) {
            return id != slowNode && id == slowReceiver && sender == slowSender && random.nextInt(SLOWNESS) > 0;
        }

        private boolean canTake(ArrayDeque<Frame> frames) {
            boolean isHere = worker != null && !worker.hasLeft();
            while (!isHere && frames.peek() instanceof Frame.Credit) {
                frames.poll(); // for a life that is over; all else is for the next one
            }
            return isHere && !frames.isEmpty();
        }
    }

    /** A rescale begins. */
    private record Begin(Plan plan, Joining begun, List<String> ends) implements Decision {
        @Override
        public void tell(Node node) {
            if (node.worker != null) {
                node.worker.rescale(begun);
            } else if (begun.rescale().to().workers().contains(node.id)) {
                node.worker = new Worker(
                        plan,
                        new Worker.Setup(node.id, 1, begun.rescale().to(), Optional.of(begun), NOTHING, SNAPSHOTS),
                        node);
                ends.forEach(node.worker::sourceFinished);
            }
        }
    }

    /**
     * A generation begins.
     *
     * @param wire what frames go through on their way
     */
    Cluster(
            Plan plan,
            Collection<Integer> workers,
            Map<String, List<String>> partitions,
            Random random,
            UnaryOperator<Frame> wire) {
        this.plan = plan;
        this.wire = wire;
        this.random = random;
        this.assignment = Assignment.of(1, plan.groups(), workers);
        partitions.forEach((source, names) -> {
            owners.put(source, place(names, assignment));
            names.forEach(name -> unfinished.add(source + "/" + name));
        });
        slowDown();
        for (int id = 0; id < NODES; id++) {
            nodes.put(id, new Node(id));
        }
        workers.forEach(id -> {
            var node = nodes.get(id);
            node.worker =
                    new Worker(plan, new Worker.Setup(id, 1, assignment, Optional.empty(), NOTHING, SNAPSHOTS), node);
            owners.forEach((source, places) -> places.forEach((name, owner) -> {
                if (owner.equals(id)) {
                    node.worker.openPartition(source, name);
                }
            }));
        });
    }

    private static Map<String, Integer> place(Collection<String> names, Assignment assignment) {
        var places = new TreeMap<String, Integer>();
        int next = 0;
        for (var name : names) {
            places.put(
                    name, assignment.workers().get(next++ % assignment.workers().size()));
        }
        return places;
    }

    /** Frames become bytes, and frames again. */
    static UnaryOperator<Frame> asBytes(FrameBytes codec) {
        return frame -> codec.decode(ByteBuffer.wrap(codec.encode(frame)));
    }

    boolean isRescaling() {
        return rescale != null;
    }

    Assignment assignment() {
        return assignment;
    }

    private void slowDown() {
        slowNode = random.nextInt(2 * NODES);
        slowSender = random.nextInt(NODES);
        slowReceiver =
                assignment.workers().get(random.nextInt(assignment.workers().size()));
    }

    /** Decides a rescale. */
    void rescale(Collection<Integer> workers) {
        slowDown();
        rescale = new Rescale(assignment, assignment.rescaled(assignment.version() + 1, workers));
        rescaled.clear();
        owners.replaceAll((source, places) -> place(places.keySet(), rescale.to()));
        var places = new TreeMap<String, Map<String, Integer>>();
        owners.forEach((source, own) -> places.put(source, new TreeMap<>(own)));
        var ends = new ArrayList<String>();
        owners.forEach((source, own) -> {
            if (own.isEmpty()) {
                ends.add(source);
            }
        });
        log.add(new Begin(plan, new Joining(rescale, places, 1), ends));
    }

    private void commit() {
        var done = rescale;
        rescale = null;
        assignment = done.to();
        log.add(node -> node.ifHere(worker -> {
            worker.rescaleCommitted();
            if (!done.to().workers().contains(node.id)) {
                worker.close();
                node.worker = null;
            }
        }));
        ended.retainAll(assignment.workers());
    }

    boolean isOver() {
        return rescale == null && unfinished.isEmpty() && ended.containsAll(assignment.workers());
    }

    /** One thing happens, somewhere. Whether it changed something. */
    boolean step() {
        now += 1_000_000;
        int id = random.nextInt(NODES);
        return (id != slowNode || random.nextInt(SLOWNESS) == 0)
                && nodes.get(id).step();
    }

    @Override
    public String toString() {
        return assignment + ", rescale " + rescale + " done at " + rescaled + ", unfinished " + unfinished + ", ended "
                + ended
                + nodes.values().stream()
                        .filter(node -> node.worker != null)
                        .map(node -> "\n" + node.worker)
                        .toList();
    }
}

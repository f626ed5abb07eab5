package dev.gyre.maelstrom.workload;

import dev.gyre.core.checker.elle.ConsistencyModel;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The workloads that the command line knows, by name. */
public final class Workloads {
    private static final SequencedMap<String, Function<Settings, Workload<?, ?>>> BY_NAME = new TreeMap<>();

    static {
        BY_NAME.put("broadcast", settings -> SetWorkload.broadcast(settings.nodes, settings.topology));
        BY_NAME.put("echo", settings -> new EchoWorkload());
        BY_NAME.put("g-counter", settings -> CounterWorkload.gCounter());
        BY_NAME.put("g-set", settings -> SetWorkload.gSet());
        BY_NAME.put("kafka", KafkaWorkload::new);
        BY_NAME.put("keyed-totals", KeyedTotalsWorkload::new);
        BY_NAME.put("lin-kv", LinKvWorkload::new);
        BY_NAME.put("lin-mutex", settings -> new LinMutexWorkload());
        BY_NAME.put("pn-counter", settings -> CounterWorkload.pnCounter());
        BY_NAME.put(
                "txn-list-append", settings -> new TxnWorkload<>(new ListAppendDialect(settings.models()), settings));
        BY_NAME.put("txn-rw-register", settings -> new TxnWorkload<>(new RegisterDialect(settings.models()), settings));
        BY_NAME.put("unique-ids", settings -> new UniqueIdsWorkload());
        BY_NAME.put("windowed-totals", WindowedTotalsWorkload::new);
    }

    private Workloads() {}

    /**
     * What workloads are made from.
     *
     * @param nodes the names of the nodes, in order; at least one
     * @param topology which neighbours broadcast suggests
     * @param clients what is known of the clients' side of the run
     * @param keys how workloads with keys use them
     * @param models what transactions must hold to, at least one
     */
    public record Settings(
            List<String> nodes, Topology topology, Clients clients, Keys keys, Set<ConsistencyModel> models) {
        /** Keeps copies. */
        public Settings {
            nodes = List.copyOf(nodes);
            models = Collections.unmodifiableSet(EnumSet.copyOf(models));
        }

        /** Settings as the command line has them when no flag says otherwise. */
        public Settings(List<String> nodes, Topology topology) {
            this(
                    nodes,
                    topology,
                    new Clients(nodes.size(), 5, 0),
                    new Keys(10, 16, 4),
                    EnumSet.of(ConsistencyModel.STRICT_SERIALIZABLE));
        }
    }

    /**
     * The clients' side of a run.
     *
     * @param workers how many there are, at least 1
     * @param ratePerSecond operations a second, of all workers together; 0 for none
     * @param latencyMeanNanos how long messages between servers take, on average
     */
    public record Clients(int workers, double ratePerSecond, long latencyMeanNanos) {}

    /**
     * How workloads with many keys use them.
     *
     * @param count how many are in use at a time, 1 to {@link #MAX}
     * @param writesMax the most writes to one, at least 1
     * @param txnLengthMax the most operations in a transaction, 1 to {@link #MAX}
     */
    public record Keys(int count, int writesMax, int txnLengthMax) {
        /** Far beyond what makes sense: keys take memory, and a transaction is one line. */
        public static final int MAX = 100_000;
    }

    /** All names, in order. */
    public static SequencedSet<String> names() {
        return new TreeSet<>(BY_NAME.keySet());
    }

    /** A workload by its name, for one run; nothing when there is none of that name. */
    public static Optional<Workload<?, ?>> create(String name, Settings settings) {
        return Optional.ofNullable(BY_NAME.get(name)).map(factory -> factory.apply(settings));
    }
}

package dev.gyre.stream.worker;

import dev.gyre.stream.api.Sink;
import dev.gyre.stream.exchange.Assignment;
import dev.gyre.stream.exchange.Item;
import dev.gyre.stream.exchange.Rescale;
import dev.gyre.stream.graph.Plan;
import dev.gyre.stream.graph.Vertex;
import dev.gyre.stream.operator.ExchangeOutlet;
import dev.gyre.stream.operator.GroupedOperator;
import dev.gyre.stream.operator.Operator;
import dev.gyre.stream.operator.Stateless;
import dev.gyre.stream.operator.TimeTeller;
import dev.gyre.stream.operator.Transport;
import java.util.ArrayList;
import java.util.List;

/**
 * The operators of a stage, made for one worker.
 *
 * @param heads where records come in: one an input
 * @param grouped those with state, in an order that is the same at all workers
 * @param outlets where records leave for other stages
 * @param sinks where they leave the job
 * @param tellers those that tell time
 */
record Chain(
        List<Operator> heads,
        List<GroupedOperator<?>> grouped,
        List<ExchangeOutlet> outlets,
        List<SinkEnd> sinks,
        List<TimeTeller> tellers) {
    /** A sink does not say when it is ready again: it is asked this often, which a thousand records a second do not notice. */
    static final long SINK_POLL_NANOS = 1_000_000;

    /** Sends the marker of a worker that joins to the other workers. */
    void mark(Rescale rescale) {
        for (var outlet : outlets) {
            if (!outlet.isLocal()) {
                outlet.control(new Item.Marker(rescale));
            }
        }
    }

    /** Whether each outlet has credit and each sink takes something. */
    boolean isReady() {
        for (var outlet : outlets) {
            if (!outlet.isReady()) {
                return false;
            }
        }
        return !isSinkFull();
    }

    /** Whether a partition of its source is not to be read for now; see {@link TimeTeller#holds}. */
    boolean holds(String partition) {
        for (var teller : tellers) {
            if (teller.holds(partition)) {
                return true;
            }
        }
        return false;
    }

    /** Hands on what was gathered. */
    void flush() {
        for (var outlet : outlets) {
            outlet.flush();
        }
        for (var sink : sinks) {
            sink.writer().flush();
        }
    }

    /** Whether one of its sinks takes nothing at the moment. */
    boolean isSinkFull() {
        for (var sink : sinks) {
            if (!sink.writer().isReady()) {
                return true;
            }
        }
        return false;
    }

    /** Opens writers of sinks. */
    @FunctionalInterface
    interface Sinks {
        Sink.Writer<Object> open(String name, Sink<?> sink);
    }

    /** Makes chains for a worker. */
    record Maker(Plan plan, Vertex.Site site, Assignment assignment, Transport transport, Sinks opener) {
        Chain make(Vertex root) {
            var chain = new Chain(
                    new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            var next = behind(root, chain);
            if (root.part() instanceof Vertex.Part.Exchanges(var factory)) {
                var ports = factory.create(site, next);
                ports.forEach(port -> note(port, chain));
                chain.heads.addAll(ports);
            } else {
                chain.heads.add(next);
            }
            return chain;
        }

        /** What takes the records of a vertex. */
        private Operator behind(Vertex vertex, Chain chain) {
            var branches = vertex.consumers().stream()
                    .map(consumer -> take(consumer, chain))
                    .toList();
            return branches.size() == 1 ? branches.getFirst() : new Stateless.Fork(branches.toArray(Operator[]::new));
        }

        private Operator take(Vertex.Consumer consumer, Chain chain) {
            var vertex = consumer.vertex();
            return switch (vertex.part()) {
                case Vertex.Part.Applies(var factory) -> {
                    var operator = factory.create(site, behind(vertex, chain));
                    note(operator, chain);
                    yield operator;
                }
                case Vertex.Part.Writes(var sink) -> {
                    var end = new SinkEnd(vertex.name(), opener.open(vertex.name(), sink));
                    chain.sinks.add(end);
                    yield end;
                }
                case Vertex.Part.WritesNumbers(var sink) -> {
                    var end = new SinkEnd(vertex.name(), opener.open(vertex.name(), sink));
                    chain.sinks.add(end);
                    yield new NumbersEnd(end);
                }
                case Vertex.Part.Exchanges exchange -> exchange(consumer, chain);
                case Vertex.Part.Unites union ->
                    outlet(ExchangeOutlet.local(site.worker(), plan.edge(consumer), transport), chain);
                case Vertex.Part.Reads reads ->
                    throw new IllegalStateException(vertex + " is a source, and has no input");
            };
        }

        private Operator exchange(Vertex.Consumer consumer, Chain chain) {
            var outlet = outlet(ExchangeOutlet.to(assignment, plan.edge(consumer), transport), chain);
            var before = consumer.vertex().before(outlet);
            before.ifPresent(outlet::follow);
            return before.<Operator>map(operator -> operator).orElse(outlet);
        }

        private static ExchangeOutlet outlet(ExchangeOutlet outlet, Chain chain) {
            chain.outlets.add(outlet);
            return outlet;
        }

        private static void note(Operator operator, Chain chain) {
            if (operator instanceof GroupedOperator<?> grouped
                    && !chain.grouped.contains(grouped)) { // a port may be the next operator
                chain.grouped.add(grouped);
            }
            if (operator instanceof TimeTeller teller) {
                chain.tellers.add(teller);
            }
        }
    }
}

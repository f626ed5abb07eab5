package dev.gyre.stream.testing;

import dev.gyre.stream.codec.Types;
import dev.gyre.stream.exchange.Assignment;
import dev.gyre.stream.graph.Vertex;
import dev.gyre.stream.operator.GroupStates;
import dev.gyre.stream.operator.GroupedOperator;
import dev.gyre.stream.operator.Operator;
import dev.gyre.stream.operator.Stateless;
import java.util.ArrayList;
import java.util.List;

/** The operators of one stage, which may be replaced by others that know what they knew. */
final class StageChain {
    private final Vertex root;
    private final Vertex.Site site;
    private final Assignment assignment;
    private final Operator end;
    private List<GroupedOperator<?>> grouped = new ArrayList<>();
    private Operator head;

    StageChain(Vertex root, int me, Assignment assignment, Operator end) {
        this.root = root;
        this.site = new Vertex.Site(me, assignment.groups());
        this.assignment = assignment;
        this.end = end;
        this.head = make();
        grouped.forEach(operator -> ownedGroups().forEach(operator::open));
    }

    Operator head() {
        return head;
    }

    private List<Integer> ownedGroups() {
        var owned = new ArrayList<Integer>();
        for (int group = 0; group < assignment.groups(); group++) {
            if (assignment.owner(group) == site.worker()) {
                owned.add(group);
            }
        }
        return owned;
    }

    /** Makes new operators, with the state of those that there were after it was written and read. */
    void renew(Types types) {
        var before = grouped;
        grouped = new ArrayList<>();
        head = make();
        for (int i = 0; i < grouped.size(); i++) {
            for (int group : ownedGroups()) {
                GroupStates.read(grouped.get(i), group, GroupStates.write(before.get(i), group, types), types);
            }
        }
    }

    private Operator make() {
        return behind(root);
    }

    private Operator behind(Vertex vertex) {
        var branches = vertex.consumers().stream().map(this::take).toList();
        return branches.size() == 1 ? branches.getFirst() : new Stateless.Fork(branches.toArray(Operator[]::new));
    }

    private Operator take(Vertex.Consumer consumer) {
        var vertex = consumer.vertex();
        return switch (vertex.part()) {
            case Vertex.Part.Applies(var factory) -> {
                var operator = factory.create(site, behind(vertex));
                if (operator instanceof GroupedOperator<?> known) {
                    grouped.add(known);
                }
                yield operator;
            }
            case Vertex.Part.Writes sink -> end;
            case Vertex.Part.WritesNumbers sink -> new Stateless.Entry(end);
            case Vertex.Part.Reads other -> throw elsewhere(vertex);
            case Vertex.Part.Exchanges other -> throw elsewhere(vertex);
            case Vertex.Part.Unites other -> throw elsewhere(vertex);
        };
    }

    private static IllegalArgumentException elsewhere(Vertex vertex) {
        return new IllegalArgumentException(vertex
                + " begins another stage, and this kit drives one: test what is before and behind it apart, or the"
                + " whole job");
    }
}

package dev.gyre.maelstrom.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gyre.maelstrom.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Which nodes a broadcast workload suggests as neighbours of which. */
public enum Topology {
    /** Rows of a square as nearly as may be; above, below, left and right are neighbours. */
    GRID("grid"),
    /** Each node has the one before and the one after. */
    LINE("line"),
    /** A binary tree, filled level by level. */
    TREE("tree"),
    /** The same as {@link #TREE}. */
    TREE2("tree2"),
    /** A tree of three branches at each node. */
    TREE3("tree3"),
    /** A tree of four branches at each node. */
    TREE4("tree4"),
    /** Everyone has all others. */
    TOTAL("total");

    private final String label;

    Topology(String label) {
        this.label = label;
    }

    /** The name on the command line. */
    public String label() {
        return label;
    }

    /** The topology of a name; nothing when there is none. */
    public static Optional<Topology> named(String label) {
        return Arrays.stream(values()).filter(it -> it.label.equals(label)).findFirst();
    }

    /** A JSON object from each node to the array of its neighbours. */
    ObjectNode neighbours(List<String> nodes) {
        var result = Json.object();
        for (int i = 0; i < nodes.size(); i++) {
            var array = result.putArray(nodes.get(i));
            neighbours(i, nodes.size()).forEach(neighbour -> array.add(nodes.get(neighbour)));
        }
        return result;
    }

    private IntStream neighbours(int node, int count) {
        return switch (this) {
            case GRID -> grid(node, count);
            case LINE -> within(count, node - 1, node + 1);
            case TREE, TREE2 -> tree(node, count, 2);
            case TREE3 -> tree(node, count, 3);
            case TREE4 -> tree(node, count, 4);
            case TOTAL -> IntStream.range(0, count).filter(other -> other != node);
        };
    }

    private static IntStream grid(int node, int count) {
        int side = (int) Math.ceil(Math.sqrt(count));
        int column = node % side;
        return within(count, node + side, node - side, column + 1 < side ? node + 1 : -1, column > 0 ? node - 1 : -1);
    }

    private static IntStream tree(int node, int count, int branches) {
        int parent = node == 0 ? -1 : (node - 1) / branches;
        var children = IntStream.rangeClosed(1, branches).map(k -> node * branches + k);
        return within(count, IntStream.concat(IntStream.of(parent), children).toArray());
    }

    private static IntStream within(int count, int... candidates) {
        return Arrays.stream(candidates).filter(node -> 0 <= node && node < count);
    }
}

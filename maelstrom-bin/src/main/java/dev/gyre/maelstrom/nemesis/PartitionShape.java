package dev.gyre.maelstrom.nemesis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/** Which nodes a partition separates from which. */
enum PartitionShape {
    /** One node alone, the rest together. */
    ONE,
    /** The largest group smaller than a third alone (of fewer than four nodes: one), the rest together. */
    MINORITY_THIRD,
    /** Two halves; of an odd number, the second is larger by one. */
    MAJORITY,
    /** Each node hears a majority, itself included, and no two hear the same. */
    MAJORITIES_RING;

    /** The shape's name, such as {@code minority-third}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Cuts a cluster of at least two nodes in this shape, at random places, and says how. */
    String apply(List<String> all, BiConsumer<String, String> cut, RandomGenerator random) {
        var nodes = Choice.shuffled(all, random);
        return label() + " "
                + switch (this) {
                    case ONE -> split(cut, nodes, 1);
                    case MINORITY_THIRD -> split(cut, nodes, Math.max(1, (nodes.size() - 1) / 3));
                    case MAJORITY -> split(cut, nodes, nodes.size() / 2);
                    case MAJORITIES_RING -> ring(cut, nodes);
                };
    }

    private static String split(BiConsumer<String, String> cut, List<String> nodes, int size) {
        var left = nodes.subList(0, size);
        var right = nodes.subList(size, nodes.size());
        for (var one : left) {
            for (var other : right) {
                cut.accept(one, other);
                cut.accept(other, one);
            }
        }
        return Choice.group(left) + " | " + Choice.group(right);
    }

    /** In a circle, each node hears the majority around it. Of an even majority one side is longer, so some cuts are one-way. */
    private static String ring(BiConsumer<String, String> cut, List<String> nodes) {
        int count = nodes.size();
        int majority = count / 2 + 1;
        var heard = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            int first = i - majority / 2;
            var near = new ArrayList<String>();
            for (int k = 0; k < count; k++) {
                var other = nodes.get(Math.floorMod(first + k, count));
                if (k < majority) {
                    near.add(other);
                } else {
                    cut.accept(other, nodes.get(i));
                }
            }
            heard.add(nodes.get(i) + " hears " + Choice.group(near));
        }
        Collections.sort(heard);
        return String.join(", ", heard);
    }
}

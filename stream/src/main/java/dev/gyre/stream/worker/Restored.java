package dev.gyre.stream.worker;

import dev.gyre.stream.codec.BytesIn;
import dev.gyre.stream.codec.Types;
import dev.gyre.stream.codec.ValueReader;
import dev.gyre.stream.graph.Plan;
import dev.gyre.stream.operator.GroupedOperator;
import dev.gyre.stream.snapshot.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What a worker finds in a snapshot: of what is kept by key its own groups, of all else the whole. */
public final class Restored {
    /** Where the frontiers of stages are; no operator has this name. */
    static final Section FRONTIERS = new Section("", Section.NO_GROUP);

    private static final TreeMap<String, Object> NOTHING = new TreeMap<>();

    private final Types types;
    private final Map<Section, byte[]> groups = new LinkedHashMap<>();
    private final TreeMap<String, TreeMap<String, Object>> positions = new TreeMap<>();
    private final TreeMap<String, Long> frontiers = new TreeMap<>();
    private final TreeMap<String, List<Object>> prepared = new TreeMap<>();

    /** Nothing: a job that begins. */
    public Restored(Types types) {
        this.types = types;
    }

    static String name(Plan.StagePlan stage) {
        return stage.index() + " " + stage.root().name();
    }

    /**
     * Adds a section of some worker's part.
     *
     * @param bytes not changed afterwards
     * @param isMine whether what a sink has prepared there is this worker's to commit
     * @throws dev.gyre.stream.codec.CodecException when it cannot be read
     */
    public void add(Section section, byte[] bytes, boolean isMine) {
        if (section.group() != Section.NO_GROUP) {
            groups.put(section, bytes);
            return;
        }
        var value = new ValueReader(types, new BytesIn(bytes, "state of \"" + section.operator() + "\"")).read();
        if (value == null) {
            return;
        }
        if (section.equals(FRONTIERS)) {
            ((Map<?, ?>) value)
                    .forEach((stage, frontier) -> frontiers.merge((String) stage, (Long) frontier, Math::min));
        } else if (value instanceof List<?> shown) {
            if (isMine) {
                prepared.computeIfAbsent(section.operator(), absent -> new ArrayList<>())
                        .addAll(shown);
            }
        } else {
            ((Map<?, ?>) value)
                    .forEach((partition, position) -> positions
                            .computeIfAbsent(section.operator(), absent -> new TreeMap<>())
                            .put((String) partition, position));
        }
    }

    /** Opens a group of an operator as it was. */
    void open(GroupedOperator<?> operator, int group) {
        var bytes = groups.remove(new Section(operator.name(), group));
        if (bytes == null) {
            operator.open(group);
        } else {
            operator.restore(
                    group,
                    new ValueReader(
                            types, new BytesIn(bytes, "key group " + group + " of \"" + operator.name() + "\"")));
        }
    }

    OptionalLong frontier(Plan.StagePlan stage) {
        var frontier = frontiers.get(name(stage));
        return frontier == null ? OptionalLong.empty() : OptionalLong.of(frontier);
    }

    Optional<Object> position(String source, String partition) {
        return Optional.ofNullable(positions.getOrDefault(source, NOTHING).get(partition));
    }

    List<Object> prepared(String sink) {
        return prepared.getOrDefault(sink, List.of());
    }
}

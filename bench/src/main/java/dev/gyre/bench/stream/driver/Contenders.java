package dev.gyre.bench.stream.driver;

import dev.gyre.bench.stream.StreamContender;
import dev.gyre.bench.stream.flink.FlinkContender;
import dev.gyre.bench.stream.hand.HandWritten;
import dev.gyre.bench.stream.hand.HandWrittenPrimitive;
import dev.gyre.bench.stream.jet.JetCore;
import dev.gyre.bench.stream.jet.JetPipeline;
import dev.gyre.bench.stream.own.GyreStream;
import dev.gyre.bench.stream.own.ThreeNodes;
import java.util.List;

/** Who is measured, in the order of the table. */
final class Contenders {
    /** What ours is called. */
    static final String OURS = "ours";

    /** The engine of the bound, which is no peer: ratios to it are printed apart. */
    static final String BOUND = "hand";

    private Contenders() {}

    static List<StreamContender> all() {
        return List.of(
                new GyreStream(false),
                new GyreStream(true),
                new ThreeNodes(ThreeNodes.Kept.IN_MEMORY),
                new ThreeNodes(ThreeNodes.Kept.ON_RAFT),
                new ThreeNodes(ThreeNodes.Kept.ON_DISK),
                new JetCore(),
                new JetPipeline(),
                new FlinkContender(false),
                new FlinkContender(true),
                new HandWritten(),
                new HandWrittenPrimitive());
    }

    /** One contender of that name, or all variants of an engine of that name. */
    static List<StreamContender> named(String name) {
        return all().stream()
                .filter(contender -> contender.name().equals(name)
                        || engine(contender.name()).equals(name))
                .toList();
    }

    static String engine(String name) {
        int hyphen = name.indexOf('-');
        return hyphen < 0 ? name : name.substring(0, hyphen);
    }
}

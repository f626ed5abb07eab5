package dev.gyre.maelstrom.result;

import dev.gyre.maelstrom.engine.HistoryEvent;
import dev.gyre.maelstrom.nemesis.Rescaler;
import dev.gyre.maelstrom.nemesis.Rescaler.Ending;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeSet;

/** What came of the rescales that nodes were asked for. They are counted, and never judged: a node may refuse while it recovers. */
final class Rescales {
    /** Different errors shown: the first in their order tell what there is. */
    private static final int ERRORS_MAX = 10;

    private Rescales() {}

    /** Figures from a history; empty when nobody was asked. */
    static SequencedMap<String, Object> of(List<HistoryEvent> events) {
        var map = new LinkedHashMap<String, Object>();
        int asked = named("start-", events).size();
        if (asked == 0) {
            return map;
        }
        var ended = named("stop-", events);
        map.put("count", asked);
        for (var ending : Ending.values()) {
            map.put(ending.label() + "-count", (int) ended.stream()
                    .filter(event -> event.value().asText().equals(ending.label()))
                    .count());
        }
        var errors = new TreeSet<String>();
        ended.forEach(event -> event.error().ifPresent(errors::add));
        if (!errors.isEmpty()) {
            map.put("errors", errors.stream().limit(ERRORS_MAX).toList());
        }
        return map;
    }

    private static List<HistoryEvent> named(String step, List<HistoryEvent> events) {
        return events.stream()
                .filter(event -> event.process().equals(HistoryEvent.NEMESIS)
                        && event.function().equals(step + Rescaler.NAME))
                .toList();
    }
}

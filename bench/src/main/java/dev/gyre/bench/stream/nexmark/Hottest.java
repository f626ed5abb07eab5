package dev.gyre.bench.stream.nexmark;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The last part of query 5: the hottest of each window. */
public final class Hottest implements Stage<HotItem, HotItem> {
    private final TreeMap<Long, List<HotItem>> windows = new TreeMap<>();

    @Override
    public void accept(HotItem item) {
        add(windows.computeIfAbsent(item.endMillis(), end -> new ArrayList<>()), item);
    }

    /** Adds an item to those that have as many bids as it, or takes it instead of those that have fewer. */
    public static void add(List<HotItem> hottest, HotItem item) {
        if (!hottest.isEmpty()) {
            long most = hottest.getFirst().bids();
            if (item.bids() < most) {
                return;
            }
            if (item.bids() > most) {
                hottest.clear();
            }
        }
        hottest.add(item);
    }

    @Override
    public boolean isEmpty() {
        return windows.isEmpty();
    }

    @Override
    public void flush(long endMillis, Consumer<? super HotItem> out) {
        var over = windows.headMap(endMillis, true);
        over.values().forEach(items -> items.forEach(out));
        over.clear();
    }
}

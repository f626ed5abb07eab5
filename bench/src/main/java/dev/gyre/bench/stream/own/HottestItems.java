package dev.gyre.bench.stream.own;

import dev.gyre.bench.stream.nexmark.HotItem;
import dev.gyre.bench.stream.nexmark.Hottest;
import dev.gyre.stream.api.Aggregate;
import java.util.ArrayList;
import java.util.List;

/** Keeps the items with the most bids. */
final class HottestItems implements Aggregate<HotItem, List<HotItem>, List<HotItem>> {
    @Override
    public List<HotItem> create() {
        return new ArrayList<>();
    }

    @Override
    public List<HotItem> add(List<HotItem> hottest, HotItem item) {
        Hottest.add(hottest, item);
        return hottest;
    }

    @Override
    public List<HotItem> merge(List<HotItem> earlier, List<HotItem> later) {
        later.forEach(item -> Hottest.add(earlier, item));
        return earlier;
    }

    @Override
    public List<HotItem> result(List<HotItem> hottest) {
        return List.copyOf(hottest);
    }
}

package dev.gyre.core.checker.elle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers for keys, from 0, in the order in which they were met. */
final class KeyIds {
    private final Map<String, Integer> ids = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    /** The number of a key, met now or before. */
    int of(String key) {
        Integer known = ids.putIfAbsent(key, names.size());
        if (known != null) {
            return known;
        }
        names.add(key);
        return names.size() - 1;
    }

    /** The key of a number. */
    String name(int id) {
        return names.get(id);
    }

    /** How many keys there are. */
    int size() {
        return names.size();
    }
}

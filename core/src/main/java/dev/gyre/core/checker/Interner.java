package dev.gyre.core.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers values from 0, equal values alike, so that a search compares and keeps numbers. */
final class Interner<T> {
    /** Only looked up; its order is never seen. */
    private final Map<T, Integer> numbers = new HashMap<>();

    private final List<T> values = new ArrayList<>();

    int number(T value) {
        Integer known = numbers.putIfAbsent(value, values.size());
        if (known != null) {
            return known;
        }
        values.add(value);
        return values.size() - 1;
    }

    T value(int number) {
        return values.get(number);
    }

    int size() {
        return values.size();
    }
}

package dev.gyre.core.checker.elle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The state of a toy database over lists or registers: what each part of a transaction does to it. Both kinds are
 * written here anew, apart from what the checkers know.
 *
 * @param <M> the parts of transactions
 */
interface Store<M> {
    /** A copy that changes by itself. */
    Store<M> copy();

    /** Does one part; answers it with what a read sees. */
    M apply(M part);

    /** Takes over the keys that were written in another store. */
    void merge(Store<M> other, List<String> keys);

    static Store<ListOp> lists() {
        return new Lists(new TreeMap<>());
    }

    static Store<RegisterOp> registers() {
        return new Registers(new TreeMap<>());
    }

    record Lists(Map<String, List<Long>> state) implements Store<ListOp> {
        @Override
        public Store<ListOp> copy() {
            return new Lists(new TreeMap<>(state));
        }

        @Override
        public ListOp apply(ListOp part) {
            var now = state.getOrDefault(part.key(), List.of());
            return switch (part) {
                case ListOp.Read read -> new ListOp.Read(read.key(), now);
                case ListOp.Append append -> {
                    var more = new ArrayList<>(now);
                    more.add(append.value());
                    state.put(append.key(), List.copyOf(more));
                    yield append;
                }
            };
        }

        @Override
        public void merge(Store<ListOp> other, List<String> keys) {
            keys.forEach(key -> state.put(key, ((Lists) other).state.getOrDefault(key, List.of())));
        }
    }

    record Registers(Map<String, OptionalLong> state) implements Store<RegisterOp> {
        @Override
        public Store<RegisterOp> copy() {
            return new Registers(new TreeMap<>(state));
        }

        @Override
        public RegisterOp apply(RegisterOp part) {
            return switch (part) {
                case RegisterOp.Read read ->
                    new RegisterOp.Read(read.key(), state.getOrDefault(read.key(), OptionalLong.empty()));
                case RegisterOp.Write write -> {
                    state.put(write.key(), OptionalLong.of(write.value()));
                    yield write;
                }
            };
        }

        @Override
        public void merge(Store<RegisterOp> other, List<String> keys) {
            keys.forEach(key -> state.put(key, ((Registers) other).state.getOrDefault(key, OptionalLong.empty())));
        }
    }
}

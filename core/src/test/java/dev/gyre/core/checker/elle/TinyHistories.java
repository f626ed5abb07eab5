package dev.gyre.core.checker.elle;

import dev.gyre.core.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Draws tiny histories from toy databases that are serial, of snapshots without a conflict check, of read-committed or
 * of read-uncommitted, and then sometimes falsifies a read. Two keys, up to five transactions of up to three parts.
 */
final class TinyHistories<M> {
    private final RandomGenerator random;
    private final Tiny<M> kind;
    private final BiFunction<String, Long, M> write;
    private final Function<String, M> read;
    private final BiFunction<M, RandomGenerator, M> falsify;
    private long nextValue;

    TinyHistories(
            RandomGenerator random,
            Tiny<M> kind,
            BiFunction<String, Long, M> write,
            Function<String, M> read,
            BiFunction<M, RandomGenerator, M> falsify) {
        this.random = random;
        this.kind = kind;
        this.write = write;
        this.read = read;
        this.falsify = falsify;
    }

    static TinyHistories<ListOp> lists(RandomGenerator random) {
        return new TinyHistories<>(
                random, Tiny.LISTS, ListOp::append, ListOp::read, (op, r) -> falsifyList((ListOp.Read) op, r));
    }

    static TinyHistories<RegisterOp> registers(RandomGenerator random) {
        return new TinyHistories<>(random, Tiny.REGISTERS, RegisterOp::write, RegisterOp::read, (op, r) -> {
            int value = r.nextInt(7);
            return value == 0 ? RegisterOp.read(op.key()) : RegisterOp.read(op.key(), value);
        });
    }

    private static ListOp falsifyList(ListOp.Read read, RandomGenerator random) {
        var elements = new ArrayList<>(read.elements());
        int at = elements.isEmpty() ? 0 : random.nextInt(elements.size());
        switch (elements.isEmpty() ? 2 : random.nextInt(4)) {
            case 0 -> elements.remove(at);
            case 1 -> elements.removeLast();
            case 2 -> elements.add(at, 1 + random.nextLong(7));
            default -> elements.add(at, elements.removeLast());
        }
        return new ListOp.Read(read.key(), elements);
    }

    /** One transaction as it goes on. */
    private final class Running {
        final List<M> input = new ArrayList<>();
        final List<M> answer = new ArrayList<>();
        final List<M> buffered = new ArrayList<>();
        Store<M> snapshot = kind.empty().get();
        boolean started;
        long first;
        long last;
        String outcome = "ok";
    }

    List<Operation<List<M>, List<M>>> next() {
        nextValue = 1;
        int mode = random.nextInt(4);
        var running = new ArrayList<Running>();
        int count = 2 + random.nextInt(4);
        for (int t = 0; t < count; t++) {
            running.add(draw());
        }
        execute(mode, running, random.nextInt(3) > 0);
        for (var one : running) {
            one.first -= random.nextInt(4);
            one.last += random.nextInt(4);
            if (random.nextInt(12) == 0) {
                long shift = random.nextInt(20);
                one.first += shift;
                one.last += shift;
            }
        }
        if (random.nextInt(3) == 0) {
            falsify(running.get(random.nextInt(running.size())));
        }
        return history(running);
    }

    private Running draw() {
        var one = new Running();
        int parts = 1 + random.nextInt(3);
        for (int i = 0; i < parts; i++) {
            String key = random.nextBoolean() ? "x" : "y";
            one.input.add(random.nextInt(5) < 3 ? write.apply(key, nextValue++) : read.apply(key));
        }
        int dice = random.nextInt(20);
        one.outcome = dice < 3 ? "unknown" : dice < 5 ? "failed" : "ok";
        return one;
    }

    private Running finalReads() {
        var one = new Running();
        one.input.add(read.apply("x"));
        one.input.add(read.apply("y"));
        return one;
    }

    private void execute(int mode, List<Running> running, boolean finalReads) {
        var committed = kind.empty().get();
        long clock = 10;
        var open = new ArrayList<>(running);
        Running current = open.get(0);
        boolean serial = mode == 0;
        var last = finalReads();
        while (!open.isEmpty()) {
            if (!serial || !current.started) {
                current = open.get(random.nextInt(open.size()));
            }
            clock += random.nextInt(4);
            if (!current.started) {
                current.started = true;
                current.first = clock;
                current.snapshot = committed.copy();
            }
            int at = current.answer.size();
            if (at < current.input.size()) {
                part(mode, current, current.input.get(at), committed);
            }
            if (current.answer.size() == current.input.size()) {
                current.last = clock;
                commit(mode, current, committed);
                open.remove(current);
                if (open.isEmpty() && finalReads && !running.contains(last)) {
                    running.add(last);
                    open.add(last);
                }
                current = open.isEmpty() ? current : open.get(random.nextInt(open.size()));
            }
        }
    }

    private void part(int mode, Running one, M part, Store<M> committed) {
        if (mode == 3) {
            one.answer.add(committed.apply(part));
            return;
        }
        var view = mode == 2 ? committed.copy() : one.snapshot.copy();
        one.buffered.forEach(view::apply);
        one.answer.add(view.apply(part));
        if (kind.isWrite().test(part)) {
            one.buffered.add(part);
        }
    }

    private void commit(int mode, Running one, Store<M> committed) {
        boolean happens = one.outcome.equals("ok")
                || (one.outcome.equals("unknown") && random.nextBoolean())
                || (one.outcome.equals("failed") && random.nextInt(8) == 0);
        if (mode != 3 && happens) {
            one.buffered.forEach(committed::apply);
        }
    }

    private void falsify(Running one) {
        for (int i = 0; i < one.answer.size(); i++) {
            if (!kind.isWrite().test(one.answer.get(i))) {
                one.answer.set(i, falsify.apply(one.answer.get(i), random));
                return;
            }
        }
    }

    /** Sorts by invocation, and lets a process do one after the other, but nothing after an unknown one. */
    private List<Operation<List<M>, List<M>>> history(List<Running> running) {
        running.sort((one, other) -> Long.compare(one.first, other.first));
        var freeAt = new ArrayList<Long>();
        var history = new ArrayList<Operation<List<M>, List<M>>>();
        for (var one : running) {
            int process = 0;
            while (process < freeAt.size() && freeAt.get(process) > one.first) {
                process++;
            }
            if (process == freeAt.size()) {
                freeAt.add(0L);
            }
            freeAt.set(process, one.outcome.equals("unknown") ? Long.MAX_VALUE : one.last);
            history.add(new Operation<>(
                    history.size(),
                    process,
                    List.copyOf(one.input),
                    one.first,
                    Script.outcome(one.outcome, one.answer),
                    one.last));
        }
        return history;
    }
}

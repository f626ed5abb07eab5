package dev.gyre.stream.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Asks for this and that, again and again until it is answered, and sometimes after. */
final class SimulatedUser {
    private final Random random;
    private final Oracle oracle;
    private final List<Integer> workers;
    private final SequencedMap<String, Request> open = new LinkedHashMap<>();
    private final SequencedMap<String, Request> closed = new LinkedHashMap<>();
    private final TreeMap<String, Answer> answers = new TreeMap<>();
    private int asked;

    SimulatedUser(Random random, Oracle oracle, List<Integer> workers) {
        this.random = random;
        this.oracle = oracle;
        this.workers = workers;
    }

    boolean isContent() {
        return open.isEmpty();
    }

    List<Request> open() {
        return List.copyOf(open.values());
    }

    void resume() {
        ask(new Request.Resume("q" + asked++));
    }

    private void ask(Request request) {
        open.put(request.id(), request);
    }

    void askAny() {
        var id = "q" + asked++;
        ask(
                switch (random.nextInt(9)) {
                    case 0, 1 -> new Request.SnapshotNow(id);
                    case 2, 3 -> new Request.RescaleTo(id, random.nextInt(workers.size() + 2));
                    case 4, 5 -> {
                        var set = new ArrayList<>(workers);
                        set.removeIf(worker -> random.nextBoolean());
                        yield new Request.RescaleOnto(id, set);
                    }
                    case 6 -> new Request.Suspend(id);
                    case 7 -> new Request.Resume(id);
                    default -> new Request.CancelRescale(id);
                });
    }

    /** What to send now: what is open, and now and then something that was answered before. */
    List<Request> sending() {
        var all = new ArrayList<>(open.values());
        all.removeIf(request -> random.nextInt(3) != 0);
        if (!closed.isEmpty() && random.nextInt(6) == 0) {
            all.add(List.copyOf(closed.values()).get(random.nextInt(closed.size())));
        }
        return all;
    }

    void told(Answer answer) {
        var id = answer.request();
        var known = oracle.request(id).orElse("nothing");
        switch (answer) {
            case Answer.Elsewhere elsewhere -> {
                return;
            }
            case Answer.Done done -> {
                var request = open.getOrDefault(id, closed.get(id));
                boolean isBegunAlways = request instanceof Request.SnapshotNow
                        || request instanceof Request.Resume
                        || request instanceof Request.CancelRescale;
                must(known.equals("done") || (known.equals("nothing") && !isBegunAlways), known, answer);
            }
            case Answer.Failed failed -> must(known.equals("failed"), known, answer);
            case Answer.Refused refused -> must(known.equals("nothing"), known, answer);
            case Answer.Standing standing -> throw new AssertionError("nobody asked for " + standing);
        }
        var request = open.remove(id);
        if (request != null) {
            closed.put(id, request);
        }
        answers.put(id, answer);
    }

    private static void must(boolean condition, String known, Answer answer) {
        if (!condition) {
            throw new AssertionError(answer + ", but there was " + known);
        }
    }
}

package dev.gyre.stream.control;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The workers that are known, and the latest life of each. */
final class Workers {
    /** The latest life of a worker, as it is kept. */
    record Life(int worker, long incarnation, boolean lost) {}

    private final SortedMap<Integer, Life> lives = new TreeMap<>();

    List<Life> kept() {
        return List.copyOf(lives.values());
    }

    void restore(List<Life> kept) {
        lives.clear();
        kept.forEach(life -> lives.put(life.worker, life));
    }

    Optional<Life> life(int worker) {
        return Optional.ofNullable(lives.get(worker));
    }

    void put(Life life) {
        lives.put(life.worker, life);
    }

    boolean isAlive(int worker) {
        return life(worker).map(life -> !life.lost).orElse(false);
    }

    List<Integer> alive() {
        return lives.values().stream()
                .filter(life -> !life.lost)
                .map(Life::worker)
                .toList();
    }

    /** Why a job cannot run on a set of workers, if it cannot. */
    Optional<String> refusal(Collection<Integer> wanted, int groups) {
        if (wanted.isEmpty()) {
            return Optional.of("a job needs at least one worker");
        }
        if (wanted.size() > groups) {
            return Optional.of(
                    "a job with " + groups + " key groups runs on as many workers at most, not on " + wanted.size());
        }
        var missing = new ArrayList<String>();
        for (int worker : wanted) {
            if (!isAlive(worker)) {
                missing.add(worker + (lives.containsKey(worker) ? " is lost" : " is unknown"));
            }
        }
        return missing.isEmpty() ? Optional.empty() : Optional.of("worker " + String.join(", worker ", missing));
    }
}

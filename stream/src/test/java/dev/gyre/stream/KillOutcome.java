package dev.gyre.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.JobWorld.Decided;
import dev.gyre.stream.control.Answer;
import dev.gyre.stream.control.Decision;
import java.util.List;
import java.util.Optional;

/** What became of the operation of a {@link KillRun}. */
enum KillOutcome {
    SAME_LEADER("completed by the same leader"),
    ROLLED_FORWARD("rolled forward by the next leader"),
    NEXT_LEADER("begun and completed by the next leader"),
    ABORTED("aborted"),
    NEXT_GENERATION("given up, for a new generation"),
    COMPLETED_AGAIN("begun and completed in a new generation"),
    REFUSED("refused");

    private final String words;

    KillOutcome(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }

    /**
     * How things stood before.
     *
     * @param term of the leader
     * @param generation of the job
     * @param decisions how many there had been
     */
    record Before(long term, long generation, int decisions) {
        Before(long term, long generation) {
            this(term, generation, 0);
        }

        static Before of(List<Decided> log) {
            long generation = log.stream()
                    .mapToLong(
                            one -> one.decision() instanceof Decision.GenerationStarted begun ? begun.generation() : 0)
                    .max()
                    .orElseThrow();
            return new Before(log.getLast().term(), generation, log.size());
        }

        private List<Decided> after(List<Decided> log) {
            return log.subList(Math.min(decisions, log.size()), log.size());
        }
    }

    /** When it began and when it ended. */
    private record Course(Optional<Decided> begin, Optional<Decided> end) {}

    private static Course course(List<Decided> since) {
        Optional<Decided> begin = Optional.empty();
        for (var one : since) {
            if (begin.isEmpty()) {
                begin = isBegin(one.decision()) ? Optional.of(one) : Optional.empty();
            } else if (isEnd(begin.get().decision(), one.decision())) {
                return new Course(begin, Optional.of(one));
            }
        }
        return new Course(begin, Optional.empty());
    }

    private static boolean isBegin(Decision decision) {
        return decision instanceof Decision.RescaleBegun
                || (decision instanceof Decision.SnapshotBegun(var in, var operation)
                        && operation.request().equals(Optional.of(KillRun.OPERATION)));
    }

    private static boolean isEnd(Decision begin, Decision decision) {
        return switch (decision) {
            case Decision.RescaleCommitted committed -> begin instanceof Decision.RescaleBegun;
            case Decision.RescaleAborted aborted -> begin instanceof Decision.RescaleBegun;
            case Decision.SnapshotCommitted(var snapshot) -> isOf(begin, snapshot.snapshot());
            case Decision.SnapshotAborted aborted -> isOf(begin, aborted.snapshot());
            default -> false;
        };
    }

    private static boolean isOf(Decision begin, long snapshot) {
        return begin instanceof Decision.SnapshotBegun begun
                && begun.operation().snapshot() == snapshot;
    }

    /** Whether all nodes know of the end of the operation, and of the snapshot that follows it if it is a rescale. */
    static boolean isKnownToAll(JobWorld world, Before before) {
        return world.decided.values().stream().allMatch(log -> {
            var since = before.after(log);
            long committed = since.stream()
                    .filter(one -> one.decision() instanceof Decision.SnapshotCommitted)
                    .count();
            return committed > 0 && course(since).end().isPresent();
        });
    }

    /** What it is, and that the answer to who asked says so. */
    static KillOutcome of(List<Decided> log, Before before, Answer answer) {
        var course = course(before.after(log));
        if (course.begin().isEmpty()) {
            assertThat(answer).as("of what never began").isInstanceOf(Answer.Refused.class);
            return REFUSED;
        }
        assertThat(course.end()).as("the end of %s", course.begin()).isPresent();
        var begin = course.begin().get();
        var end = course.end().get();
        boolean isDone = end.decision() instanceof Decision.RescaleCommitted
                || end.decision() instanceof Decision.SnapshotCommitted;
        assertThat(answer).as("of what came to %s", end).isInstanceOf(isDone ? Answer.Done.class : Answer.Failed.class);
        return isDone ? completed(begin, end, before) : givenUp(end.decision());
    }

    private static KillOutcome completed(Decided begin, Decided end, Before before) {
        if (generation(begin.decision()) > before.generation()) {
            return COMPLETED_AGAIN;
        }
        if (end.term() == before.term()) {
            return SAME_LEADER;
        }
        return begin.term() == before.term() ? ROLLED_FORWARD : NEXT_LEADER;
    }

    private static long generation(Decision begin) {
        return begin instanceof Decision.SnapshotBegun snapshot
                ? snapshot.generation()
                : ((Decision.RescaleBegun) begin).generation();
    }

    private static KillOutcome givenUp(Decision end) {
        return end instanceof Decision.SnapshotAborted aborted
                        && !aborted.reason().startsWith("generation")
                ? ABORTED
                : NEXT_GENERATION;
    }
}

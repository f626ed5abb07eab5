package dev.gyre.stream.operator;

import java.util.Random;
import java.util.function.Consumer;

/** Runs of a test, each of its own random numbers: as many as {@code -Dname.seeds} says, from {@code -Dname.seed} on. */
final class Seeds {
    private Seeds() {}

    /**
     * Runs a test.
     *
     * @param count of runs, where no other is given
     * @throws AssertionError when one fails: with the command that runs just this one
     */
    static void each(Class<?> test, String name, int count, Consumer<Random> run) {
        long first = Long.getLong(name + ".seed", 1);
        int seeds = Integer.getInteger(name + ".seeds", count);
        for (long seed = first; seed < first + seeds; seed++) {
            try {
                run.accept(new Random(seed));
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError(
                        "mvn test -pl stream -am -Dtest=" + test.getSimpleName()
                                + " -Dsurefire.failIfNoSpecifiedTests=false -D" + name + ".seed=" + seed + " -D" + name
                                + ".seeds=1\n" + failure.getMessage(),
                        failure);
            }
        }
    }
}

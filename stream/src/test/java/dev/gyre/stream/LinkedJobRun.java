package dev.gyre.stream;

/** {@link JobRun} over links: a sweep of its own for the hunt for mistakes. */
final class LinkedJobRun {
    private LinkedJobRun() {}

    /** The first of some seeds that fails, and why; empty when none does. */
    static String firstFailure(int seeds) {
        return JobRun.firstFailure(JobRun.Kind.LINKED, 1, seeds);
    }
}

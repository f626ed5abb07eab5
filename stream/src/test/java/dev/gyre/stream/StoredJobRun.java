package dev.gyre.stream;

/** {@link JobRun} with replicated snapshots: a sweep of its own for the hunt for mistakes. */
final class StoredJobRun {
    private StoredJobRun() {}

    /** The first of some seeds that fails, and why; empty when none does. */
    static String firstFailure(int seeds) {
        return JobRun.firstFailure(JobRun.Kind.DIRECT.onRaft(), 1, seeds);
    }
}

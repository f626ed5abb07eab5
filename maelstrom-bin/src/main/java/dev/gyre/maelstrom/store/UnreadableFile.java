package dev.gyre.maelstrom.store;

/** A file of a run, or a history, is not there or makes no sense; the message is a line that names it and what to do. */
public final class UnreadableFile extends Exception {
    private static final long serialVersionUID = 1L;

    private final String problem;

    /** Says what is wrong with which file. */
    public UnreadableFile(String problem) {
        super(problem);
        this.problem = problem;
    }

    /** The line. */
    public String problem() {
        return problem;
    }
}

package dev.gyre.maelstrom.workload;

/**
 * A reply that does not have the shape that the workload demands: nobody can say what the node did. Or a line of a stored
 * history that the workload cannot have written.
 */
public final class MalformedReply extends Exception {
    private static final long serialVersionUID = 1L;

    private final String problem;

    /**
     * A reply's fault.
     *
     * @param problem what is wrong with it, and what it should look like
     */
    public MalformedReply(String problem) {
        super(problem, null, false, false);
        this.problem = problem;
    }

    /** What is wrong with the reply. */
    public String problem() {
        return problem;
    }
}

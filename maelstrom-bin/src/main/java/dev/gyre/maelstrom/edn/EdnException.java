package dev.gyre.maelstrom.edn;

/** A text is not EDN, or more of it than anybody needs; the message says what and where. */
public final class EdnException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    EdnException(String problem, int line, int column) {
        super(line + ":" + column + ": " + problem);
        this.line = line;
        this.column = column;
    }

    /** The line, from 1. */
    public int line() {
        return line;
    }

    /** The column in it, from 1, in characters. */
    public int column() {
        return column;
    }
}

package dev.gyre.stream.graph;

/** A plan as text. */
final class TextOutline {
    private TextOutline() {}

    static String of(String job, Plan plan) {
        var outline = new Outline(plan);
        var text = new StringBuilder("job ")
                .append(shown(job))
                .append(": ")
                .append(counted(outline.boxes().size(), "stage"))
                .append(", ")
                .append(plan.groups())
                .append(" key groups\n");
        outline.boxes().forEach(box -> append(box, outline, text));
        return text.append("\n◆ has a state for each key   ■ leaves the job   → goes to another stage\n")
                .toString();
    }

    /** A name on one line, and without what a terminal would obey. */
    private static String shown(String name) {
        return name.replaceAll("\\p{Cntrl}", "\uFFFD");
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static void append(Outline.Box box, Outline outline, StringBuilder text) {
        text.append("\nstage ").append(box.index() + 1).append("  ").append(shown(box.title()));
        text.append(box.isSource() ? "" : box.isLocal() ? ", on each worker" : ", from all workers");
        text.append('\n');
        for (int row = 0; row < box.rows().size(); row++) {
            var line = box.rows().get(row);
            text.append("    ").append("│ ".repeat(Math.max(0, line.depth() - 1)));
            text.append(line.depth() == 0 ? "" : line.isBranch() ? "├ " : "│ ");
            text.append(line.kind().mark()).append(shown(line.text()));
            if (line.kind() == Outline.Kind.EXIT) {
                text.append(", ").append(shown(label(box.index(), row, outline)));
            }
            text.append('\n');
        }
    }

    private static String label(int stage, int row, Outline outline) {
        return outline.arrows().stream()
                .filter(arrow -> arrow.from() == stage && arrow.row() == row)
                .map(Outline.Arrow::label)
                .findFirst()
                .orElse("");
    }
}

package dev.gyre.stream.io;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of files of a transactional sink. Those that nobody is to see begin with a dot; in the order of their names, parts are in the order of snapshots.
 *
 * <table>
 *   <caption>The names of a file, with prefix "part"</caption>
 *   <tr><td>writing</td><td>.part-&lt;generation&gt;-&lt;worker&gt;.writing</td></tr>
 *   <tr><td>prepared</td><td>.part-&lt;generation&gt;-&lt;worker&gt;-&lt;snapshot&gt;.prepared</td></tr>
 *   <tr><td>part</td><td>part-&lt;snapshot, 12 digits&gt;-&lt;worker, 5 digits&gt;</td></tr>
 * </table>
 */
final class PartNames {
    private final String prefix;
    private final Pattern writing;
    private final Pattern prepared;

    PartNames(String prefix) {
        if (!prefix.matches("[A-Za-z0-9_]+")) {
            throw new IllegalArgumentException(
                    "a prefix of files consists of letters, digits and underscores, and is not \"" + prefix + "\"");
        }
        this.prefix = prefix;
        this.writing = Pattern.compile("\\." + prefix + "-(\\d{1,18})-(\\d{1,9})\\.writing");
        this.prepared = Pattern.compile("\\." + prefix + "-(\\d{1,18})-(\\d{1,9})-(\\d{1,18})\\.prepared");
    }

    String prefix() {
        return prefix;
    }

    String writing(long generation, int worker) {
        return "." + prefix + "-" + generation + "-" + worker + ".writing";
    }

    String prepared(long generation, int worker, long snapshot) {
        return "." + prefix + "-" + generation + "-" + worker + "-" + snapshot + ".prepared";
    }

    boolean isPrepared(String name) {
        return prepared.matcher(name).matches();
    }

    /** The part that is made of what is prepared. */
    String part(String preparedName) {
        var match = prepared.matcher(preparedName);
        if (!match.matches()) {
            throw new IllegalArgumentException(preparedName + " is no name of what was prepared");
        }
        return String.format(
                Locale.ROOT, "%s-%012d-%05d", prefix, Long.parseLong(match.group(3)), Long.parseLong(match.group(2)));
    }

    /** Whether a file is none of a generation, but of an older one. */
    boolean isLeftover(String name, long generation, boolean isPreparedToo) {
        return isOlder(writing.matcher(name), generation)
                || (isPreparedToo && isOlder(prepared.matcher(name), generation));
    }

    private static boolean isOlder(Matcher match, long generation) {
        return match.matches() && Long.parseLong(match.group(1)) < generation;
    }
}

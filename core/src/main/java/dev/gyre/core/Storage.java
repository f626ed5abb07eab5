package dev.gyre.core;

import java.util.List;

/**
 * The files of a node, in one flat folder. What is written here outlives the node's process; what is synced outlives a loss of
 * power too. The names in the folder are like contents: a file that was created, renamed or deleted since the last {@link
 * #sync} may be found as it was before. For the node's thread only.
 *
 * <p>Every method may throw a {@link StorageException}. A service that does not catch it is ended by its host, for it can no
 * longer know what is on its disk.
 */
public interface Storage {
    /** Names are made of these: letters, digits, {@code .}, {@code _} and {@code -}, and do not begin with a dot. */
    String NAME_PATTERN = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}";

    /** The names of all files, in order. */
    List<String> list();

    /**
     * Opens a file to read and write it. One that does not exist is created, empty.
     *
     * @throws IllegalArgumentException when the name does not match {@link #NAME_PATTERN}
     */
    StorageFile open(String name);

    /**
     * Gives a file another name. A file that has that name already is replaced, in one step: a crash leaves the one or the
     * other.
     *
     * @throws IllegalArgumentException when there is no file {@code from}, or {@code to} is no name
     */
    void rename(String from, String to);

    /**
     * Deletes a file.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    void delete(String name);

    /**
     * Makes the names durable as they are now: what was created, renamed and deleted. The contents of files are synced by
     * themselves.
     *
     * @return when it is done; unknown when the disk failed, and then nothing is known of what happened since the last sync
     */
    Promise<Synced> sync();

    /** How messages to people name a file, so that they find it: where it is in a folder of the machine, its whole path. The name need not be in use. */
    default String describe(String name) {
        return name;
    }

    /** A sync is done. */
    record Synced() {}

    /**
     * Looks at a name.
     *
     * @throws IllegalArgumentException when it does not match {@link #NAME_PATTERN}
     */
    static String checkName(String name) {
        if (!name.matches(NAME_PATTERN)) {
            throw new IllegalArgumentException("\"" + name
                    + "\" is no file name: 1 to 200 letters, digits, '.', '_' and '-', and no dot at the beginning");
        }
        return name;
    }
}

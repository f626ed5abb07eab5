package dev.gyre.stream.control;

import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is so, whoever knows of it: partitions that are there, and what workers have really done. */
final class SimulatedWorld {
    /** Partitions of each source. */
    final SortedMap<String, NavigableSet<String>> sources = new TreeMap<>();

    NavigableSet<String> partitions(String source) {
        return sources.computeIfAbsent(source, unknown -> new TreeSet<>());
    }

    /** Sources that find no more. */
    final TreeSet<String> closed = new TreeSet<>();

    /** Objects that were written, as generation:snapshot:object. */
    final TreeSet<String> written = new TreeSet<>();

    /** Rescales that workers are done with, as worker@version. */
    final TreeSet<String> rescaled = new TreeSet<>();

    /** Workers that have ended, as worker@generation@version. */
    final TreeSet<String> ended = new TreeSet<>();

    /** Partitions that were read to their end, as partition@generation. */
    final TreeSet<String> read = new TreeSet<>();
}

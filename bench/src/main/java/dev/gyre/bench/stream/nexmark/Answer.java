package dev.gyre.bench.stream.nexmark;

/** A result of a query, or an event where a query lets events pass. */
public interface Answer {
    /** A number that stands for all that it says, the same on every machine; those of all answers are added up. */
    long checksum();
}

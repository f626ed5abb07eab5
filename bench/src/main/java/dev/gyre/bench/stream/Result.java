package dev.gyre.bench.stream;

/**
 * What came out of a run.
 *
 * @param records how many records had an effect
 * @param checksum of the last sum of each key, of the counts of all windows, or of all numbers; in no order
 */
public record Result(long records, long checksum) {}

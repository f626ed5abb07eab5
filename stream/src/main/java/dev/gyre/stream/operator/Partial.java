package dev.gyre.stream.operator;

/**
 * Records of one key and window that were summed up before the exchange.
 *
 * @param accumulator of the window's aggregate; nobody else has it
 */
public record Partial(Object accumulator) {}

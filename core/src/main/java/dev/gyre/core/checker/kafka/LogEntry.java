package dev.gyre.core.checker.kafka;

/**
 * A message in a log.
 *
 * @param offset its place; logs may have gaps
 * @param message the message; a history sends it to one key once
 */
public record LogEntry(long offset, long message) {}

package dev.gyre.bench.stream.flink;

/** A record that is used again and again. */
final class FlinkEvent {
    long key;
    long value;
}

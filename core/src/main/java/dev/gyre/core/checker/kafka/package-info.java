/**
 * A checker of logs in the manner of Kafka: keys, each with messages at growing offsets, that producers send to and
 * consumers poll. {@link dev.gyre.core.checker.kafka.KafkaChecker} is the way in; what it looks for is
 * {@link dev.gyre.core.checker.kafka.KafkaAnomaly}, after Jepsen's workload for Kafka and systems like it.
 *
 * <p>Pure and deterministic: no clocks, threads, I/O or hash order. Depends on histories, outcomes, and the search for
 * cycles of the transaction checkers.
 */
package dev.gyre.core.checker.kafka;

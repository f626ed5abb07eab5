package dev.gyre.maelstrom.workload;

import dev.gyre.core.checker.kafka.KafkaRequest;

/**
 * What a client of {@code kafka} is told to do.
 *
 * @param request to send, poll or assign; a poll that names offsets moves the client there first
 * @param newClient whether the worker's client breaks down before
 */
record KafkaAction(KafkaRequest request, boolean newClient) {}

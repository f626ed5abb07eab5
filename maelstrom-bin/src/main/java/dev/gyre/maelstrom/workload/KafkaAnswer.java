package dev.gyre.maelstrom.workload;

import dev.gyre.core.checker.kafka.KafkaReply;
import dev.gyre.core.checker.kafka.KafkaRequest;

/**
 * What a client of {@code kafka} asked and got.
 *
 * @param asked the request; a poll with the offsets that were asked for
 * @param reply the answer
 */
record KafkaAnswer(KafkaRequest asked, KafkaReply reply) {}

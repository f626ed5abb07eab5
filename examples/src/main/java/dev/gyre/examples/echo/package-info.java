/**
 * Echo: the smallest node. It shows the three parts that every node has: payloads as a sealed interface of records, a
 * service that steps from event to event, and a {@code main} that runs it. Nothing is kept between steps, so the service
 * needs nothing of its context; deterministic.
 */
package dev.gyre.examples.echo;

/**
 * Nodes as processes, and the driver that moves a run's timeline with real time. The only package of the workbench that reads a
 * clock, starts threads or touches processes; not deterministic. Depends on {@code engine}.
 *
 * <p>Threads: the driver's thread alone runs the engine. Each node has three daemon threads: one reads its stdout, one copies its
 * stderr to its log, one writes its stdin. They meet the driver in bounded queues.
 */
package dev.gyre.maelstrom.process;

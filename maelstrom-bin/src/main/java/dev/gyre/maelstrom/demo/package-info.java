/**
 * The demonstration: node processes count words while some of them are killed, and the job is rescaled. A script over the engine
 * of runs; it reads no clock, and a driver moves its time. Depends on {@code engine}, {@code json} and the simulator's network and time line.
 */
package dev.gyre.maelstrom.demo;

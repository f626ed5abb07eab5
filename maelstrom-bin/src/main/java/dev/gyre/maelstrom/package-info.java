/**
 * The workbench: runs nodes under Maelstrom's workloads, network and faults, and judges them. The packages below say of
 * themselves what they hold; all but {@code cli} and {@code process} are deterministic.
 */
package dev.gyre.maelstrom;

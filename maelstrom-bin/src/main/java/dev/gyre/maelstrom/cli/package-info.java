/**
 * The command line: flags to settings, one run after another, what a person sees of it, and exit codes. Depends on everything
 * else in the workbench, and on picocli.
 */
package dev.gyre.maelstrom.cli;

package dev.gyre.maelstrom.report;

/**
 * One of the small charts that a plot stacks over a common axis of time.
 *
 * @param name what it shows, such as the {@code f} of its operations
 * @param note figures beside the name
 * @param scale its vertical axis
 */
record Panel(String name, String note, Scale scale) {}

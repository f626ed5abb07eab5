/**
 * Hosts: what runs a node. The only packages of this module that may start threads, read clocks and do I/O.
 */
package dev.gyre.core.host;

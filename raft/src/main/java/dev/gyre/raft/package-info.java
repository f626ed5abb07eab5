/** Reserved. */
package dev.gyre.raft;

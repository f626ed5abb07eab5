/** Reserved. */
package dev.gyre.stream;

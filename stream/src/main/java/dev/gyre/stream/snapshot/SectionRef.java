package dev.gyre.stream.snapshot;

/**
 * Where the bytes of a section are.
 *
 * @param object the name of the object that they are in: the part itself, or an older one if they have not changed since
 * @param offset in the object, at least 0
 * @param length in bytes, at least 0
 * @param crc CRC-32C of the bytes
 */
public record SectionRef(Section section, String object, long offset, int length, int crc) {}

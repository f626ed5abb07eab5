package dev.gyre.stream.codec;

/** The byte in front of each value. Numbers are for ever: snapshots hold them. */
final class Tags {
    static final byte NULL = 0;
    static final byte FALSE = 1;
    static final byte TRUE = 2;
    static final byte BYTE = 3;
    static final byte SHORT = 4;
    static final byte INTEGER = 5;
    static final byte LONG = 6;
    static final byte FLOAT = 7;
    static final byte DOUBLE = 8;
    static final byte CHARACTER = 9;
    static final byte STRING = 10;
    static final byte BYTES = 11;
    static final byte LONGS = 12;
    static final byte BIG_INTEGER = 13;
    static final byte BIG_DECIMAL = 14;
    static final byte UUID = 15;
    static final byte INSTANT = 16;
    static final byte DURATION = 17;
    static final byte LOCAL_DATE = 18;
    static final byte EMPTY = 19;
    static final byte PRESENT = 20;
    static final byte LIST = 21;
    static final byte MAP = 22;
    static final byte SORTED_MAP = 23;
    static final byte SET = 24;
    static final byte SORTED_SET = 25;
    static final byte ENTRY = 26;

    /** A value of a registered type that has not occurred yet: its name and shape come first, and it gets the next number. */
    static final byte DEFINE = 32;

    /** A value of a registered type that has occurred: its number comes first. */
    static final byte USE = 33;

    /** The shapes of registered types. */
    static final int RECORD = 0;

    static final int ENUM = 1;
    static final int CODED = 2;

    /**
     * How deep values may lie in each other: a list in a record is two. More is a loop or an attack on the stack; a thread's smallest usual stack
     * holds several times as much.
     */
    static final int MAX_DEPTH = 256;

    private Tags() {}
}

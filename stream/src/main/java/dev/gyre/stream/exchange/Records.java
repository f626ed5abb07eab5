package dev.gyre.stream.exchange;

/** Records, column by column: filled by one sender, handed on, and not changed before the one receiver has read them. */
public sealed interface Records extends Item permits Batch, Numbers {
    /** How many there are. */
    int size();

    /** Its records, in columns of their size. There are none in it then, and it may be filled again by whoever has filled it. */
    Records takeOut();

    /** The same records with keys and values as objects. */
    Batch asObjects();
}

package dev.gyre.stream.exchange;

/** Records, column by column: filled by one sender, handed on, and not changed before the one receiver has read them. */
public sealed interface Records extends Item permits Batch, Numbers {
    /** How many there are. */
    int size();

    /** The same records with keys and values as objects. */
    Batch asObjects();
}

package dev.gyre.stream.operator;

import dev.gyre.stream.exchange.Item;

/** The end of a chain where records leave the stage. */
public abstract class Outlet extends Terminal {
    /** Whether every receiver has credit: else the stage takes nothing more in. */
    public abstract boolean isReady();

    /** Sends what was collected, and the latest epoch behind it. */
    public abstract void flush();

    /** Sends an item to every receiver, behind all that came before. */
    public abstract void control(Item.Control item);
}

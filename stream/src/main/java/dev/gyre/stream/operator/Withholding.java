package dev.gyre.stream.operator;

import dev.gyre.stream.exchange.Item;

/**
 * Keeps records back, right before an exchange, to send fewer. It has no state of its own: what it keeps it gives up before anything passes that divides what came before
 * from what comes after, so there is nothing in it when a snapshot is cut or groups move.
 */
public abstract class Withholding extends Operator {
    /** One that is followed by an exchange. */
    protected Withholding(Operator next) {
        super(next);
    }

    /** Sends on all that was kept. Called by the exchange before an {@link Item.Control} passes. */
    public abstract void giveUp();

    @Override
    public void idle() {
        giveUp(); // others will not wait for this sender any more, and what it has must not come late
        next.idle();
    }

    @Override
    public void end() {
        giveUp();
        next.end();
    }
}

package dev.gyre.stream.worker;

import dev.gyre.core.link.LinkFrame;
import dev.gyre.core.link.LinkSettings;
import java.time.Duration;

/** Links with little room: three records an item, and a handful ahead of a consumer. So batches are split, and frames have to wait. */
public final class SmallLinks {
    static final int RECORDS_AN_ITEM = 3;
    static final int ITEMS_A_WINDOW = 3;
    private static final int ITEM_BYTES =
            LinkSettings.OVERHEAD_BYTES + RECORDS_AN_ITEM * EstimatedFrames.BYTES_A_RECORD;

    /** The settings. */
    public static final LinkSettings SETTINGS = new LinkSettings(
            new LinkFrame.Sizes(ITEMS_A_WINDOW * ITEM_BYTES, 600, ITEM_BYTES),
            6000,
            4000,
            3000,
            Duration.ofMillis(200).toNanos(),
            Duration.ofMillis(20).toNanos(),
            Duration.ofMillis(500).toNanos(),
            Duration.ofMillis(250).toNanos(),
            Duration.ofMillis(900).toNanos(),
            Duration.ofMillis(1800).toNanos(),
            Duration.ofMillis(60).toNanos(),
            Duration.ofMillis(2).toNanos());

    private SmallLinks() {}
}

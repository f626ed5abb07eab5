package dev.gyre.core.checker.kafka;

import java.util.ArrayList;

/** Looks at one log by itself: for messages that were lost, or are there twice, or should not be there. */
final class KafkaLogScan {
    /** How many unseen messages of a key are named. */
    private static final int NAMED_MAX = 8;

    private final String key;
    private final KafkaLog log;
    private final KafkaFindings findings;

    KafkaLogScan(String key, KafkaLog log, KafkaFindings findings) {
        this.key = key;
        this.log = log;
        this.findings = findings;
    }

    /** Adds what it finds to the findings. */
    void run() {
        log.conflicts()
                .forEach((offset, messages) -> findings.add(
                        KafkaAnomaly.INCONSISTENT_OFFSETS,
                        "Offset " + offset + " of key " + key + " has several messages: " + messages));
        log.duplicates()
                .forEach((message, offsets) -> findings.add(
                        KafkaAnomaly.DUPLICATE,
                        "Message " + message + " of key " + key + " is at several offsets: " + offsets));
        log.firstPoller().forEach(this::checkPolled);
        findLost();
    }

    private void checkPolled(long message, int poller) {
        var send = log.sendOf(message);
        String polled = "Operation " + poller + " polled message " + message + " of key " + key + ", which ";
        if (send.isEmpty()) {
            findings.add(KafkaAnomaly.UNSENT_MESSAGE, polled + "nobody sent");
        } else if (send.getFirst().failed()) {
            findings.add(
                    KafkaAnomaly.G1A, polled + "operation " + send.getFirst().operation() + " sent, but that failed");
        }
    }

    private void findLost() {
        var unseen = new ArrayList<Long>();
        for (var send : log.sends()) {
            if (!send.acknowledged() || log.firstPoller().containsKey(send.message())) {
                continue;
            }
            unseen.add(send.message());
            if (send.offset() < log.highestPolled()) {
                findings.add(
                        KafkaAnomaly.LOST_WRITE,
                        "Message " + send.message() + " of key " + key + ", acknowledged to operation "
                                + send.operation() + " at offset " + send.offset()
                                + ", was never polled, though operation " + log.highestPoller()
                                + " polled up to offset "
                                + log.highestPolled());
            }
        }
        if (!unseen.isEmpty()) {
            int more = unseen.size() - NAMED_MAX;
            findings.add(
                    KafkaAnomaly.UNSEEN,
                    "Key " + key + " has acknowledged messages that no poll ever showed: "
                            + unseen.subList(0, Math.min(NAMED_MAX, unseen.size()))
                            + (more > 0 ? " and " + more + " more" : ""));
        }
    }
}

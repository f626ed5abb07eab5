package dev.gyre.core.link;

/** A channel at its sender: what it carries, and what it may still send. */
final class OutChannel {
    final String name;
    /** The item that bears the schema on this connection; 0 while none does. */
    long schemaSequence;

    private String schema = "";
    private boolean hasSchema;
    private long dataCount;
    private long dataSent;
    private long controlSent;
    private long dataLimit;
    private long controlLimit;
    /** What was refused for want of room, and whose owner is to be told when there is; 0 when there is none. */
    private long dataWanted;

    private long controlWanted;

    OutChannel(String name, LinkFrame.Sizes sizes) {
        this.name = name;
        dataLimit = sizes.dataWindowBytes();
        controlLimit = sizes.controlWindowBytes();
    }

    String schema() {
        return schema;
    }

    boolean fits(String other) {
        return !hasSchema || schema.equals(other);
    }

    void carry(String itsSchema) {
        hasSchema = true;
        schema = itsSchema;
    }

    long dataCount() {
        return dataCount;
    }

    /** What may still be sent. */
    long credit(boolean isData) {
        return isData ? dataLimit - dataSent : controlLimit - controlSent;
    }

    void sent(boolean isData, int bytes) {
        if (isData) {
            dataSent += bytes;
            dataCount++;
        } else {
            controlSent += bytes;
        }
    }

    long wanted(boolean isData) {
        return isData ? dataWanted : controlWanted;
    }

    void want(boolean isData, long bytes) {
        if (isData) {
            dataWanted = bytes;
        } else {
            controlWanted = bytes;
        }
    }

    /** Takes a credit: the highest counts, since they may come late or again. */
    void raise(LinkFrame.Credit credit) {
        dataLimit = Math.max(dataLimit, credit.dataBytes());
        controlLimit = Math.max(controlLimit, credit.controlBytes());
    }
}

package dev.gyre.core.host;

import dev.gyre.core.codec.LineDecoder;
import dev.gyre.core.codec.MalformedLine;
import dev.gyre.core.host.Inbox.Input;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that reads: from bytes to batches of messages in the {@link Inbox}, until the input ends. */
final class InputPump implements Runnable, LineReader.Sink {
    private static final Logger log = LoggerFactory.getLogger(InputPump.class);

    private final LineReader reader;
    private final LineDecoder decoder;
    private final Inbox inbox;
    private List<Input> batch = new ArrayList<>();

    InputPump(InputStream in, LineDecoder decoder, Inbox inbox) {
        this.reader = new LineReader(in, StdioHost.MAX_LINE_BYTES);
        this.decoder = decoder;
        this.inbox = inbox;
    }

    @Override
    public void run() {
        try {
            pump();
            inbox.put(Inbox.END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pump() throws InterruptedException {
        boolean isOpen = true;
        while (isOpen) {
            try {
                isOpen = reader.read(this);
            } catch (IOException e) {
                log.warn("the input cannot be read any further ({}): taken for its end", e.getMessage());
                isOpen = false;
            }
            if (!batch.isEmpty()) {
                isOpen &= inbox.put(batch);
                batch = new ArrayList<>(batch.size());
            }
        }
    }

    @Override
    public void line(byte[] bytes, int from, int to, long number) {
        try {
            batch.add(new Input.Good(decoder.decode(bytes, from, to, number)));
        } catch (MalformedLine e) {
            batch.add(new Input.Bad(number, "no message: " + e.getMessage()));
        }
    }

    @Override
    public void tooLong(long number, long bytes) {
        batch.add(new Input.Bad(
                number, "skipped: " + bytes + " bytes are more than a line's " + StdioHost.MAX_LINE_BYTES));
    }
}

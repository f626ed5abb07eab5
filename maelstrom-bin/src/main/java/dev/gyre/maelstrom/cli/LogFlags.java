package dev.gyre.maelstrom.cli;

import picocli.CommandLine.Option;

/** The flags that say what is shown meanwhile. They change nothing about a run. */
final class LogFlags {
    @Option(names = "--log-stderr", description = "Show what nodes write to stderr. It is in their logs in any case.")
    private boolean logStderr;

    @Option(names = "--log-net-send", description = "Show each message as it is sent.")
    private boolean logNetSend;

    @Option(names = "--log-net-recv", description = "Show each message as it is received, or dropped.")
    private boolean logNetRecv;

    TestSettings.Logging logging() {
        return new TestSettings.Logging(logStderr, logNetSend, logNetRecv);
    }
}

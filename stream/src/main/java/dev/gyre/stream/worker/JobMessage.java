package dev.gyre.stream.worker;

import dev.gyre.core.link.LinkMessage;
import dev.gyre.stream.control.Answer;
import dev.gyre.stream.control.Report;
import dev.gyre.stream.control.Request;
import dev.gyre.stream.control.Solicitation;

/** What the nodes of a job send each other, and what users ask of them. */
public sealed interface JobMessage {
    /** A frame for the worker at the receiver. */
    record Framed(int from, Frame frame) implements JobMessage {}

    /** A frame of a link between two nodes, which carries frames of their workers. */
    record Linked(LinkMessage link) implements JobMessage {}

    /** What a worker has to tell the coordinator; of no interest to a node that does not lead. */
    record Reported(int worker, Report report) implements JobMessage {}

    /** The coordinator wants to hear again what still holds. */
    record Solicited(Solicitation solicitation) implements JobMessage {}

    /** A user asks for something. */
    record Asked(Request request) implements JobMessage {}

    /** What a request has come to. */
    record Answered(Answer answer) implements JobMessage {}

    /** Something outside of the loop is done, such as a write: look after it. */
    record Woken() implements JobMessage {}
}

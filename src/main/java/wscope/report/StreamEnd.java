package wscope.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.IncompleteFrame;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;

/**
 * The state at the end of a stream or of one direction of a connection.
 *
 * @param sender the sender of the direction; null for a decoded stream
 * @param unfinished the messages that are still open
 * @param frame the incomplete frame; null if there is none
 * @param handshake the incomplete handshake; null unless the stream ends inside it
 */
public record StreamEnd(
    @Nullable Endpoint sender,
    Totals totals,
    List<Message> unfinished,
    @Nullable IncompleteFrame frame,
    @Nullable IncompleteHandshake handshake) {}

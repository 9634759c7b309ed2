package wscope.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.Incomplete;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;

/**
 * What is known once a stream has ended, or one direction of a connection.
 *
 * @param sender whose direction it is; null for a stream that is decoded
 * @param unfinished messages that are still open
 * @param frame that is incomplete, or null
 * @param handshake null unless the stream ends inside its handshake
 */
public record StreamEnd(
    @Nullable Endpoint sender,
    Totals totals,
    List<Message> unfinished,
    @Nullable Incomplete frame,
    @Nullable IncompleteHandshake handshake) {}

package wscope.report;

import java.io.Flushable;
import wscope.protocol.ConversationListener;

/** What a command shows on its standard output, as text or as JSON. */
public interface Report extends ServeReport, Flushable {
  /** For a stream of bytes that is decoded; ask for one only. */
  ConversationListener conversation();
}

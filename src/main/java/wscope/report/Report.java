package wscope.report;

import wscope.protocol.ConversationListener;

/** What a command shows on its standard output, as text or as JSON. */
public interface Report extends ServeReport {
  /** For a stream of bytes that is decoded; ask for one only. */
  ConversationListener conversation();
}

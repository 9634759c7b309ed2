package wscope.capture.tls;

import org.jspecify.annotations.Nullable;
import wscope.packet.TcpEndpoint;

/** One endpoint of a connection with TLS: what waits of its bytes, and how to decrypt them. */
final class TlsSide {
  final TcpEndpoint endpoint;
  final RecordBuffer records = new RecordBuffer();
  final HandshakeMessages messages = new HandshakeMessages();

  /** The keys of the next record; null if it is not encrypted. */
  @Nullable RecordKeys keys;

  /** The secret that the next record needs; null if its keys are known. */
  @Nullable SecretLabel wanted;

  /** Whether its keys are, or will be, those of the data of the application. */
  boolean application;

  /** The number of records that may fail to authenticate, because other keys protect them. */
  int skippable;

  /** Whether a KeyUpdate ends the current record. */
  boolean updates;

  /** Looks for the next record after missing bytes; null if none are missing. */
  @Nullable RecordSearch search;

  /** Why nothing can be read after the bytes that wait; null if more may follow. */
  @Nullable String cut;

  /** Whether nothing more is read. */
  boolean stopped;

  TlsSide(TcpEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  int size() {
    return records.size() + messages.size() + (search == null ? 0 : search.size());
  }

  /** Forgets what waits. */
  void clear() {
    records.clear();
    messages.clear();
    search = null;
  }
}

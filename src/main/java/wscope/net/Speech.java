package wscope.net;

/** What the peer of an accepted link speaks. */
public sealed interface Speech permits TlsServer, Speech.Plain {
  /** Bytes without TLS. */
  enum Plain implements Speech {
    /** HTTP; a peer that begins with TLS is rejected. */
    HTTP,
    /** Anything. */
    ANY
  }
}

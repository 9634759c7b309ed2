package wscope.capture.tls;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.TlsSession;

/** What the handshake of a connection says, and which secrets and keys follow from it. */
final class TlsHandshake {
  /** The number of records with early data that a server may reject. */
  private static final int MOST_OF_EARLY_DATA = 1024;

  private @Nullable ClientHello hello;
  private @Nullable ServerHello reply;
  private CipherSuite suite = CipherSuite.of(0);
  private CipherSuite.Aead aead = CipherSuite.Aead.AES_128_GCM;
  private @Nullable String protocol;
  private ByteBuffer ticket = ByteBuffer.allocate(0);

  /** Whether the client waits for a ServerHello. */
  private boolean awaitsReply;

  private boolean retried;

  /** Whether it is known what the server does with early data. */
  private boolean earlyKnown;

  private boolean serverDone;
  private boolean resumed;

  boolean hasHello() {
    return hello != null;
  }

  boolean hasReply() {
    return reply != null;
  }

  /** Whether the client waits for a ServerHello. */
  boolean awaitsReply() {
    return awaitsReply;
  }

  /** Whether the server has yet to say whether it accepts early data. */
  boolean awaitsExtensions() {
    return reply != null && !earlyKnown;
  }

  /** Whether the server wants another ClientHello. */
  boolean isRetrying() {
    return retried && reply == null;
  }

  boolean is12() {
    return reply != null && reply.is12();
  }

  boolean is13() {
    return reply != null && reply.is13();
  }

  /** What the connection is, as far as its hellos tell. */
  String name() {
    return reply == null ? "TLS" : reply.name();
  }

  /** The name of the server that the client asked for; null if it did not. */
  @Nullable String serverName() {
    return hello == null ? null : hello.serverName();
  }

  /** Whether a key log has some secret of the session. */
  boolean isIn(KeyLog keyLog) {
    return hello != null && keyLog.has(hello.random());
  }

  /** Whether another ClientHello may be encrypted in the first one. */
  boolean mayBeHidden() {
    return is13() && hello != null && hello.encrypted();
  }

  /** The parameters. */
  TlsSession session() {
    ServerHello answer = reply;
    return new TlsSession(
        is13() ? "TLSv1.3" : "TLSv1.2",
        suite.name(),
        serverName(),
        protocol,
        answer != null && (answer.is13() ? answer.resumed() : resumed));
  }

  /** The secret with a label; null if it is unknown. */
  byte @Nullable [] secret(KeyLog keyLog, Resumptions resumptions, SecretLabel label) {
    ClientHello known = hello;
    ServerHello answer = reply;
    if (known == null || answer == null) {
      return null;
    }
    return answer.is13()
        ? keyLog.secret(known.random(), label)
        : master(keyLog, resumptions, known, answer);
  }

  /** The keys of an endpoint that follow from a secret. */
  @Nullable RecordKeys keys(byte[] secret, boolean ofClient) {
    ClientHello known = hello;
    ServerHello answer = reply;
    if (known == null || answer == null) {
      return null;
    }
    return answer.is13()
        ? RecordKeys.of13(aead, secret)
        : RecordKeys.of12(aead, secret, known.random().bytes(), answer.random().bytes(), ofClient);
  }

  /** The master secret of TLS 1.2; a client that resumes a session may not log it again. */
  private byte @Nullable [] master(
      KeyLog keyLog, Resumptions resumptions, ClientHello known, ServerHello answer) {
    resumed = !serverDone;
    byte[] master = keyLog.secret(known.random(), SecretLabel.CLIENT_RANDOM);
    if (master == null && resumed && known.sessionId().equals(answer.sessionId())) {
      master = resumptions.get(answer.sessionId());
    }
    if (master == null && resumed) {
      master = resumptions.get(known.ticket());
    }
    if (master != null) {
      resumptions.put(answer.sessionId(), master);
      resumptions.put(ticket, master);
    }
    return master;
  }

  /** The secret of the data of an endpoint. */
  static SecretLabel traffic(boolean ofClient) {
    return ofClient ? SecretLabel.CLIENT_TRAFFIC_SECRET_0 : SecretLabel.SERVER_TRAFFIC_SECRET_0;
  }

  /**
   * Reads a message.
   *
   * @return why the connection cannot be decrypted; null if it may be
   */
  @Nullable String message(
      TlsSide side, TlsSide peer, boolean ofClient, int type, ByteBuffer body) {
    switch (type) {
      case HandshakeMessages.CLIENT_HELLO -> {
        return clientHello(ofClient, body);
      }
      case HandshakeMessages.SERVER_HELLO -> {
        return serverHello(side, peer, ofClient, body);
      }
      case HandshakeMessages.ENCRYPTED_EXTENSIONS -> {
        if (!ofClient && is13() && !side.application) {
          encryptedExtensions(peer, body);
        }
      }
      case HandshakeMessages.SERVER_HELLO_DONE -> serverDone |= !ofClient;
      case HandshakeMessages.NEW_SESSION_TICKET -> {
        if (!ofClient && !is13()) {
          Fields fields = new Fields(body);
          fields.bytes(Integer.BYTES);
          ticket = Resumptions.name(fields.vector16());
        }
      }
      case HandshakeMessages.END_OF_EARLY_DATA -> {
        if (ofClient && is13() && !side.application) {
          side.wanted = SecretLabel.CLIENT_HANDSHAKE_TRAFFIC_SECRET;
        }
      }
      case HandshakeMessages.FINISHED -> {
        if (is13() && side.keys != null && !side.application) {
          side.application = true;
          side.wanted = traffic(ofClient);
        }
      }
      case HandshakeMessages.KEY_UPDATE -> side.updates = is13() && side.application;
      default -> {}
    }
    return null;
  }

  private @Nullable String clientHello(boolean ofClient, ByteBuffer body) {
    ClientHello read = ClientHello.of(body);
    if (read == null || !ofClient || (hello != null && !retried)) {
      return "TLS with a malformed handshake";
    }
    hello = read;
    awaitsReply = true;
    return null;
  }

  private @Nullable String serverHello(
      TlsSide side, TlsSide peer, boolean ofClient, ByteBuffer body) {
    ServerHello read = ServerHello.of(body);
    ClientHello known = hello;
    if (read == null || ofClient || reply != null || known == null) {
      return "TLS with a malformed handshake";
    }
    awaitsReply = false;
    if (read.isRetry()) {
      retried = true;
      return null;
    }
    reply = read;
    suite = CipherSuite.of(read.suite());
    protocol = read.protocol();
    CipherSuite.Aead chosen = suite.aead();
    String not = ", which wscope does not decrypt";
    if (!read.is13() && !read.is12()) {
      return name() + not;
    }
    if (chosen == null || CipherSuite.isOf13(read.suite()) != read.is13()) {
      return name() + " with " + suite.name() + not;
    }
    if (read.compressed()) {
      return name() + " with compression" + not;
    }
    aead = chosen;
    earlyKnown = !known.early() || !read.is13();
    if (read.is13()) {
      side.wanted = SecretLabel.SERVER_HANDSHAKE_TRAFFIC_SECRET;
      peer.wanted = SecretLabel.CLIENT_HANDSHAKE_TRAFFIC_SECRET;
    }
    return null;
  }

  private void encryptedExtensions(TlsSide ofClient, ByteBuffer body) {
    ByteBuffer extensions = new Fields(body).vector16();
    protocol = Extensions.protocol(extensions);
    if (!earlyKnown) {
      earlyKnown = true;
      boolean accepted = Fields.extension(extensions, Extensions.EARLY_DATA) != null;
      if (accepted) {
        ofClient.wanted = SecretLabel.CLIENT_EARLY_TRAFFIC_SECRET;
      } else {
        ofClient.skippable = MOST_OF_EARLY_DATA;
      }
    }
  }
}

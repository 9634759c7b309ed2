package wscope.capture.tls;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wscope.packet.TcpConnection;
import wscope.packet.TcpEndpoint;

/**
 * Decrypts one connection. The records of an endpoint wait while they need what the other endpoint
 * says, or a secret that may still be written.
 */
final class TlsConnection {
  /** The number of bytes of an endpoint that may wait. */
  static final int MOST_WAITING = 1 << 20;

  /**
   * The number of records before the data that may be encrypted with secrets that are not there.
   */
  private static final int MOST_OF_HANDSHAKE = 64;

  private final KeyLog keyLog;
  private final Resumptions resumptions;
  private final RecordDecryption decryption;
  private final TlsListener listener;
  private final TcpConnection connection;
  private final TlsSide first;
  private final TlsSide second;
  private final TlsHandshake handshake = new TlsHandshake();
  private @Nullable TlsSide client;

  /** Why something could not be decrypted; null if all could. */
  private @Nullable String trouble;

  private boolean secured;
  private boolean finishing;
  private boolean over;

  TlsConnection(
      TcpConnection connection,
      KeyLog keyLog,
      Resumptions resumptions,
      RecordDecryption decryption,
      TlsListener listener) {
    this.connection = connection;
    this.keyLog = keyLog;
    this.resumptions = resumptions;
    this.decryption = decryption;
    this.listener = listener;
    first = new TlsSide(connection.first());
    second = new TlsSide(connection.second());
  }

  /** Whether nothing more is read. */
  boolean isOver() {
    return over;
  }

  /** How much memory waits. */
  int size() {
    return first.size() + second.size();
  }

  void bytes(TcpEndpoint sender, ByteBuffer bytes) {
    TlsSide side = side(sender);
    if (over || side.stopped || side.cut != null) {
      return;
    }
    RecordSearch search = side.search;
    if (search != null) {
      find(side, search, bytes);
    } else {
      side.records.add(bytes);
    }
    run();
    if (side.records.length() > MOST_WAITING) {
      tooMuchWaits();
    }
  }

  /** Gives up what waits, because it is too much. */
  void tooMuchWaits() {
    // A secret that may still be written is waited for no longer.
    finishing = true;
    run();
    if (!over && !secured) {
      fail(handshake.name() + " of which too many bytes wait for those of the other endpoint");
    } else if (!over) {
      for (TlsSide side : new TlsSide[] {first, second}) {
        if (side.size() > 0) {
          stop(side, "too many bytes wait for those of the other endpoint");
        }
      }
    }
  }

  void gap(TcpEndpoint sender, long missing) {
    TlsSide side = side(sender);
    RecordSearch search = side.search;
    RecordKeys keys = side.keys;
    if (over || side.stopped || side.cut != null) {
      return;
    }
    if (search != null) {
      search.gap(missing);
    } else if (keys != null && side.application && side.wanted == null && !hasRecord(side)) {
      int begun = side.records.length();
      side.clear();
      side.search = new RecordSearch(keys, decryption, begun, missing);
    } else {
      side.cut = missing(missing);
      run();
    }
  }

  private static boolean hasRecord(TlsSide side) {
    return side.records.isBroken() || side.records.isWhole();
  }

  private static String missing(long bytes) {
    return bytes == 1
        ? "1 byte is missing from its TLS stream"
        : bytes + " bytes are missing from its TLS stream";
  }

  /** Looks for the next record after missing bytes. */
  private void find(TlsSide side, RecordSearch search, ByteBuffer bytes) {
    RecordKeys keys = side.keys;
    long number = keys == null ? 0 : keys.number();
    ByteBuffer content = search.add(bytes);
    if (content != null && keys != null) {
      long records = keys.number() - 1 - number;
      side.search = null;
      secure();
      listener.missing(
          connection,
          side.endpoint,
          search.lost(),
          records,
          Math.max(0, search.lost() - records * keys.overhead()));
      int type = handshake.is13() ? innerType(content) : search.type();
      // Only the rest of a handshake message may be there.
      if (type != TlsRecord.HANDSHAKE || HandshakeMessages.isWhole(content)) {
        opened(side, type, content);
      }
      side.records.add(search.rest());
    } else if (search.isOver()) {
      notFound(side, search);
    }
  }

  private void notFound(TlsSide side, RecordSearch search) {
    String rest =
        search.lost() + search.size() > search.missing()
            ? ", and no record was found after them"
            : "";
    stop(side, missing(search.missing()) + rest);
  }

  /** Nothing follows. */
  void finish() {
    finishing = true;
    run();
    if (over) {
      return;
    }
    if (secured) {
      endsInsideRecord(first);
      endsInsideRecord(second);
    } else {
      fail(unfinished());
    }
  }

  private void endsInsideRecord(TlsSide side) {
    RecordSearch search = side.search;
    if (search != null) {
      notFound(side, search);
    } else if (!side.stopped && side.records.length() > 0) {
      stop(side, "its TLS stream ends inside a record");
    }
  }

  private String unfinished() {
    if (trouble != null) {
      return handshake.name() + "; " + trouble;
    }
    if (!handshake.hasReply()) {
      return "TLS that ends before the handshake is complete";
    }
    return first.application && second.application
        ? handshake.name() + " without data inside"
        : handshake.name() + " that ends before the handshake is complete";
  }

  /**
   * Reads until both endpoints wait. The server comes first, because the client needs its hello.
   */
  private void run() {
    boolean progress = true;
    while (progress && !over) {
      TlsSide server = client == null ? first : peer(client);
      progress = read(server);
      progress |= read(peer(server));
    }
  }

  private boolean read(TlsSide side) {
    boolean progress = false;
    while (!over && !side.stopped && !waits(side)) {
      byte[] record = side.records.next();
      if (record == null) {
        ends(side);
        break;
      }
      progress = true;
      record(side, record);
    }
    return progress;
  }

  /** Stops if what follows is not a record, or is missing. */
  private void ends(TlsSide side) {
    String reason = side.records.isBroken() ? "what follows is not a TLS record" : side.cut;
    if (reason != null && !handshake.hasReply()) {
      fail("TLS whose handshake cannot be read: " + reason);
    } else if (reason != null) {
      stop(side, reason);
    }
  }

  /** Whether the next record must wait. */
  private boolean waits(TlsSide side) {
    if (client == null && !findClient(side)) {
      // What is cut must not wait for ever.
      return side.cut == null;
    }
    if (side != client) {
      return !handshake.hasHello() || !install(side);
    }
    if (handshake.awaitsReply()) {
      return true;
    }
    if (handshake.awaitsExtensions()) {
      if (peer(side).stopped || peer(side).application) {
        stop(side, "it sends early data, and what the server does with it cannot be read");
      }
      return true;
    }
    return !install(side);
  }

  /** Finds out from the first record of a side which one is the client. */
  private boolean findClient(TlsSide side) {
    byte[] start = side.records.start();
    if (start == null) {
      return false;
    }
    if (start[0] != TlsRecord.HANDSHAKE) {
      failToBegin();
    } else if (start[1] == HandshakeMessages.CLIENT_HELLO) {
      client = side;
    } else if (start[1] == HandshakeMessages.SERVER_HELLO) {
      client = peer(side);
    } else {
      failToBegin();
    }
    return client != null;
  }

  private void failToBegin() {
    fail(
        connection.clientKnown()
            ? "TLS that does not begin with a ClientHello"
            : "TLS whose beginning is not in the capture");
  }

  /**
   * Derives the keys of a side, if it needs new ones.
   *
   * @return false if they are not there
   */
  private boolean install(TlsSide side) {
    SecretLabel label = side.wanted;
    if (label == null) {
      return true;
    }
    byte[] secret = handshake.secret(keyLog, resumptions, label);
    if (secret == null) {
      return !(keyLog.mayGrow() && !finishing) && installOther(side, label);
    }
    side.wanted = null;
    side.keys = handshake.keys(secret, side == client);
    return true;
  }

  /** The key log lacks a secret: tries to do without it. */
  private boolean installOther(TlsSide side, SecretLabel label) {
    SecretLabel later = TlsHandshake.traffic(side == client);
    byte[] secret = label == later ? null : handshake.secret(keyLog, resumptions, later);
    boolean early = label == SecretLabel.CLIENT_EARLY_TRAFFIC_SECRET;
    if (secret != null && handshake.is13() && !early) {
      side.wanted = null;
      side.application = true;
      side.skippable = MOST_OF_HANDSHAKE;
      side.keys = handshake.keys(secret, side == client);
      return true;
    }
    if (handshake.isIn(keyLog)) {
      stop(side, "the key log has no " + label + " for this session");
    } else {
      // The key log names a session with an encrypted ClientHello by the random number in it.
      boolean hidden = handshake.mayBeHidden() && !keyLog.isEmpty();
      fail(
          handshake.name()
              + " with no key for this session"
              + (hidden ? ", or with an encrypted ClientHello" : "")
              + "; run the client with SSLKEYLOGFILE");
    }
    return false;
  }

  private void record(TlsSide side, byte[] record) {
    RecordKeys keys = side.keys;
    ByteBuffer content = ByteBuffer.wrap(record);
    content.position(TlsRecord.HEADER);
    int type = record[0];
    if (keys == null) {
      unprotected(side, type, content);
    } else if (handshake.is13() && type != TlsRecord.APPLICATION_DATA) {
      // What is not encrypted: an endpoint may send an alert before it has keys.
      if (type == TlsRecord.ALERT) {
        alert(side, content);
      } else if (type != TlsRecord.CHANGE_CIPHER_SPEC) {
        stop(side, "a record of type " + type + " is not encrypted");
      }
    } else {
      ByteBuffer plain = keys.open(decryption, record);
      if (plain != null) {
        side.skippable = 0;
        opened(side, handshake.is13() ? innerType(plain) : type, plain);
      } else if (side.skippable > 0) {
        side.skippable--;
      } else {
        stop(side, "a record does not authenticate: the key log has a wrong key");
      }
    }
  }

  /** The type of the content, which zeros may follow (RFC 8446 §5.2); -1 without one. */
  private static int innerType(ByteBuffer plain) {
    int at = plain.limit() - 1;
    while (at >= 0 && plain.get(at) == 0) {
      at--;
    }
    int type = at < 0 ? -1 : plain.get(at) & 0xff;
    plain.limit(Math.max(0, at));
    return type;
  }

  private void opened(TlsSide side, int type, ByteBuffer plain) {
    switch (type) {
      case TlsRecord.APPLICATION_DATA -> {
        secure();
        if (plain.hasRemaining()) {
          listener.bytes(connection, side.endpoint, plain);
        }
      }
      case TlsRecord.HANDSHAKE -> fragment(side, plain);
      case TlsRecord.ALERT -> alert(side, plain);
      case TlsRecord.CHANGE_CIPHER_SPEC -> renegotiates();
      case TlsRecord.HEARTBEAT -> {}
      default -> stop(side, "a record has the unknown type " + type);
    }
  }

  private void unprotected(TlsSide side, int type, ByteBuffer content) {
    switch (type) {
      case TlsRecord.HANDSHAKE -> fragment(side, content);
      case TlsRecord.ALERT -> alert(side, content);
      case TlsRecord.CHANGE_CIPHER_SPEC -> {
        if (handshake.is12()) {
          side.wanted = SecretLabel.CLIENT_RANDOM;
          side.application = true;
        }
      }
      default -> {
        // A client may send early data before it learns that the server wants another ClientHello.
        if (side != client || !handshake.isRetrying()) {
          fail("TLS that sends data before the handshake is complete");
        }
      }
    }
  }

  private void fragment(TlsSide side, ByteBuffer bytes) {
    side.messages.read(bytes, (type, body) -> message(side, type, body));
    RecordKeys keys = side.keys;
    if (side.updates && keys != null) {
      side.keys = keys.next();
    }
    side.updates = false;
  }

  private void message(TlsSide side, int type, ByteBuffer body) {
    if (over || side.stopped) {
      return;
    }
    if (type == HandshakeMessages.CLIENT_HELLO && side.keys != null) {
      renegotiates();
      return;
    }
    String why = handshake.message(side, peer(side), side == client, type, body);
    if (why != null) {
      fail(why);
    }
  }

  private void alert(TlsSide side, ByteBuffer content) {
    if (content.remaining() != 2) {
      return;
    }
    int level = content.get() & 0xff;
    int code = content.get() & 0xff;
    boolean fatal = handshake.is13() ? Alert.isFatalIn13(code) : level == Alert.FATAL;
    if (secured) {
      listener.alert(connection, side.endpoint, fatal, Alert.label(code));
    } else if (fatal) {
      String who = side == client ? "client" : "server";
      fail(handshake.name() + " that the " + who + " ended with the alert " + Alert.label(code));
    }
  }

  private void renegotiates() {
    stop(first, "TLS is renegotiated, which wscope does not decrypt");
    stop(second, "TLS is renegotiated, which wscope does not decrypt");
  }

  private void secure() {
    if (secured) {
      return;
    }
    secured = true;
    listener.secured(connection, handshake.session());
    tellStopped(first);
    tellStopped(second);
  }

  /**
   * Reads nothing more of a side. If nothing has been decrypted yet, the listener gets that later.
   */
  private void stop(TlsSide side, String reason) {
    if (side.stopped || over) {
      return;
    }
    side.stopped = true;
    side.clear();
    side.cut = reason;
    trouble = trouble == null ? reason : trouble;
    if (secured) {
      tellStopped(side);
    } else if (peer(side).stopped) {
      fail(unfinished());
    }
  }

  private void tellStopped(TlsSide side) {
    if (side.stopped) {
      listener.undecrypted(connection, side.endpoint, String.valueOf(side.cut));
    }
  }

  private void fail(String why) {
    if (!over) {
      over = true;
      first.clear();
      second.clear();
      listener.unread(connection, why, handshake.serverName());
    }
  }

  private TlsSide side(TcpEndpoint sender) {
    return sender.equals(first.endpoint) ? first : second;
  }

  private TlsSide peer(TlsSide side) {
    return side == first ? second : first;
  }
}

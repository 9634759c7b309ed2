package wscope.capture.tls;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a ClientHello says (RFC 8446 §4.1.2).
 *
 * @param sessionId the session to resume; empty without one
 * @param ticket the ticket of TLS 1.2 with which to resume (RFC 5077); empty without one
 * @param serverName the name of the server; null without one
 * @param early whether early data follows
 * @param encrypted whether it has the extension for an encrypted ClientHello, perhaps a made-up one
 */
record ClientHello(
    HelloRandom random,
    ByteBuffer sessionId,
    ByteBuffer ticket,
    @Nullable String serverName,
    boolean early,
    boolean encrypted) {

  /** Reads the body of a message; null if it is malformed. */
  static @Nullable ClientHello of(ByteBuffer body) {
    Fields fields = new Fields(body);
    fields.uint16();
    byte[] random = fields.bytes(HelloRandom.LENGTH);
    ByteBuffer sessionId = fields.vector8();
    fields.vector16();
    fields.vector8();
    ByteBuffer extensions = ByteBuffer.allocate(0);
    if (fields.hasMore()) {
      extensions = fields.vector16();
    }
    if (fields.isMalformed()) {
      return null;
    }
    ByteBuffer ticket = Fields.extension(extensions, Extensions.SESSION_TICKET);
    return new ClientHello(
        HelloRandom.of(random),
        Resumptions.name(sessionId),
        Resumptions.name(ticket),
        Extensions.serverName(extensions),
        Fields.extension(extensions, Extensions.EARLY_DATA) != null,
        Fields.extension(extensions, Extensions.ENCRYPTED_CLIENT_HELLO) != null);
  }
}

package wscope.protocol.handshake;

import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import wscope.protocol.deflate.DeflateOffer;

/** Builds the WebSocket request of a client (RFC 6455 §4.1). */
public final class UpgradeRequestBuilder {
  private static final int NONCE_BYTES = 16;

  private final String target;
  private List<OutgoingHeaderField> fields;

  private UpgradeRequestBuilder(String target, List<OutgoingHeaderField> fields) {
    this.target = target;
    this.fields = fields;
  }

  /**
   * Starts with the minimal request.
   *
   * @param host the host of the server, with its port unless that is the default
   * @param target the path and query, which start with a slash
   * @param nonces fills the 16 bytes of the key; it must use a strong source to be unpredictable
   */
  public static UpgradeRequestBuilder to(String host, String target, Consumer<byte[]> nonces) {
    byte[] nonce = new byte[NONCE_BYTES];
    nonces.accept(nonce);
    return new UpgradeRequestBuilder(
        target,
        List.of(
            new OutgoingHeaderField("Host", host),
            new OutgoingHeaderField("Upgrade", "websocket"),
            new OutgoingHeaderField("Connection", "Upgrade"),
            new OutgoingHeaderField("Sec-WebSocket-Key", Base64.getEncoder().encodeToString(nonce)),
            new OutgoingHeaderField("Sec-WebSocket-Version", "13")));
  }

  /** Adds the origin of the requesting page (RFC 6454 §7). */
  public UpgradeRequestBuilder origin(String origin) {
    return field("Origin", origin);
  }

  /** Offers subprotocols in order of preference; or none if the list is empty. */
  public UpgradeRequestBuilder subprotocols(List<String> names) {
    return names.isEmpty() ? this : field("Sec-WebSocket-Protocol", String.join(", ", names));
  }

  /** Adds offers of permessage-deflate in order of preference, or none if the list is empty. */
  public UpgradeRequestBuilder deflate(List<DeflateOffer> offers) {
    return offers.isEmpty()
        ? this
        : field(
            "Sec-WebSocket-Extensions",
            offers.stream().map(DeflateOffer::header).collect(Collectors.joining(", ")));
  }

  /** Adds a header field at the end. */
  public UpgradeRequestBuilder field(String name, String value) {
    fields = OutgoingHeaderField.with(fields, name, value);
    return this;
  }

  /** Removes the header fields with this name, so that others can replace them. */
  public UpgradeRequestBuilder without(String name) {
    fields = OutgoingHeaderField.without(fields, name);
    return this;
  }

  /** The finished request. */
  public HttpRequest build() {
    return new HttpRequest("GET", target, "HTTP/1.1", fields);
  }
}

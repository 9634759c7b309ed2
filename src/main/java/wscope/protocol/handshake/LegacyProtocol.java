package wscope.protocol.handshake;

import org.jspecify.annotations.Nullable;

/**
 * The WebSocket protocols before RFC 6455. wscope recognises their handshakes to explain them, but
 * does not speak these protocols.
 */
public enum LegacyProtocol {
  HIXIE_75(
      "draft-hixie-thewebsocketprotocol-75",
      "Chrome 4 and Safari 5.0.0 (2010)",
      "no key; text frames between the bytes 00 and ff, no closing handshake"),
  HIXIE_76(
      "draft-hixie-thewebsocketprotocol-76, also called hybi-00",
      "Chrome 6 to 13, Safari 5.0.1 and 5.1, Firefox 4 (2010 to 2011)",
      "two keys in fields and eight bytes after the head; text frames between 00 and ff"),
  HYBI_01_TO_03(
      "draft-ietf-hybi-thewebsocketprotocol-01 to -03",
      "experiments of 2010 and 2011",
      "the keys of hixie-76; wscope cannot read its frames, with a MORE bit and other opcodes"),
  HYBI_04_TO_06(
      "draft-ietf-hybi-thewebsocketprotocol-04 to -06",
      "experiments of 2011",
      "the key of RFC 6455; wscope cannot read its frames, with other opcodes and masking"),
  HYBI_07(
      "draft-ietf-hybi-thewebsocketprotocol-07",
      "Firefox 6 (2011)",
      "framing and accept value of RFC 6455, but Sec-WebSocket-Origin instead of Origin"),
  HYBI_08_TO_12(
      "draft-ietf-hybi-thewebsocketprotocol-08 to -12",
      "Chrome 14 and 15, Firefox 7 to 10 (2011)",
      "framing and accept value of RFC 6455, but Sec-WebSocket-Origin instead of Origin");

  private final String document;
  private final String spokenBy;
  private final String difference;

  LegacyProtocol(String document, String spokenBy, String difference) {
    this.document = document;
    this.spokenBy = spokenBy;
    this.difference = difference;
  }

  /** The legacy protocol of a request; null for RFC 6455 and any other protocol. */
  public static @Nullable LegacyProtocol of(RequestHead request) {
    if (!HeaderLists.containsToken(request.all("Upgrade"), "websocket")) {
      return null;
    }
    HeaderField version = request.first("Sec-WebSocket-Version");
    if (version != null) {
      return ofVersion(version.value());
    }
    if (request.first("Sec-WebSocket-Key1") != null) {
      return request.first("Sec-WebSocket-Draft") == null ? HIXIE_76 : HYBI_01_TO_03;
    }
    return request.first("Sec-WebSocket-Key") == null ? HIXIE_75 : null;
  }

  /**
   * The legacy protocol of a 101 response; null for RFC 6455 and any other protocol. Only hixie-75
   * and hixie-76 differ from RFC 6455 in the fields of the response.
   */
  public static @Nullable LegacyProtocol of(ResponseHead response) {
    boolean opens = response.status() == 101 && response.first("Sec-WebSocket-Accept") == null;
    if (!opens) {
      return null;
    }
    if (response.first("Sec-WebSocket-Location") != null
        || response.first("Sec-WebSocket-Origin") != null) {
      return HIXIE_76;
    }
    boolean plain =
        response.first("WebSocket-Location") != null || response.first("WebSocket-Origin") != null;
    return plain ? HIXIE_75 : null;
  }

  private static @Nullable LegacyProtocol ofVersion(String version) {
    return switch (version) {
      case "0" -> HIXIE_76;
      case "1", "2", "3" -> HYBI_01_TO_03;
      case "4", "5", "6" -> HYBI_04_TO_06;
      case "7" -> HYBI_07;
      case "8" -> HYBI_08_TO_12;
      default -> null;
    };
  }

  /** The name of the specification. */
  public String document() {
    return document;
  }

  /** Whether its frames are those of hixie-75 and hixie-76. */
  public boolean hasHixieFrames() {
    return this == HIXIE_75 || this == HIXIE_76;
  }

  /** Whether its frames differ from those of all protocols that wscope reads. */
  public boolean hasUnreadableFrames() {
    return this == HYBI_01_TO_03 || this == HYBI_04_TO_06;
  }

  /** The clients that used this protocol, with the years. */
  public String spokenBy() {
    return spokenBy;
  }

  /** The difference from RFC 6455, in words. */
  public String difference() {
    return difference;
  }
}

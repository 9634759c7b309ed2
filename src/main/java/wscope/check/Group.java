package wscope.check;

import java.util.Locale;

/** The groups of cases, in the order in which they run. */
public enum Group {
  HANDSHAKE("the request of the opening handshake and the response"),
  OFFERS("offers of permessage-deflate and of subprotocols"),
  FRAMING("headers of frames: opcodes, RSV bits, lengths, masks, cuts"),
  FRAGMENTS("messages in several frames, with control frames between them"),
  UTF8("text, valid and invalid, cut anywhere"),
  CLOSE("codes, bodies and orders of Close frames"),
  DEFLATE("compressed messages"),
  SENDING("what the checked endpoint itself sends"),
  LIMITS("large messages, lengths and heads, and many fragments"),
  ABORT("the end of TCP at any place"),
  MANY("many clients of a server at once"),
  PATIENCE("nothing more is sent, or nothing is read");

  private final String id = name().toLowerCase(Locale.ROOT);
  private final String title;

  Group(String title) {
    this.title = title;
  }

  /** The stable name, with which the names of its cases begin. */
  public String id() {
    return id;
  }

  /** What the cases are about. */
  public String title() {
    return title;
  }
}

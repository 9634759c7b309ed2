package wscope.protocol.rule;

import static wscope.protocol.rule.Consequence.close;
import static wscope.protocol.rule.Consequence.disconnect;
import static wscope.protocol.rule.Consequence.reject;
import static wscope.protocol.rule.Consequence.warn;
import static wscope.protocol.rule.Rule.Reading.GOES_ON;
import static wscope.protocol.rule.Rule.Reading.STOPS;
import static wscope.protocol.rule.RuleGroup.CLOSE_BODY;
import static wscope.protocol.rule.RuleGroup.COMPRESSION;
import static wscope.protocol.rule.RuleGroup.FRAME_HEADER;
import static wscope.protocol.rule.RuleGroup.FRAME_ORDER;
import static wscope.protocol.rule.RuleGroup.HEAD;
import static wscope.protocol.rule.RuleGroup.MESSAGE;
import static wscope.protocol.rule.RuleGroup.REQUEST;
import static wscope.protocol.rule.RuleGroup.RESPONSE;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Every rule that wscope knows, one row each: its group, what an endpoint does that finds it
 * broken, where it is written, what is wrong, and a hint. The name is the id in capitals.
 *
 * <p>An endpoint closes the connection with a code, rejects the request with an HTTP status,
 * disconnects, or only warns. A row says {@code STOPS} if nothing after the broken place can be
 * read. A hint speaks of the protocol; which option of a command helps is the command line's
 * matter.
 */
public enum Rule {
  // The header of a frame.
  CLIENT_FRAME_UNMASKED(
      FRAME_HEADER,
      close(1002),
      "RFC 6455 §5.1",
      "A frame from a client is not masked",
      "a client masks every frame with a fresh key; only a server sends frames without one"),
  SERVER_FRAME_MASKED(
      FRAME_HEADER,
      close(1002),
      "RFC 6455 §5.1",
      "A frame from a server is masked",
      "a server never masks; only a client does"),
  RSV1_WITHOUT_EXTENSION(
      FRAME_HEADER,
      close(1002),
      "RFC 6455 §5.2",
      "RSV1 is set, but no extension that uses it was negotiated",
      "with permessage-deflate it marks a compressed message"),
  RSV2_WITHOUT_EXTENSION(
      FRAME_HEADER,
      close(1002),
      "RFC 6455 §5.2",
      "RSV2 is set, but no extension that uses it was negotiated",
      "no registered extension uses RSV2; are these bytes the start of a frame?"),
  RSV3_WITHOUT_EXTENSION(
      FRAME_HEADER,
      close(1002),
      "RFC 6455 §5.2",
      "RSV3 is set, but no extension that uses it was negotiated",
      "no registered extension uses RSV3; are these bytes the start of a frame?"),
  RESERVED_OPCODE(
      FRAME_HEADER,
      close(1002),
      "RFC 6455 §5.2",
      "The opcode is reserved and has no meaning",
      "defined are 0 continuation, 1 text, 2 binary, 8 close, 9 ping and a pong"),
  CONTROL_FRAME_FRAGMENTED(
      FRAME_HEADER,
      close(1002),
      "RFC 6455 §5.5",
      "A control frame has FIN 0, but control frames must not be fragmented",
      "set FIN on every close, ping and pong"),
  CONTROL_FRAME_TOO_LONG(
      FRAME_HEADER,
      close(1002),
      "RFC 6455 §5.5",
      "A control frame has a payload of more than 125 bytes",
      "a close reason has room for 123 bytes, a ping or pong for 125"),
  LENGTH_NOT_MINIMAL(
      FRAME_HEADER,
      close(1002),
      "RFC 6455 §5.2",
      "The payload length is not written in its shortest form",
      "up to 125 in 7 bits, up to 65535 in 16 bits, only then 64 bits"),
  LENGTH_TOP_BIT_SET(
      FRAME_HEADER,
      close(1002),
      STOPS,
      "RFC 6455 §5.2",
      "The most significant bit of the 64-bit payload length is set",
      "the length is unsigned and at most 2^63-1; nothing behind this header can be located"),

  // The order of frames.
  CONTINUATION_WITHOUT_MESSAGE(
      FRAME_ORDER,
      close(1002),
      "RFC 6455 §5.4",
      "A continuation frame comes while no message is open",
      "a message starts with a text or binary frame with FIN 0"),
  MESSAGE_INTERRUPTED(
      FRAME_ORDER,
      close(1002),
      "RFC 6455 §5.4",
      "A new message starts before the open one has ended",
      "until a frame with FIN 1, only continuation and control frames may come"),
  DATA_AFTER_CLOSE(
      FRAME_ORDER,
      close(1002),
      "RFC 6455 §5.5.1",
      "A data frame comes after a Close frame",
      "after its Close an endpoint sends no more data; a peer discards it"),

  // What a message carries.
  TEXT_NOT_UTF8(
      MESSAGE,
      close(1007),
      "RFC 6455 §8.1",
      "A text message is not valid UTF-8",
      "send other encodings, and bytes that are no text, as binary"),
  MESSAGE_TOO_BIG(
      MESSAGE,
      close(1009),
      "RFC 6455 §10.4",
      "The message is longer than this endpoint accepts",
      "send less at once"),
  TOO_MANY_FRAGMENTS(
      MESSAGE,
      close(1008),
      "RFC 6455 §10.4",
      "The message has more fragments than this endpoint accepts",
      "put more payload into each frame"),

  // permessage-deflate: frames and messages.
  RSV1_ON_CONTINUATION(
      COMPRESSION,
      close(1002),
      "RFC 7692 §6",
      "RSV1 is set on a continuation frame",
      "only the first frame of a compressed message bears RSV1; it counts for all of them"),
  RSV1_ON_CONTROL_FRAME(
      COMPRESSION,
      close(1002),
      "RFC 7692 §6",
      "RSV1 is set on a control frame",
      "close, ping and pong are never compressed"),
  COMPRESSED_DATA_CORRUPT(
      COMPRESSION,
      close(1007),
      "RFC 7692 §7.2.2",
      "The payload of a compressed message is not DEFLATE data",
      "send raw DEFLATE (RFC 1951), without the header of zlib or gzip"),
  COMPRESSED_DATA_UNFINISHED(
      COMPRESSION,
      close(1007),
      "RFC 7692 §7.2.1",
      "A compressed message does not end where a DEFLATE block ends",
      "end with an empty stored block (Z_SYNC_FLUSH) and remove only its last 00 00 ff ff"),
  COMPRESSED_DATA_OUT_OF_WINDOW(
      COMPRESSION,
      close(1007),
      "RFC 7692 §7.2.2",
      "A compressed message refers to data before the first byte that is known",
      "context takeover refers to earlier messages: begin with the first one of the connection"),
  CONTEXT_TAKEN_OVER(
      COMPRESSION,
      close(1007),
      "RFC 7692 §7.1.1",
      "A compressed message refers to an earlier one, but no context takeover was agreed on",
      "reset the compressor before each message"),

  // The body of a Close frame.
  CLOSE_BODY_OF_ONE_BYTE(
      CLOSE_BODY,
      close(1002),
      "RFC 6455 §5.5.1",
      "The body of a Close frame has one byte, but a close code takes two",
      "leave the body empty, or begin it with a two-byte code"),
  CLOSE_CODE_OUT_OF_RANGE(
      CLOSE_BODY,
      close(1002),
      "RFC 6455 §7.4.2",
      "The close code is outside 1000 to 4999",
      "applications use 3000 to 3999 when registered, 4000 to 4999 in private"),
  CLOSE_CODE_NEVER_SENT(
      CLOSE_BODY,
      close(1002),
      "RFC 6455 §7.4.1",
      "The close code only reports a local finding and must never be sent",
      "1005 means that no code came, 1006 that no Close came, 1015 that TLS failed"),
  CLOSE_CODE_UNASSIGNED(
      CLOSE_BODY,
      close(1002),
      "RFC 6455 §7.4.2",
      "The close code is reserved for the protocol and has no meaning yet",
      "assigned are 1000 to 1003 and 1007 to 1014"),
  CLOSE_REASON_NOT_UTF8(
      CLOSE_BODY,
      close(1007),
      "RFC 6455 §5.5.1",
      "The reason of a Close frame is not valid UTF-8",
      "cut a reason to 123 bytes at the border of a character"),

  // The HTTP head.
  HEAD_TOO_LARGE(
      HEAD,
      reject(431),
      STOPS,
      "RFC 6585 §5",
      "The request head is larger than this endpoint accepts",
      "send fewer or smaller header fields; cookies are the usual cause"),
  TOO_MANY_HEADER_FIELDS(
      HEAD,
      reject(431),
      STOPS,
      "RFC 6585 §5",
      "The request has more header fields than this endpoint accepts",
      "send fewer header fields"),
  REQUEST_LINE_MALFORMED(
      HEAD,
      reject(400),
      STOPS,
      "RFC 9112 §3",
      "The first line is not a request line",
      "a WebSocket client begins with: GET /path HTTP/1.1"),
  LINE_END_NOT_CRLF(
      HEAD,
      reject(400),
      "RFC 9112 §2.2",
      "A line of the head does not end with CR LF",
      "end each line with the bytes 0d 0a"),
  HEADER_FIELD_FOLDED(
      HEAD,
      reject(400),
      "RFC 9112 §5.2",
      "A header field is folded over several lines",
      "write each header field on one line"),
  HEADER_FIELD_WITHOUT_COLON(
      HEAD, reject(400), "RFC 9112 §5", "A header line has no colon", "write: Name: value"),
  HEADER_NAME_MALFORMED(
      HEAD,
      reject(400),
      "RFC 9112 §5.1",
      "The name of a header field is not a token",
      "no blanks before the colon, and only letters, digits and !#$%&'*+-.^_`|~"),
  HEADER_VALUE_MALFORMED(
      HEAD,
      reject(400),
      "RFC 9110 §5.5",
      "The value of a header field has a control character",
      "only blanks, tabs and visible characters may stand in a value"),

  // The opening handshake, as a server reads it.
  METHOD_NOT_GET(
      REQUEST,
      reject(405),
      "RFC 6455 §4.2.1",
      "The method of the request is not GET",
      "a WebSocket handshake is a GET request"),
  HTTP_VERSION_UNSUPPORTED(
      REQUEST,
      reject(505),
      "RFC 6455 §4.2.1",
      "The HTTP version is not 1.1 or a later 1.x",
      "open the handshake with HTTP/1.1; WebSocket over HTTP/2 (RFC 8441) is not spoken here"),
  TARGET_MALFORMED(
      REQUEST,
      reject(400),
      "RFC 6455 §4.2.1",
      "The request target is neither a path nor an http URL, or it has a fragment",
      "write a path that begins with /, and leave #fragment out"),
  HOST_MISSING(
      REQUEST,
      reject(400),
      "RFC 6455 §4.2.1",
      "The Host field is missing or empty",
      "send: Host: name:port"),
  HOST_REPEATED(
      REQUEST, reject(400), "RFC 9112 §3.2", "There is more than one Host field", "send Host once"),
  UPGRADE_MISSING(
      REQUEST,
      reject(426),
      "RFC 6455 §4.2.1",
      "The Upgrade field does not name websocket",
      "send: Upgrade: websocket"),
  CONNECTION_WITHOUT_UPGRADE(
      REQUEST,
      reject(400),
      "RFC 6455 §4.2.1",
      "The Connection field does not name Upgrade",
      "send: Connection: Upgrade; a proxy that drops it does not pass WebSocket on"),
  KEY_MISSING(
      REQUEST,
      reject(400),
      "RFC 6455 §4.2.1",
      "The Sec-WebSocket-Key field is missing",
      "send 16 random bytes in base64: Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="),
  KEY_REPEATED(
      REQUEST,
      reject(400),
      "RFC 6455 §11.3.1",
      "There is more than one Sec-WebSocket-Key field",
      "send Sec-WebSocket-Key once"),
  KEY_MALFORMED(
      REQUEST,
      reject(400),
      "RFC 6455 §4.2.1",
      "The key is not the base64 of 16 bytes",
      "a key has 24 characters and ends with =="),
  KEY_PAD_BITS(
      REQUEST,
      warn(),
      "RFC 4648 §3.5",
      "The unused last bits of the key are not zero",
      "character 22 of a key made by a base64 encoder is A, Q, g or w (RFC 6455 erratum 3150)"),
  VERSION_MISSING(
      REQUEST,
      reject(400),
      "RFC 6455 §4.2.1",
      "The Sec-WebSocket-Version field is missing",
      "send: Sec-WebSocket-Version: 13"),
  VERSION_UNSUPPORTED(
      REQUEST,
      reject(426),
      "RFC 6455 §4.2.2",
      "The WebSocket version is not 13",
      "13 is the only version of RFC 6455; 7 and 8 are drafts of 2011"),
  BODY_ANNOUNCED(
      REQUEST,
      reject(400),
      "RFC 9112 §6",
      "The request announces a body, but what follows a handshake are frames",
      "leave Content-Length and Transfer-Encoding out"),
  SUBPROTOCOL_MALFORMED(
      REQUEST,
      reject(400),
      "RFC 6455 §4.1",
      "Sec-WebSocket-Protocol is not a list of different tokens",
      "separate the names by commas, name each once, and use no blanks inside a name"),
  EXTENSIONS_MALFORMED(
      REQUEST,
      reject(400),
      "RFC 6455 §9.1",
      "Sec-WebSocket-Extensions is not a list of extensions",
      "write: name; parameter; parameter=value, separated by commas"),

  // The answer to it, as a client reads it.
  STATUS_LINE_MALFORMED(
      RESPONSE,
      disconnect(),
      STOPS,
      "RFC 9112 §4",
      "The first line is not a status line",
      "a server that agrees answers: HTTP/1.1 101 Switching Protocols"),
  ANSWER_WITHOUT_UPGRADE(
      RESPONSE,
      disconnect(),
      "RFC 6455 §4.1",
      "The Upgrade field of the answer is not websocket",
      "answer with: Upgrade: websocket"),
  ANSWER_WITHOUT_CONNECTION_UPGRADE(
      RESPONSE,
      disconnect(),
      "RFC 6455 §4.1",
      "The Connection field of the answer does not name Upgrade",
      "answer with: Connection: Upgrade"),
  ACCEPT_MISSING(
      RESPONSE,
      disconnect(),
      "RFC 6455 §4.1",
      "The Sec-WebSocket-Accept field is missing",
      "derive it from Sec-WebSocket-Key; without it a client must not open the connection"),
  ACCEPT_WRONG(
      RESPONSE,
      disconnect(),
      "RFC 6455 §4.1",
      "Sec-WebSocket-Accept does not fit the key of the request",
      "it is the base64 of the SHA-1 of the key's text and the GUID"),
  ACCEPT_REPEATED(
      RESPONSE,
      disconnect(),
      "RFC 6455 §11.3.3",
      "The answer has more than one Sec-WebSocket-Accept field",
      "send Sec-WebSocket-Accept once"),
  SUBPROTOCOL_NOT_OFFERED(
      RESPONSE,
      disconnect(),
      "RFC 6455 §4.1",
      "The answer names a subprotocol that the client did not offer",
      "answer with one of the offered names in the same letter case, or leave the field out"),
  SUBPROTOCOL_REPEATED(
      RESPONSE,
      disconnect(),
      "RFC 6455 §11.3.4",
      "The answer has more than one Sec-WebSocket-Protocol field",
      "answer with one of the offered names, once"),
  EXTENSION_NOT_OFFERED(
      RESPONSE,
      disconnect(),
      "RFC 6455 §4.1",
      "The answer names an extension that was not offered",
      "a server answers with extensions of the request only"),
  DEFLATE_AGREED_TWICE(
      RESPONSE,
      disconnect(),
      "RFC 7692 §5",
      "The answer agrees on permessage-deflate more than once",
      "a server accepts one of the offers, for only one extension can use RSV1"),
  DEFLATE_PARAMETER_UNKNOWN(
      RESPONSE,
      disconnect(),
      "RFC 7692 §7.1",
      "The answer has a parameter that permessage-deflate does not define",
      "defined are server_ and client_no_context_takeover, server_ and client_max_window_bits"),
  DEFLATE_PARAMETER_REPEATED(
      RESPONSE,
      disconnect(),
      "RFC 7692 §7.1",
      "The answer has a parameter of permessage-deflate twice",
      "name each parameter once"),
  DEFLATE_VALUE_INVALID(
      RESPONSE,
      disconnect(),
      "RFC 7692 §7.1",
      "A parameter of permessage-deflate in the answer has a value that it cannot have",
      "window bits are 8 to 15 without leading zeros; no_context_takeover has no value"),
  DEFLATE_PARAMETER_NOT_OFFERED(
      RESPONSE,
      disconnect(),
      "RFC 7692 §7.1.2.2",
      "The answer limits the client's window, but the client did not offer that",
      "answer with client_max_window_bits only if the accepted offer has it"),
  DEFLATE_OFFER_IGNORED(
      RESPONSE,
      disconnect(),
      "RFC 7692 §7.1",
      "The answer does not grant what every offer of permessage-deflate asks for",
      "repeat server_no_context_takeover, and server_max_window_bits with no larger value");

  /** Whether the bytes after a broken place can still be located. */
  enum Reading {
    GOES_ON,
    STOPS
  }

  private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');
  private final RuleGroup group;
  private final Severity severity;
  private final int closeCode;
  private final int httpStatus;
  private final Reading reading;
  private final String citation;
  private final String title;
  private final String hint;

  Rule(RuleGroup group, Consequence consequence, String citation, String title, String hint) {
    this(group, consequence, GOES_ON, citation, title, hint);
  }

  Rule(
      RuleGroup group,
      Consequence consequence,
      Reading reading,
      String citation,
      String title,
      String hint) {
    this.group = group;
    severity = consequence.severity();
    closeCode = consequence.closeCode();
    httpStatus = consequence.httpStatus();
    this.reading = reading;
    this.citation = citation;
    this.title = title;
    this.hint = hint;
  }

  /** The rules of a group, in the order of the table. */
  public static List<Rule> of(RuleGroup group) {
    return Stream.of(values()).filter(rule -> rule.group == group).toList();
  }

  /** The stable name that users type and scripts match: lower-case words joined by hyphens. */
  public String id() {
    return id;
  }

  /** What it is about. */
  public RuleGroup group() {
    return group;
  }

  /** Whether it is about a request or its response, and not about frames. */
  public boolean isOfHandshake() {
    return switch (group) {
      case FRAME_HEADER, FRAME_ORDER, MESSAGE, COMPRESSION, CLOSE_BODY -> false;
      case HEAD, REQUEST, RESPONSE -> true;
    };
  }

  /** How grave a broken rule is. */
  public Severity severity() {
    return severity;
  }

  /** Whether an endpoint that finds it broken fails the connection or rejects the handshake. */
  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** The code with which an endpoint closes the connection (RFC 6455 §7.4); 0 for none. */
  public int closeCode() {
    return closeCode;
  }

  /** The HTTP status with which a server rejects the request; 0 for none. */
  public int httpStatus() {
    return httpStatus;
  }

  /** Whether the bytes after the place can still be read. */
  public boolean readsOn() {
    return reading == GOES_ON;
  }

  /** Document and section, as in {@code RFC 6455 §5.2}. */
  public String citation() {
    return citation;
  }

  /** What is wrong, in one sentence. */
  public String title() {
    return title;
  }

  /** What to do instead, or what the finding usually means. */
  public String hint() {
    return hint;
  }
}

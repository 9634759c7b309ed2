package wscope.protocol.rule;

import static wscope.protocol.rule.Consequence.close;
import static wscope.protocol.rule.Consequence.disconnect;
import static wscope.protocol.rule.Consequence.reject;
import static wscope.protocol.rule.Consequence.warn;
import static wscope.protocol.rule.Rule.Reading.CONTINUES;
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
 * The rules that wscope checks. Each row has a group, a consequence, a citation, a title and a
 * hint. The name of a constant is the rule ID in capitals.
 *
 * <p>An endpoint that detects a violation closes the connection with a code, rejects the request
 * with an HTTP status, disconnects, or only warns. A row says {@code STOPS} if nothing after the
 * violation can be read. Hints are about the protocol; the command line adds the options that help.
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
      "with permessage-deflate, RSV1 marks a compressed message"),
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
      "The opcode is reserved",
      "use 0 continuation, 1 text, 2 binary, 8 close, 9 ping or 0xa pong"),
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
      "a close reason may have 123 bytes; the payload of a ping or pong may have 125"),
  LENGTH_NOT_MINIMAL(
      FRAME_HEADER,
      close(1002),
      "RFC 6455 §5.2",
      "The payload length is not written in its shortest form",
      "use 7 bits up to 125, 16 bits up to 65535, and 64 bits above"),
  LENGTH_TOP_BIT_SET(
      FRAME_HEADER,
      close(1002),
      STOPS,
      "RFC 6455 §5.2",
      "The most significant bit of the 64-bit payload length is set",
      "the length is at most 2^63-1; nothing after this header can be located"),
  MASKING_KEY_REPEATED(
      FRAME_HEADER,
      warn(),
      "RFC 6455 §5.3",
      "A frame has the same masking key as the frame before",
      "draw four new random bytes for each frame, from a source that nobody can predict"),

  // The order of frames.
  CONTINUATION_WITHOUT_MESSAGE(
      FRAME_ORDER,
      close(1002),
      "RFC 6455 §5.4",
      "A continuation frame arrives while no message is open",
      "a message starts with a text or binary frame with FIN 0"),
  MESSAGE_INTERRUPTED(
      FRAME_ORDER,
      close(1002),
      "RFC 6455 §5.4",
      "A new message starts before the open one has ended",
      "until a frame with FIN 1, send only continuation and control frames"),
  DATA_AFTER_CLOSE(
      FRAME_ORDER,
      close(1002),
      "RFC 6455 §5.5.1",
      "A data frame follows a Close frame",
      "send no data after Close; a peer discards it"),

  // The content of a message.
  TEXT_NOT_UTF8(
      MESSAGE,
      close(1007),
      "RFC 6455 §8.1",
      "A text message is not valid UTF-8",
      "send bytes that are not UTF-8 in a binary message"),
  MESSAGE_TOO_BIG(
      MESSAGE,
      close(1009),
      "RFC 6455 §10.4",
      "The message is longer than this endpoint accepts",
      "send smaller messages"),
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
      "set RSV1 only on the first frame of a compressed message; the bit applies to all frames"),
  RSV1_ON_CONTROL_FRAME(
      COMPRESSION,
      close(1002),
      "RFC 7692 §6",
      "RSV1 is set on a control frame",
      "control frames are never compressed"),
  COMPRESSED_DATA_CORRUPT(
      COMPRESSION,
      close(1007),
      "RFC 7692 §7.2.2",
      "The payload of a compressed message is not valid DEFLATE data",
      "send raw DEFLATE (RFC 1951), without a zlib or gzip header"),
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
      "A compressed message refers to data before the first known byte",
      "the message refers to earlier ones (context takeover): start with the first of the"
          + " connection"),
  CONTEXT_TAKEN_OVER(
      COMPRESSION,
      close(1007),
      "RFC 7692 §7.1.1",
      "A compressed message refers to an earlier one, but context takeover is disabled",
      "reset the compressor before each message"),
  WINDOW_EXCEEDED(
      COMPRESSION,
      close(1007),
      "RFC 7692 §7.1.2",
      "A compressed message refers back farther than the agreed window",
      "give the compressor the agreed size: deflateInit2 with -N for N window bits"),

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
      "use 3000 to 3999 for codes registered with IANA, 4000 to 4999 for private use"),
  CLOSE_CODE_NEVER_SENT(
      CLOSE_BODY,
      close(1002),
      "RFC 6455 §7.4.1",
      "The close code is for local use only and must never be sent",
      "1005 means a Close without a code; 1006 means no Close; 1015 means that TLS failed"),
  CLOSE_CODE_RESERVED(
      CLOSE_BODY,
      close(1002),
      "RFC 6455 §7.4.1",
      "The close code 1004 is reserved and has no meaning yet",
      "the assigned codes are 1000 to 1003 and 1007 to 1014"),
  CLOSE_CODE_ONLY_FOR_CLIENTS(
      CLOSE_BODY,
      warn(),
      "RFC 6455 §7.4.1",
      "A server sends the close code 1010, which only a client uses",
      "a server that misses an extension rejects the handshake instead"),
  CLOSE_CODE_UNASSIGNED(
      CLOSE_BODY,
      close(1002),
      "RFC 6455 §7.4.2",
      "The close code is reserved for the protocol and has no meaning yet",
      "the assigned codes are 1000 to 1003 and 1007 to 1014"),
  CLOSE_REASON_NOT_UTF8(
      CLOSE_BODY,
      close(1007),
      "RFC 6455 §5.5.1",
      "The reason of a Close frame is not valid UTF-8",
      "truncate a reason to 123 bytes at a character boundary"),

  // The HTTP head.
  HEAD_TOO_LARGE(
      HEAD,
      reject(431),
      STOPS,
      "RFC 6585 §5",
      "The head is larger than this endpoint accepts",
      "send fewer or smaller header fields (cookies are the usual cause)"),
  TOO_MANY_HEADER_FIELDS(
      HEAD,
      reject(431),
      STOPS,
      "RFC 6585 §5",
      "The head has more header fields than this endpoint accepts",
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
      "write no space before the colon; use only letters, digits and !#$%&'*+-.^_`|~"),
  HEADER_VALUE_MALFORMED(
      HEAD,
      reject(400),
      "RFC 9110 §5.5",
      "The value of a header field contains a control character",
      "a value may contain only spaces, tabs and visible characters"),

  // The request, as a server reads it.
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
      "use HTTP/1.1; wscope does not support WebSocket over HTTP/2 (RFC 8441)"),
  TARGET_MALFORMED(
      REQUEST,
      reject(400),
      "RFC 6455 §4.2.1",
      "The request target is neither a path nor an http URL, or it has a fragment",
      "use a path that begins with / and has no #fragment"),
  HOST_MISSING(
      REQUEST,
      reject(400),
      "RFC 6455 §4.2.1",
      "The Host field is missing or empty",
      "send: Host: name:port"),
  TARGET_NOT_ENCODED(
      REQUEST,
      warn(),
      "RFC 3986 §2",
      "The request target has a character that is not allowed in a URI",
      "write the character as % and two hex digits; browsers leave some of them in queries"),
  HOST_REPEATED(
      REQUEST, reject(400), "RFC 9112 §3.2", "There is more than one Host field", "send Host once"),
  HOST_MALFORMED(
      REQUEST,
      reject(400),
      "RFC 9112 §3.2",
      "The Host field is not a host with an optional port",
      "send: Host: name:port, with a port of 1 to 65535"),
  ORIGIN_REPEATED(
      REQUEST,
      reject(400),
      "RFC 6454 §7.3",
      "There is more than one Origin field",
      "send Origin once"),
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
      "send: Connection: Upgrade; a proxy that drops this field cannot forward WebSocket"),
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
      "The key is not the base64 encoding of 16 bytes",
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
      "RFC 6455 and its drafts from -13 on have version 13; 0 to 8 are older drafts"),
  VERSION_REPEATED(
      REQUEST,
      reject(400),
      "RFC 6455 §11.3.5",
      "There is more than one Sec-WebSocket-Version field",
      "send Sec-WebSocket-Version once; only a server's 426 response may repeat it"),
  BODY_ANNOUNCED(
      REQUEST,
      reject(400),
      "RFC 9112 §6",
      "The request announces a body, but only frames may follow a handshake",
      "remove Content-Length and Transfer-Encoding"),
  SUBPROTOCOL_MALFORMED(
      REQUEST,
      reject(400),
      "RFC 6455 §4.1",
      "Sec-WebSocket-Protocol is not a list of distinct tokens",
      "separate the names by commas, list each name once, and use no spaces in a name"),
  EXTENSIONS_MALFORMED(
      REQUEST,
      reject(400),
      "RFC 6455 §9.1",
      "Sec-WebSocket-Extensions is not a list of extensions",
      "write: name; parameter; parameter=value, separated by commas"),

  // The response, as a client reads it.
  STATUS_LINE_MALFORMED(
      RESPONSE,
      disconnect(),
      STOPS,
      "RFC 9112 §4",
      "The first line is not a status line",
      "to accept the handshake, a server sends: HTTP/1.1 101 Switching Protocols"),
  ANSWER_HTTP_VERSION(
      RESPONSE,
      warn(),
      "RFC 9110 §15.2",
      "The 101 response does not say HTTP/1.1; HTTP/1.0 has no status 101",
      "send: HTTP/1.1 101 Switching Protocols; Firefox and Python's websockets reject other"
          + " versions, Chromium and Node's ws do not"),
  ANSWER_LINE_END_NOT_CRLF(
      RESPONSE,
      warn(),
      "RFC 9112 §2.2",
      "A line of the response does not end with CR LF",
      "end each line with the bytes 0d 0a; Chromium and Firefox accept 0a alone, Node's ws"
          + " rejects it"),
  ANSWER_FIELD_FOLDED(
      RESPONSE,
      warn(),
      "RFC 9112 §5.2",
      "A header field of the response is folded over several lines",
      "write each field on one line; Chromium and Firefox replace the fold by a space, Node's ws"
          + " rejects it"),
  ANSWER_FIELD_MALFORMED(
      RESPONSE,
      warn(),
      "RFC 9112 §5",
      "A header line of the response is not a field: Name: value",
      "write a name, a colon and a value; Chromium ignores a space before the colon, Firefox the"
          + " whole line, and Node's ws rejects the response"),
  ANSWER_BODY_ANNOUNCED(
      RESPONSE,
      warn(),
      "RFC 9110 §8.6",
      "The 101 response has Content-Length or Transfer-Encoding, but frames follow it",
      "remove the field (RFC 9112 §6.1 forbids Transfer-Encoding); clients ignore it, but proxies"
          + " may not"),
  ANSWER_WITHOUT_UPGRADE(
      RESPONSE,
      disconnect(),
      "RFC 6455 §4.1",
      "The Upgrade field of the response is not websocket",
      "send: Upgrade: websocket"),
  ANSWER_UPGRADE_REPEATED(
      RESPONSE,
      warn(),
      "RFC 6455 §4.1",
      "The response has more than one Upgrade field",
      "send Upgrade once (does a proxy add its own?); Chromium and Node's ws reject the response,"
          + " Firefox accepts it"),
  ANSWER_WITHOUT_CONNECTION_UPGRADE(
      RESPONSE,
      disconnect(),
      "RFC 6455 §4.1",
      "The Connection field of the response does not name Upgrade",
      "send: Connection: Upgrade"),
  ACCEPT_MISSING(
      RESPONSE,
      disconnect(),
      "RFC 6455 §4.1",
      "The Sec-WebSocket-Accept field is missing",
      "derive the value from Sec-WebSocket-Key; a client must not open the connection without"
          + " this field"),
  ACCEPT_WRONG(
      RESPONSE,
      disconnect(),
      "RFC 6455 §4.1",
      "Sec-WebSocket-Accept does not match the key of the request",
      "the value must be the base64 encoding of the SHA-1 of the key's text and the GUID"),
  ACCEPT_REPEATED(
      RESPONSE,
      disconnect(),
      "RFC 6455 §11.3.3",
      "The response has more than one Sec-WebSocket-Accept field",
      "send Sec-WebSocket-Accept once"),
  SUBPROTOCOL_NOT_OFFERED(
      RESPONSE,
      disconnect(),
      "RFC 6455 §4.1",
      "The response names a subprotocol that the client did not offer",
      "send one of the offered names in the same letter case, or omit the field"),
  SUBPROTOCOL_REPEATED(
      RESPONSE,
      disconnect(),
      "RFC 6455 §11.3.4",
      "The response has more than one Sec-WebSocket-Protocol field",
      "send the field once, with one of the offered names"),
  SUBPROTOCOL_NOT_SELECTED(
      RESPONSE,
      warn(),
      "RFC 6455 §4.2.2",
      "The client offered subprotocols, but the response selects none",
      "the RFC allows this; Chromium and Node's ws end the connection, Firefox does not: send one"
          + " of the offered names"),
  EXTENSION_NOT_OFFERED(
      RESPONSE,
      disconnect(),
      "RFC 6455 §4.1",
      "The response names an extension that was not offered",
      "name only extensions that the request offers"),
  DEFLATE_AGREED_TWICE(
      RESPONSE,
      disconnect(),
      "RFC 7692 §5",
      "The response accepts permessage-deflate more than once",
      "accept one of the offers; only one extension can use RSV1"),
  DEFLATE_PARAMETER_UNKNOWN(
      RESPONSE,
      disconnect(),
      "RFC 7692 §7.1",
      "The response has a parameter that permessage-deflate does not define",
      "use server_ or client_no_context_takeover, server_ or client_max_window_bits"),
  DEFLATE_PARAMETER_REPEATED(
      RESPONSE,
      disconnect(),
      "RFC 7692 §7.1",
      "The response repeats a parameter of permessage-deflate",
      "name each parameter once"),
  DEFLATE_VALUE_INVALID(
      RESPONSE,
      disconnect(),
      "RFC 7692 §7.1",
      "A parameter of permessage-deflate in the response has an invalid value",
      "window bits are 8 to 15 without leading zeros; no_context_takeover has no value"),
  DEFLATE_PARAMETER_NOT_OFFERED(
      RESPONSE,
      disconnect(),
      "RFC 7692 §7.1.2.2",
      "The response limits the client's window, but the client did not offer this",
      "send client_max_window_bits only if the accepted offer has it"),
  DEFLATE_CLIENT_WINDOW_RAISED(
      RESPONSE,
      warn(),
      "RFC 7692 §7.1.2.2",
      "The response allows the client a larger window than the client offered",
      "send client_max_window_bits with a value equal to or smaller than that of the offer; Node's"
          + " ws and Python's websockets reject the response"),
  DEFLATE_OFFER_IGNORED(
      RESPONSE,
      disconnect(),
      "RFC 7692 §7.1",
      "The response does not grant what every offer of permessage-deflate requests",
      "repeat server_no_context_takeover, and server_max_window_bits with no larger value");

  /** Whether the bytes after a violation can still be read. */
  enum Reading {
    CONTINUES,
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
    this(group, consequence, CONTINUES, citation, title, hint);
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

  /** The group of the rule: its part of the table. */
  public RuleGroup group() {
    return group;
  }

  /** Whether this rule concerns the handshake rather than frames. */
  public boolean isOfHandshake() {
    return switch (group) {
      case FRAME_HEADER, FRAME_ORDER, MESSAGE, COMPRESSION, CLOSE_BODY -> false;
      case HEAD, REQUEST, RESPONSE -> true;
    };
  }

  /** The severity of a violation. */
  public Severity severity() {
    return severity;
  }

  /** Whether a violation fails the connection or rejects the handshake. */
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

  /** Whether the bytes after a violation can still be read. */
  public boolean isRecoverable() {
    return reading == CONTINUES;
  }

  /** The document and section, such as {@code RFC 6455 §5.2}. */
  public String citation() {
    return citation;
  }

  /** One sentence about what is wrong. */
  public String title() {
    return title;
  }

  /** Advice on what to do instead, or the usual cause of the violation. */
  public String hint() {
    return hint;
  }
}

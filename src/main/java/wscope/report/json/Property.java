package wscope.report.json;

import com.fasterxml.jackson.core.io.SerializedString;

/** The names of all JSON properties; {@code events.schema.json} describes them. */
@SuppressWarnings("ImmutableEnumChecker") // A SerializedString only caches its encoding.
enum Property {
  TYPE("type"),
  TIME("time"),
  CONNECTION("connection"),
  SENDER("sender"),
  NUMBER("number"),
  FRAME("frame"),
  OFFSET("offset"),
  COMPLETE("complete"),
  VIOLATIONS("violations"),

  // frame, control
  HEADER_LENGTH("headerLength"),
  PAYLOAD_LENGTH("payloadLength"),
  FIN("fin"),
  RSV1("rsv1"),
  RSV2("rsv2"),
  RSV3("rsv3"),
  OPCODE("opcode"),
  OPCODE_NAME("opcodeName"),
  MASKED("masked"),
  MASKING_KEY("maskingKey"),
  LENGTH_FORM("lengthForm"),
  TEXT("text"),
  BASE64("base64"),
  OMITTED("omitted"),

  // find, lines-skipped
  FORM("form"),
  FIRST_LINE("firstLine"),
  FIRST_COLUMN("firstColumn"),
  LAST_LINE("lastLine"),
  LAST_COLUMN("lastColumn"),
  LINES("lines"),

  // message
  KIND("kind"),
  FRAMES("frames"),
  LENGTH("length"),
  COMPRESSION("compression"),
  WINDOW_BITS("windowBits"),
  CONTEXT_TAKEOVER("contextTakeover"),

  // violation
  RULE("rule"),
  SEVERITY("severity"),
  CITATION("citation"),
  CLOSE_CODE("closeCode"),
  HTTP_STATUS("httpStatus"),
  FOUND("found"),
  TITLE("title"),
  HINT("hint"),

  // rule, stall
  EXAMPLE("example"),
  COMMANDS("commands"),

  // close
  CODE("code"),
  CODE_NAME("codeName"),
  REASON("reason"),
  REASON_BASE64("reasonBase64"),

  // handshake, challenge
  METHOD("method"),
  TARGET("target"),
  VERSION("version"),
  STATUS("status"),
  FIELDS("fields"),
  NAME("name"),
  VALUE("value"),
  RECEIVED("received"),
  OUTCOME("outcome"),
  KEY("key"),
  ACCEPT("accept"),
  OFFERED_SUBPROTOCOLS("offeredSubprotocols"),
  SUBPROTOCOL("subprotocol"),
  DEFLATE("deflate"),
  SERVER_NO_CONTEXT_TAKEOVER("serverNoContextTakeover"),
  CLIENT_NO_CONTEXT_TAKEOVER("clientNoContextTakeover"),
  SERVER_MAX_WINDOW_BITS("serverMaxWindowBits"),
  CLIENT_MAX_WINDOW_BITS("clientMaxWindowBits"),
  DECLINED_OFFERS("declinedOffers"),
  OFFER("offer"),
  PARAMETER("parameter"),
  WHY("why"),
  LEGACY_PROTOCOL("legacyProtocol"),
  BYTES("bytes"),
  NUMBER1("number1"),
  NUMBER2("number2"),
  ANSWER("answer"),

  // end
  MESSAGES("messages"),
  ERRORS("errors"),
  UNFINISHED_MESSAGES("unfinishedMessages"),
  INCOMPLETE("incomplete"),
  FIELD("field"),
  MISSING("missing"),

  // waiting
  AWAITED("awaited"),
  OPEN_MESSAGES("openMessages"),

  // a recording
  FORMAT("format"),
  PROGRAM("program"),
  SELF("self"),
  MAX_MESSAGE("maxMessage"),
  MAX_FRAGMENTS("maxFragments"),
  MAX_HEAD("maxHead"),
  MAX_FIELDS("maxFields"),
  RAW("raw"),
  HEADER("header"),

  // a server
  ADDRESS("address"),
  PORT("port"),
  URL("url"),
  URLS("urls"),
  BEHAVIOUR("behaviour"),
  NOTES("notes"),
  CAUSE("cause"),
  CONNECTIONS("connections"),
  WATCHER("watcher"),
  EVENTS("events"),
  OPENED("opened"),
  CLEAN("clean"),
  INITIATOR("initiator"),
  SENT("sent"),
  FAILURE("failure"),
  TCP_END("tcpEnd"),
  TROUBLE("trouble"),
  FRAMES_RECEIVED("framesReceived"),
  FRAMES_SENT("framesSent"),
  MESSAGES_RECEIVED("messagesReceived"),
  MESSAGES_SENT("messagesSent"),
  BYTES_RECEIVED("bytesReceived"),
  BYTES_SENT("bytesSent"),
  WIRE_BYTES_RECEIVED("wireBytesReceived"),
  WIRE_BYTES_SENT("wireBytesSent"),
  FAULT("fault"),
  MESSAGES_SKIPPED("messagesSkipped"),
  ROUND_TRIPS("roundTrips"),
  COUNT("count"),
  LEAST_MICROS("leastMicros"),
  MEAN_MICROS("meanMicros"),
  MOST_MICROS("mostMicros"),
  MILLIS("millis");

  private final SerializedString json;

  Property(String name) {
    json = new SerializedString(name);
  }

  /** The name of the property in JSON. It is encoded only once. */
  SerializedString json() {
    return json;
  }

  @Override
  public String toString() {
    return json.getValue();
  }
}

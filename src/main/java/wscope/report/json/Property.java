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
  ASSUMED("assumed"),

  // violation
  RULE("rule"),
  SEVERITY("severity"),
  CITATION("citation"),
  CLOSE_CODE("closeCode"),
  HTTP_STATUS("httpStatus"),
  RECOVERABLE("recoverable"),
  ON_PURPOSE("onPurpose"),
  FOUND("found"),
  TITLE("title"),
  HINT("hint"),

  // rule, stall
  EXAMPLE("example"),
  COMMANDS("commands"),

  // explanation, unexplained
  PRODUCTS("products"),
  MEANING("meaning"),
  SIDE("side"),
  FACTS("facts"),
  CAUSES("causes"),
  STEPS("steps"),
  COMMAND("command"),
  NEAREST("nearest"),

  // probe-step, case, check
  ID("id"),
  GROUP("group"),
  STATE("state"),
  STRICTNESS("strictness"),
  SENDS("sends"),
  CAME("came"),
  BROKEN_RULE("brokenRule"),
  SUSPECT("suspect"),
  SEED("seed"),
  CASES("cases"),
  PASS("pass"),
  LENIENT("lenient"),
  FAIL("fail"),
  HANG("hang"),
  NOT_JUDGED("notJudged"),
  NOT_RUN("notRun"),
  LEFT_OUT("leftOut"),
  WORSE("worse"),

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
  MISTAKES("mistakes"),
  BYTES("bytes"),
  NUMBER1("number1"),
  NUMBER2("number2"),
  ANSWER("answer"),
  FITS("fits"),

  // end
  MESSAGES("messages"),
  ERRORS("errors"),
  UNFINISHED_MESSAGES("unfinishedMessages"),
  INCOMPLETE("incomplete"),
  FIELD("field"),
  MISSING("missing"),
  DIFFERING("differing"),

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

  // a client
  HOST("host"),
  ADDRESSES("addresses"),
  MICROS("micros"),
  CIPHER_SUITE("cipherSuite"),
  TLS("tls"),
  SERVER_NAME("serverName"),
  RESUMED("resumed"),
  FATAL("fatal"),
  PROTOCOL("protocol"),
  CERTIFICATE("certificate"),
  NAMES("names"),
  ISSUER("issuer"),
  DAYS("days"),
  DISTRUST("distrust"),
  DOUBT("doubt"),
  ATTEMPT("attempt"),
  PING("ping"),
  FATE("fate"),
  REDACTED("redacted"),
  WITHHELD_PAYLOAD("withheldPayload"),
  EXPECTED("expected"),
  MET("met"),

  // a server
  ADDRESS("address"),
  PORT("port"),
  PATH("path"),
  URL("url"),
  URLS("urls"),
  BEHAVIOUR("behaviour"),
  NOTES("notes"),
  CAUSE("cause"),
  CONNECTIONS("connections"),
  ALL("all"),
  WATCHER("watcher"),
  LATE("late"),
  UNSEEN("unseen"),
  WHAT("what"),
  MORE("more"),
  SCRIPT("script"),
  RULE_NUMBER("ruleNumber"),
  RULE_COUNT("rules"),
  LINE("line"),
  EVENTS("events"),
  OPENED("opened"),
  CLEAN("clean"),
  INITIATOR("initiator"),
  SENT("sent"),
  FAILURE("failure"),
  TCP_END("tcpEnd"),
  TROUBLE("trouble"),
  WITHHELD("withheld"),
  FRAMES_RECEIVED("framesReceived"),
  FRAMES_SENT("framesSent"),
  MESSAGES_RECEIVED("messagesReceived"),
  MESSAGES_SENT("messagesSent"),
  BYTES_RECEIVED("bytesReceived"),
  BYTES_SENT("bytesSent"),
  WIRE_BYTES_RECEIVED("wireBytesReceived"),
  WIRE_BYTES_SENT("wireBytesSent"),
  FAULT("fault"),

  // interfered
  ACT("act"),
  DETAIL("detail"),

  AUTHORITY("authority"),
  TREATMENT("treatment"),
  PART("part"),
  FROM("from"),
  TO("to"),
  PASSED_ON("passedOn"),
  SILENCE_MILLIS("silenceMillis"),
  GAP_MILLIS("gapMillis"),
  CLIENT("client"),
  SERVER("server"),
  CLOSE("close"),
  MESSAGE_BYTES("messageBytes"),
  WIRE_BYTES("wireBytes"),
  BYTE_COUNT("byteCount"),
  CROSSINGS("crossings"),
  CROSSING_MICROS("crossingMicros"),
  QUEUED("queued"),
  MESSAGES_SKIPPED("messagesSkipped"),
  ROUND_TRIPS("roundTrips"),
  COUNT("count"),
  LEAST_MICROS("leastMicros"),
  MEAN_MICROS("meanMicros"),
  MOST_MICROS("mostMicros"),
  OTHER_PONGS("otherPongs"),
  WHOLE("whole"),
  THEN("then"),
  SKIPPED("skipped"),
  CERTAIN("certain"),
  HEADERS("headers"),
  TEXTS("texts"),
  PACKET("packet"),
  CLIENT_CLOSE("clientClose"),
  SERVER_CLOSE("serverClose"),
  NOT_JUDGEABLE("notJudgeable"),
  MILLIS("millis"),
  LOGGED("logged"),
  FIDELITY("fidelity"),
  READ_UNTIL("readUntil"),
  TUNNEL("tunnel"),
  RECORDS("records"),
  REMARK("remark");

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

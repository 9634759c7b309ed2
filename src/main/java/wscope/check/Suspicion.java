package wscope.check;

import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/** Names the line of code that a failed case makes suspect. */
public final class Suspicion {
  private Suspicion() {}

  /**
   * The line to look at, in words.
   *
   * @return the words; empty if the failure points at no line
   */
  public static String of(Case theCase, Verdict verdict) {
    if (!verdict.outcome().isFailure() && verdict.outcome() != Outcome.LENIENT) {
      return "";
    }
    Rule broken = verdict.broken();
    boolean sent = broken != null && (theCase.group() == Group.SENDING || broken != theCase.rule());
    if (theCase.checked() == Endpoint.CLIENT) {
      String ofClient = ClientSuspicion.of(theCase, broken);
      if (!ofClient.isEmpty()) {
        return ofClient;
      }
    }
    String ofRule = broken == null ? "" : sent ? ofSender(broken) : ofRule(broken);
    return ofRule.isEmpty() ? ofPlace(theCase) : ofRule;
  }

  /** The line that wrote what broke the rule. */
  private static String ofSender(Rule rule) {
    return switch (rule) {
      case RSV1_WITHOUT_EXTENSION, RSV2_WITHOUT_EXTENSION, RSV3_WITHOUT_EXTENSION ->
          "the line that writes the first byte of a frame: leave its bits 0x70 clear unless an"
              + " extension was agreed";
      case RESERVED_OPCODE -> "the line that writes the opcode into the first byte of a frame";
      case CONTROL_FRAME_FRAGMENTED, CONTROL_FRAME_TOO_LONG ->
          "the place that writes pings, pongs and Close frames: FIN set, at most 125 bytes";
      case LENGTH_NOT_MINIMAL, LENGTH_TOP_BIT_SET ->
          "the lines that write the length: 7 bits to 125, 16 bits to 65535, 64 bits above,"
              + " highest byte first";
      case CONTINUATION_WITHOUT_MESSAGE, MESSAGE_INTERRUPTED ->
          "the place that writes the frames of a message: opcode 1 or 2 first, then 0, FIN on the"
              + " last, and no frame of another message between them, from any thread";
      case TEXT_NOT_UTF8, CLOSE_REASON_NOT_UTF8 ->
          "the line that encodes text: write UTF-8, and other bytes in binary messages only";
      case COMPRESSED_DATA_CORRUPT, COMPRESSED_DATA_UNFINISHED, COMPRESSED_DATA_OUT_OF_WINDOW ->
          "the call of the compressor: raw DEFLATE, a sync flush at the end of each message, and"
              + " only its last 00 00 ff ff removed";
      default -> ofRule(rule);
    };
  }

  private static String ofRule(Rule rule) {
    return switch (rule) {
      case CLIENT_FRAME_UNMASKED ->
          "the line that tests the MASK bit (second byte & 0x80): a client's frame without it has"
              + " to end the connection";
      case SERVER_FRAME_MASKED ->
          "the line that writes the second byte of a frame: a server leaves MASK (0x80) clear and"
              + " writes no key";
      case RSV1_WITHOUT_EXTENSION, RSV2_WITHOUT_EXTENSION, RSV3_WITHOUT_EXTENSION ->
          "the line that splits the first byte: (first byte & 0x70) must be 0 unless an extension"
              + " was agreed";
      case RESERVED_OPCODE ->
          "the switch over the opcode (first byte & 0x0f): its default has to fail the connection";
      case CONTROL_FRAME_FRAGMENTED, CONTROL_FRAME_TOO_LONG ->
          "the place that recognises opcodes of 8 and above: test there that FIN is set and the"
              + " length is at most 125";
      case LENGTH_NOT_MINIMAL, LENGTH_TOP_BIT_SET ->
          "the lines that read 16 or 64 bits of length: read them unsigned, highest byte first,"
              + " and test the value before any payload is read";
      case CONTINUATION_WITHOUT_MESSAGE, MESSAGE_INTERRUPTED ->
          "the variable that holds the open message: opcode 0 needs one, opcodes 1 and 2 need"
              + " none, and FIN ends it";
      case DATA_AFTER_CLOSE ->
          "the place that sends a Close: nothing may be sent after it, by any thread";
      case TEXT_NOT_UTF8, CLOSE_REASON_NOT_UTF8 ->
          "the line that decodes text: a decoder that replaces invalid bytes hides them; use one that"
              + " reports them, over the whole message";
      case CLOSE_BODY_OF_ONE_BYTE,
          CLOSE_CODE_OUT_OF_RANGE,
          CLOSE_CODE_NEVER_SENT,
          CLOSE_CODE_RESERVED,
          CLOSE_CODE_UNASSIGNED ->
          "the lines that read the body of a Close: no body, or two bytes of code in the valid"
              + " ranges; never send 1005, 1006 or 1015";
      case RSV1_ON_CONTINUATION, RSV1_ON_CONTROL_FRAME ->
          "the line that tests RSV1: it belongs to the first frame of a message only";
      case COMPRESSED_DATA_CORRUPT, COMPRESSED_DATA_UNFINISHED, COMPRESSED_DATA_OUT_OF_WINDOW ->
          "the call of the inflater: its error has to fail the connection; append 00 00 ff ff"
              + " before the last call";
      case CONTEXT_TAKEN_OVER, WINDOW_EXCEEDED, DEFLATE_OFFER_IGNORED ->
          "the line that creates the compressor: it has to use what the response agreed to";
      case ACCEPT_MISSING, ACCEPT_WRONG, ACCEPT_REPEATED ->
          "the line that computes Sec-WebSocket-Accept: base64(SHA-1(key + GUID)), over the text"
              + " of the key as received";
      case KEY_MISSING, KEY_REPEATED, KEY_MALFORMED ->
          "the line that reads Sec-WebSocket-Key: require exactly one field; a strict server also tests that"
              + " it decodes to 16 bytes";
      case VERSION_MISSING, VERSION_UNSUPPORTED, VERSION_REPEATED ->
          "the line that reads Sec-WebSocket-Version: require the text 13, and answer 426 with"
              + " Sec-WebSocket-Version: 13";
      case UPGRADE_MISSING, CONNECTION_WITHOUT_UPGRADE ->
          "the lines that read Upgrade and Connection: compare whole tokens of the list, without"
              + " letter case";
      case METHOD_NOT_GET, HTTP_VERSION_UNSUPPORTED, REQUEST_LINE_MALFORMED ->
          "the line that reads the request line: test the method and the version before you"
              + " upgrade";
      case HOST_MISSING, HOST_REPEATED, HOST_MALFORMED ->
          "the place that reads Host: require exactly one (RFC 9112 §3.2)";
      default -> "";
    };
  }

  /** The line that the place in the stream makes suspect. */
  private static String ofPlace(Case theCase) {
    String id = theCase.id();
    if (id.contains("/cut") || id.contains("single-bytes") || id.contains("/segments")) {
      return "the line that reads from the socket: one read may return part of a head or frame;"
          + " keep what came and read on until the announced length is there";
    }
    if (id.contains("/together") || id.contains("/early") || id.contains("one-segment")) {
      return "the line that reads from the socket: one read may return several frames, or a frame"
          + " after the head; keep what is left for the next frame";
    }
    if (id.contains("/length") || id.contains("/message")) {
      return "the lines that read and write the length: 7 bits to 125, 16 bits to 65535, 64 bits"
          + " above, highest byte first";
    }
    @Nullable Rule rule = theCase.rule();
    if (rule != null) {
      return ofRule(rule);
    }
    return switch (theCase.group()) {
      case FRAGMENTS ->
          "the place that joins frames: collect payloads until FIN, and answer control frames"
              + " between them at once";
      case UTF8 -> "the line that decodes text: decode the whole message, not each frame";
      case CLOSE ->
          "the place that receives a Close: reply with a Close of the same code, then end TCP";
      case FRAMING ->
          id.contains("/ping")
              ? "the place that receives a ping: send a pong with the same payload"
              : "the place that reads the header of a frame";
      case OFFERS, DEFLATE ->
          "the place that reads Sec-WebSocket-Extensions: decline an offer that is not valid";
      default -> "";
    };
  }
}

package wscope.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.handshake.HeaderField;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseHead;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/**
 * What a server did, and the verdict on it. The words of an observation: a number is a status,
 * {@code close=N} a Close, {@code pong}, {@code fin}, {@code rst}, {@code echo} the message sent,
 * {@code other} another message, {@code rule=ID} a broken rule, {@code version} a
 * Sec-WebSocket-Version field, {@code deflate} an agreement, {@code no-takeover} one to
 * client_no_context_takeover, {@code subprotocol} a selected subprotocol, {@code early} that the
 * close came before the end of the message, {@code garbage} bytes that are no response, {@code
 * unfinished} a response that has only begun, {@code unreachable}.
 */
class JudgeTest {
  private static final Payload SENT = payload("sent");

  @ParameterizedTest
  @CsvSource({
    // A request that breaks a rule.
    "rejects, must, 400, pass",
    "rejects, must, 200, pass",
    "rejects, must, 101, fail",
    "rejects, should, 101, lenient",
    "rejects, open, 101, lenient",
    "rejects, must, fin, lenient",
    "rejects, must, rst, lenient",
    "rejects, must, garbage, fail",
    "rejects, must, unfinished, fail",
    "rejects, must, unfinished fin, fail",
    "answers, open, unfinished, lenient",
    "serves, must, unfinished, fail",
    "rejects, must, '', hang",
    "rejects, should, '', hang",
    "rejects, open, '', lenient",
    "rejects, must, unreachable, fail",
    "rejects-version, must, 426 version, pass",
    "rejects-version, must, 400 version, pass",
    "rejects-version, must, 426, fail",
    "rejects-version, must, 101, fail",
    "speaks-no-websocket, should, fin, pass",
    "speaks-no-websocket, should, 400, pass",
    "speaks-no-websocket, should, garbage, pass",
    "speaks-no-websocket, should, '', lenient",
    "speaks-no-websocket, should, 101, lenient",
    "answers, open, 431, pass",
    "answers, open, 101, pass",
    "answers, open, rst, lenient",
    "answers, open, '', hang",
    "declines, must, 101, pass",
    "declines, must, 101 deflate, fail",
    "declines, must, 400, lenient",
    "declines, must, '', hang",
    // What a server has to serve.
    "serves, must, 101 pong, pass",
    "serves, must, 101 pong echo, pass",
    "serves, must, 101, hang",
    "serves, open, 101, lenient",
    "serves, open, 101 fin, lenient",
    "serves, must, 101 close=1002, fail",
    "serves, must, 101 close=1007, fail",
    "serves, must, 101 close=1008, not-judgeable",
    "serves, must, 101 close=1009, not-judgeable",
    "serves, must, 101 close=1003, not-judgeable",
    "serves, must, 101 close=1000, not-judgeable",
    "serves, must, 101 close=4400, not-judgeable",
    "serves, must, 101 fin, fail",
    "serves, must, 400, not-judgeable",
    "serves, must, '', hang",
    "serves, must, fin, fail",
    "serves, must, 101 pong rule=server-frame-masked, fail",
    "serves, must, 101 pong rule=close-code-only-for-clients, pass",
    "serves-compressed, must, 101 pong, not-judgeable",
    "serves-compressed, must, 101 deflate pong, pass",
    // RFC 7692 §7.1.2.1: this window is that of the server, which compresses with it.
    "serves-compressed, must, 101 server-window pong, pass",
    "serves-compressed, must, 101 client-window pong, not-judgeable",
    // RFC 7692 §7.1.1.2: the client must not refer back if the server says so.
    "serves-taken-over, must, 101 deflate pong, pass",
    "serves-taken-over, must, 101 no-takeover close=1002, not-judgeable",
    "serves-or-limits, must, 101 close=1009, pass",
    "serves-or-limits, must, 101 close=1008, pass",
    "serves-or-limits, must, 101 close=1002, fail",
    // RFC 6455 §7.1.7: the code is a recommendation, but 1002 says that the message is wrong.
    "serves-or-limits, must, 101 close=1011, lenient",
    "serves-or-limits, must, 101 fin, lenient",
    "serves-or-limits, must, 101 pong, pass",
    // What a server has to fail.
    "fails, must, 101 close=1002, pass",
    "fails, must, 101 close=1007, lenient",
    "fails, must, 101 close=-1, lenient",
    "fails, must, 101 fin, lenient",
    "fails, must, 101 rst, lenient",
    "fails, must, 101 pong, fail",
    "fails, must, 101 pong echo, fail",
    "fails, must, 101, hang",
    "fails, open, 101 pong, lenient",
    "fails, open, 101, lenient",
    "fails, must, 101 close=1000, lenient",
    "fails-close, must, 101 close=1000, fail",
    "fails-close, must, 101 close=1007, lenient",
    "fails, must, 101 close=1002 rule=server-frame-masked, fail",
    // The echo of a code that the server need not reject.
    "fails-code, should, 101 close=2000 rule=close-code-reserved, lenient",
    "fails-code, must, 101 close=2000 rule=close-code-reserved, fail",
    "fails-code, should, 101 close=2000 rule=server-frame-masked, fail",
    "fails-fast, should, 101 close=1002 early, pass",
    "fails-fast, should, 101 close=1002, lenient",
    "fails-fast, should, 101 pong, lenient",
    // The end of a connection.
    "closes, must, 101 close=1000 fin, pass",
    "closes, must, 101 close=1000, hang",
    "closes, must, 101 close=1001 fin, lenient",
    "closes, must, 101 close=-1 fin, lenient",
    "closes, must, 101 fin, fail",
    "closes, must, 101 rst, fail",
    "closes, must, 101, hang",
    "ends, should, 101 fin, pass",
    "ends, should, 101 rst, pass",
    "ends, should, 101, lenient",
    "ends, must, 101, fail",
    "ends, should, 408, pass",
    "ends, should, '', lenient",
    // What a server sends.
    "keeps, must, 101 pong, pass",
    "keeps, must, 101 pong rule=server-frame-masked, fail",
    "keeps, must, 101 pong rule=reserved-opcode, pass",
    "keeps, must, 101, not-judgeable",
    "keeps-in-response, must, 101, pass",
    "keeps-in-response, must, 101 head=accept-wrong, fail",
    "keeps-in-response, must, 101 head=accept-missing, pass",
    "keeps-in-response, must, 404, not-judgeable",
    "keeps-in-response, must, 404 head=accept-wrong, fail",
    "keeps-in-response, must, '', hang",
    "keeps-deflate, must, 101, not-judgeable",
    "keeps-deflate, must, 101 deflate, pass",
    "keeps-deflate, must, 101 head=deflate-value-invalid, fail",
    "keeps-subprotocol, must, 101, not-judgeable",
    "keeps-subprotocol, must, 101 subprotocol, pass",
    "keeps-subprotocol, must, 101 subprotocol head=subprotocol-repeated, fail",
  })
  void judges(String expectation, String strictness, String seen, String outcome) {
    assertEquals(outcome, judged(expectation, strictness, seen, false));
  }

  /** With an echo, a missing or different message is a failure too. */
  @ParameterizedTest
  @CsvSource({
    "serves, must, 101 pong echo, pass",
    "serves, must, 101 pong, fail",
    "serves, must, 101 pong other, fail",
    "serves, must, 101 pong other echo, pass",
    "serves, must, 101 close=1008, not-judgeable",
    "serves, must, 101 close=1009, not-judgeable",
    "serves, must, 101 close=1003, fail",
    "serves, must, 101 echo, hang",
    "serves-or-limits, must, 101 pong, fail",
    "serves-or-limits, must, 101 close=1009, pass",
    "serves-or-limits, must, 101 close=1011, lenient",
    "serves-or-limits, must, 101 close=1007, fail",
  })
  void judgesAnEcho(String expectation, String strictness, String seen, String outcome) {
    assertEquals(outcome, judged(expectation, strictness, seen, true));
  }

  /**
   * What a client did. Here {@code 101} is the response that it got, {@code request=ID} a rule that
   * its request breaks, {@code key} and {@code mask} trouble with its keys, {@code lacks} an offer
   * that it does not make, {@code exit=N} the exit code of its program.
   */
  @ParameterizedTest
  @CsvSource({
    "stays-closed, must, fin, pass",
    "stays-closed, must, rst, pass",
    "stays-closed, must, close=1002, pass",
    "stays-closed, must, close=1000, fail",
    "stays-closed, must, pong, fail",
    "stays-closed, must, other, fail",
    "stays-closed, must, '', hang",
    "stays-closed, open, '', lenient",
    "stays-closed, open, pong, lenient",
    "stays-closed, must, 101 pong, fail",
    "stays-closed, must, lacks, not-judgeable",
    "stays-closed, must, fin exit=139, fail",
    "keeps-in-request, must, asked, pass",
    "keeps-in-request, must, asked request=key-missing, fail",
    "keeps-in-request, must, garbage request=key-missing, fail",
    "keeps-in-request, must, asked request=host-missing, pass",
    "keeps-in-request, must, garbage, not-judgeable",
    "fresh-key, must, asked, pass",
    "fresh-key, must, asked key, fail",
    "fresh-masks, must, 101 masks, pass",
    "fresh-masks, must, 101, not-judgeable",
    "fresh-masks, must, 101 mask, fail",
    "program-ends, must, exit=0, pass",
    "program-ends, must, exit=1, pass",
    "program-ends, must, exit=134, fail",
    "program-ends, must, '', hang",
    "serves, must, 101 pong, pass",
    "serves, must, 101 pong request=key-missing, pass",
    "serves, must, garbage request=key-missing, fail",
    "serves, must, unreachable, fail",
    "fails, must, 101 close=1002, pass",
    "fails, must, 101 pong, fail",
    "closes, must, 101 close=1000 fin, pass",
    "closes, must, 101 close=1000, hang",
    "ends, should, 101, lenient",
  })
  void judgesAClient(String expectation, String strictness, String seen, String outcome) {
    Case one =
        CaseBuilder.of(Group.HANDSHAKE, "test", Rule.RESERVED_OPCODE)
            .strictness(Strictness.valueOf(strictness.toUpperCase(java.util.Locale.ROOT)))
            .expect(expectation(expectation))
            .forClient();
    assertEquals(outcome, Judge.judge(one, ofClient(seen), false, 0).outcome().id());
  }

  private static Observation ofClient(String words) {
    StringBuilder common = new StringBuilder();
    Observation own = new Observation();
    List<Violation> broken = new ArrayList<>();
    for (String word : words.isEmpty() ? new String[0] : words.split(" ")) {
      String value = word.substring(word.indexOf('=') + 1);
      switch (word.replaceFirst("=.*", "")) {
        case "101" -> own.responded = true;
        case "asked" -> own.request = new RequestHead("GET", "/", "HTTP/1.1", List.of(), 0);
        case "request" -> broken.add(new Violation(rule(value), 0, 0, "found"));
        case "key" -> own.keyTrouble = "the key is that of an earlier connection";
        case "mask" -> own.maskTrouble = "the masking key of frame 1 is zero";
        case "masks" -> own.maskingKeys.addAll(List.of(7, 3, 9, 1));
        case "lacks" -> own.inapplicable = "the client does not offer permessage-deflate";
        case "exit" -> own.ended = new ClientStarter.Ended(Integer.parseInt(value), List.of());
        default -> common.append(common.isEmpty() ? "" : " ").append(word);
      }
    }
    Observation seen = seen(common.toString());
    seen.ofHandshake = broken;
    seen.responded = own.responded;
    seen.request = own.request;
    seen.keyTrouble = own.keyTrouble;
    seen.maskTrouble = own.maskTrouble;
    seen.maskingKeys.addAll(own.maskingKeys);
    seen.inapplicable = own.inapplicable;
    seen.ended = own.ended;
    return seen;
  }

  private static String judged(
      String expectation, String strictness, String words, boolean echoes) {
    CaseBuilder builder =
        CaseBuilder.of(
                expectation.equals("serves-compressed") ? Group.DEFLATE : Group.FRAMING,
                "test",
                expectation.equals("fails-code") ? Rule.CLOSE_CODE_RESERVED : Rule.RESERVED_OPCODE)
            .strictness(Strictness.valueOf(strictness.toUpperCase(java.util.Locale.ROOT)));
    if (expectation.equals("serves-compressed")) {
      builder.deflate("permessage-deflate");
    }
    if (expectation.equals("serves-taken-over")) {
      builder.deflate("permessage-deflate").refersBack();
    }
    Case one = builder.expect(expectation(expectation));
    return Judge.judge(one, seen(words), echoes, 0).outcome().id();
  }

  private static Expectation expectation(String word) {
    return switch (word) {
      case "rejects" -> new Expectation.Rejects();
      case "rejects-version" -> new Expectation.RejectsVersion();
      case "speaks-no-websocket" -> new Expectation.SpeaksNoWebSocket();
      case "answers" -> new Expectation.Answers();
      case "declines" -> new Expectation.Declines();
      case "serves", "serves-compressed", "serves-taken-over" ->
          new Expectation.Serves(List.of(SENT));
      case "serves-or-limits" -> new Expectation.ServesOrLimits(List.of(SENT));
      case "fails", "fails-code" -> new Expectation.Fails(Set.of(1002));
      case "fails-close" -> new Expectation.Fails(Set.of(1002), Set.of(1000));
      case "fails-fast" -> new Expectation.FailsFast(Set.of(1002));
      case "closes" -> new Expectation.Closes(1000);
      case "ends" -> new Expectation.EndsTcp();
      case "keeps" -> new Expectation.Keeps(Rule.SERVER_FRAME_MASKED);
      case "stays-closed" -> new Expectation.StaysClosed();
      case "keeps-in-request" -> new Expectation.KeepsInRequest(Rule.KEY_MISSING);
      case "fresh-key" -> new Expectation.FreshKey();
      case "fresh-masks" -> new Expectation.FreshMasks();
      case "program-ends" -> new Expectation.Ends();
      case "keeps-in-response" -> new Expectation.KeepsInResponse(Rule.ACCEPT_WRONG);
      case "keeps-deflate" -> new Expectation.KeepsInResponse(Rule.DEFLATE_VALUE_INVALID);
      case "keeps-subprotocol" -> new Expectation.KeepsInResponse(Rule.SUBPROTOCOL_REPEATED);
      default -> throw new IllegalArgumentException(word);
    };
  }

  private static Observation seen(String words) {
    Observation seen = new Observation();
    List<HeaderField> fields = new ArrayList<>();
    if (words.contains("version")) {
      fields.add(new HeaderField("Sec-WebSocket-Version", "13", 0, 0));
    }
    if (words.contains("101 subprotocol")) {
      fields.add(new HeaderField("Sec-WebSocket-Protocol", "chat", 0, 0));
    }
    for (String word : words.isEmpty() ? new String[0] : words.split(" ")) {
      int mark = word.indexOf('=');
      String value = word.substring(mark + 1);
      switch (mark < 0 ? word : word.substring(0, mark)) {
        case "close" -> seen.close = Integer.parseInt(value);
        case "pong" -> {
          seen.pong = true;
          seen.frames = 1;
        }
        case "fin" -> seen.end = Observation.End.FIN;
        case "rst" -> seen.end = Observation.End.RESET;
        case "echo" -> seen.messages.add(SENT);
        case "other" -> seen.messages.add(payload("other"));
        case "early" -> seen.early = true;
        case "deflate" -> seen.deflate = DeflateParameters.DEFAULT;
        case "no-takeover" -> seen.deflate = new DeflateParameters(false, true, 15, 15);
        case "server-window" -> seen.deflate = new DeflateParameters(false, false, 12, 15);
        case "client-window" -> seen.deflate = new DeflateParameters(false, false, 15, 12);
        case "garbage" -> seen.unreadable = "SSH-2.0";
        case "unfinished" -> seen.unfinished = "2 interim responses, and no final one";
        case "unreachable" -> seen.unreachable = new java.io.IOException("refused");
        case "rule" -> seen.ofFrames.add(new Violation(rule(value), 0, 1, "found"));
        case "head" -> seen.ofHandshake = List.of(new Violation(rule(value), 0, 0, "found"));
        case "version", "subprotocol" -> {}
        default ->
            seen.response =
                new ResponseHead("HTTP/1.1", Integer.parseInt(word), "", List.copyOf(fields), 0);
      }
    }
    return seen;
  }

  private static Rule rule(String id) {
    return Rule.valueOf(id.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
  }

  private static Payload payload(String text) {
    return new Payload(true, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }
}

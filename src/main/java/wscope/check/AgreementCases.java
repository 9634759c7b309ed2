package wscope.check;

import static wscope.check.Group.OFFERS;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import wscope.protocol.frame.Opcode;
import wscope.protocol.frame.RsvBits;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/** Agreements to permessage-deflate in a response, valid and invalid (RFC 7692 §7.1). */
final class AgreementCases {
  private static final byte[] HELLO = HexFormat.of().parseHex("f248cdc9c90700");

  /** Values of a window, with names. */
  private static final String[][] INVALID = {
    {"7", "=7"},
    {"16", "=16"},
    {"0", "=0"},
    {"08", "=08"},
    {"plus-9", "=+9"},
    {"9.0", "=9.0"},
    {"minus-9", "=-9"},
    {"x", "=x"},
    {"long", "=99999999999999999999"},
    {"absent", ""},
  };

  private final List<Case> cases = new ArrayList<>();
  private final FrameBytes frames;

  private AgreementCases(long seed) {
    frames = new FrameBytes(Endpoint.SERVER, new Random(seed));
  }

  static List<Case> of(long seed) {
    AgreementCases table = new AgreementCases(seed);
    table.valid();
    table.invalid();
    return table.cases;
  }

  private void valid() {
    valid("plain", Replies.deflate(""), "no parameter");
    parameter("server-takeover", "server_no_context_takeover");
    parameter("client-takeover", "client_no_context_takeover");
    parameter("both-takeovers", "client_no_context_takeover; server_no_context_takeover");
    parameter("no-spaces", "server_no_context_takeover;client_no_context_takeover");
    parameter("quoted", "server_max_window_bits=\"10\"");
    for (int bits : new int[] {8, 9, 12, 15}) {
      parameter("server-window/" + bits, "server_max_window_bits=" + bits);
    }
    for (int bits : new int[] {9, 12, 15}) {
      valid(
          "client-window/" + bits,
          Replies.clientWindow("=" + bits),
          "client_max_window_bits=" + bits);
    }
  }

  private void parameter(String name, String parameters) {
    valid(name, Replies.deflate("; " + parameters), parameters);
  }

  private void valid(String name, Reply reply, String words) {
    ByteBuffer hello = frames.frame(Opcode.TEXT, HELLO).rsv(RsvBits.RSV1).bytes();
    Payload echo = new Payload(true, ByteBuffer.wrap(FrameBytes.utf8("Hello")));
    cases.add(
        CaseBuilder.of(OFFERS, "valid/" + name, "RFC 7692 §7.1")
            .sends("an agreement to permessage-deflate with " + words + ", and a message")
            .agree(reply)
            .bytes(hello)
            .expect(new Expectation.Serves(List.of(echo))));
  }

  private void invalid() {
    for (String[] value : INVALID) {
      fails(
          Rule.DEFLATE_VALUE_INVALID,
          "server-window/" + value[0],
          "server_max_window_bits" + value[1],
          Replies.deflate("; server_max_window_bits" + value[1]));
      fails(
          Rule.DEFLATE_VALUE_INVALID,
          "client-window/" + value[0],
          "client_max_window_bits" + value[1],
          Replies.clientWindow(value[1]));
    }
    fails(Rule.DEFLATE_VALUE_INVALID, "server-takeover", "server_no_context_takeover=1");
    fails(Rule.DEFLATE_VALUE_INVALID, "client-takeover", "client_no_context_takeover=1");
    fails(Rule.DEFLATE_PARAMETER_UNKNOWN, "name", "unknown");
    fails(Rule.DEFLATE_PARAMETER_UNKNOWN, "value", "unknown=1");
    fails(
        Rule.DEFLATE_PARAMETER_REPEATED,
        "takeover",
        "client_no_context_takeover; client_no_context_takeover");
    fails(
        Rule.DEFLATE_PARAMETER_REPEATED,
        "window",
        "server_max_window_bits=10; server_max_window_bits=10");
  }

  private void fails(Rule rule, String name, String parameters) {
    fails(rule, name, parameters, Replies.deflate("; " + parameters));
  }

  private void fails(Rule rule, String name, String parameters, Reply reply) {
    cases.add(
        CaseBuilder.of(OFFERS, rule.id() + "/" + name, rule)
            .sends("an agreement to permessage-deflate with " + parameters)
            .beginning(reply)
            .expect(new Expectation.StaysClosed()));
  }
}

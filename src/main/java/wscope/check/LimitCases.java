package wscope.check;

import static wscope.check.Group.LIMITS;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import wscope.protocol.frame.Opcode;
import wscope.protocol.frame.RsvBits;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/** Messages, lengths, heads and numbers of fragments that a server accepts or limits. */
final class LimitCases {
  private static final String CITATION = "RFC 6455 §10.4";

  private final List<Case> cases = new ArrayList<>();
  private final FrameBytes frames;

  private LimitCases(Endpoint sender, long seed) {
    frames = new FrameBytes(sender, new Random(seed));
  }

  static List<Case> of(Endpoint sender, long seed) {
    LimitCases table = new LimitCases(sender, seed);
    table.messages();
    table.declaredLengths();
    table.fragments();
    if (sender == Endpoint.CLIENT) {
      table.heads();
    }
    table.bombs();
    return table.cases;
  }

  private void messages() {
    for (int kib : new int[] {64, 128, 256, 1024, 4096, 16384}) {
      byte[] text = kib > 1024 ? new byte[0] : stars(kib << 10);
      // The larger ones are made when they are sent, and their echo is not compared.
      List<Payload> echoes =
          kib > 1024 ? List.of() : List.of(new Payload(true, ByteBuffer.wrap(text)));
      CaseBuilder builder =
          CaseBuilder.of(LIMITS, "message/" + kib + "-kib", CITATION)
              .sends("a text message of " + kib + " KiB")
              .step(frames.made(made -> made.frame(Opcode.TEXT, stars(kib << 10)).bytes()));
      if (kib > 1024) {
        builder.flood();
      }
      cases.add(builder.expect(new Expectation.ServesOrLimits(echoes)));
    }
    byte[] whole = stars(256 << 10);
    for (int frame : new int[] {64, 256, 1024, 4096, 16384}) {
      int count = whole.length / frame;
      cases.add(
          CaseBuilder.of(LIMITS, "message/frames-of-" + frame, CITATION)
              .sends("a binary message of 256 KiB in frames of " + frame + " bytes")
              .step(frames.made(made -> made.message(Opcode.BINARY, stars(frame), count)))
              .expect(
                  new Expectation.ServesOrLimits(
                      List.of(new Payload(false, ByteBuffer.wrap(whole))))));
    }
  }

  private static byte[] stars(int count) {
    byte[] text = new byte[count];
    Arrays.fill(text, (byte) '*');
    return text;
  }

  /** The header alone shows that the message is too big. */
  private void declaredLengths() {
    for (Opcode opcode : List.of(Opcode.TEXT, Opcode.BINARY)) {
      for (long length :
          new long[] {(1L << 31) - 1, 1L << 31, 1L << 32, 1L << 40, Long.MAX_VALUE}) {
        cases.add(
            CaseBuilder.of(
                    LIMITS,
                    "declared/" + opcode.label() + "/" + Long.toHexString(length),
                    Rule.MESSAGE_TOO_BIG)
                .strictness(Strictness.OPEN)
                .sends(
                    "the header of a "
                        + opcode.label()
                        + " frame of "
                        + length
                        + " bytes and 5 of them")
                .bytes(frames.frame(opcode, "Hello").declares(length).bytes())
                .expect(new Expectation.Fails(Set.of(1009, 1002))));
      }
    }
  }

  private void fragments() {
    for (int count : new int[] {1000, 20_000}) {
      for (int size : new int[] {0, 1}) {
        byte[] part = new byte[size];
        Arrays.fill(part, (byte) 'f');
        byte[] whole = new byte[count * size];
        Arrays.fill(whole, (byte) 'f');
        CaseBuilder builder =
            CaseBuilder.of(LIMITS, "fragments/" + count + "-of-" + size, Rule.TOO_MANY_FRAGMENTS)
                .sends("a text message in " + count + " frames of " + size + " bytes");
        if (count > 1000) {
          builder.flood().step(frames.made(made -> made.message(Opcode.TEXT, part, count)));
        } else {
          builder.bytes(frames.message(Opcode.TEXT, part, count));
        }
        cases.add(
            builder.expect(
                new Expectation.ServesOrLimits(
                    List.of(new Payload(true, ByteBuffer.wrap(whole))))));
      }
    }
  }

  private void heads() {
    for (int kib : new int[] {4, 16, 64, 1024}) {
      CaseBuilder builder =
          CaseBuilder.of(LIMITS, "head/field-of-" + kib + "-kib", Rule.HEAD_TOO_LARGE)
              .strictness(Strictness.OPEN)
              .sends("a request with a field of " + kib + " KiB")
              .opening(Openings.of(r -> Openings.with(r, "X-Long", "x".repeat(kib << 10))));
      if (kib > 64) {
        builder.flood();
      }
      cases.add(builder.expect(new Expectation.Answers()));
    }
    for (int count : new int[] {100, 200, 2000}) {
      CaseBuilder builder =
          CaseBuilder.of(LIMITS, "head/" + count + "-fields", Rule.TOO_MANY_HEADER_FIELDS)
              .strictness(Strictness.OPEN)
              .sends("a request with " + count + " more fields")
              .opening(
                  Openings.text(
                      head -> {
                        StringBuilder all = new StringBuilder(head);
                        all.setLength(head.length() - 2);
                        for (int i = 0; i < count; i++) {
                          all.append("X-").append(i).append(": 1\r\n");
                        }
                        return all.append("\r\n").toString();
                      }));
      if (count > 200) {
        builder.flood();
      }
      cases.add(builder.expect(new Expectation.Answers()));
    }
  }

  private void bombs() {
    for (int mib : new int[] {1, 16, 64}) {
      CaseBuilder builder =
          CaseBuilder.of(LIMITS, "bomb/" + mib + "-mib", Rule.MESSAGE_TOO_BIG)
              .deflate("permessage-deflate")
              .sends("zeros of " + mib + " MiB, compressed to about " + mib + " KiB")
              .step(
                  frames.made(
                      made ->
                          made.frame(Opcode.BINARY, DeflateCases.zeros(mib))
                              .rsv(RsvBits.RSV1)
                              .bytes()));
      if (mib > 1) {
        builder.flood();
      }
      cases.add(builder.expect(new Expectation.ServesOrLimits(List.of())));
    }
  }
}

package wscope.check;

import static wscope.check.Group.DEFLATE;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.Deflater;
import wscope.protocol.frame.Opcode;
import wscope.protocol.frame.RsvBits;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/** Compressed messages: the forms of RFC 7692 §7.2.3, cuts, contexts, and invalid data. */
final class DeflateCases {
  private static final String OFFER = "permessage-deflate";
  private static final HexFormat HEX = HexFormat.of();

  /** The examples of RFC 7692 §7.2.3, each of which is "Hello". */
  private static final String[][] HELLO = {
    {"fixed", "f248cdc9c90700"},
    {"stored", "000500faff48656c6c6f00"},
    {"final-block", "f348cdc9c9070000"},
    {"two-blocks", "f24805000000ffffcac9c90700"},
  };

  private final List<Case> cases = new ArrayList<>();
  private final FrameBytes frames;

  private DeflateCases(Endpoint sender, long seed) {
    frames = new FrameBytes(sender, new Random(seed));
  }

  static List<Case> of(Endpoint sender, long seed) {
    DeflateCases table = new DeflateCases(sender, seed);
    table.forms();
    table.cuts();
    table.contexts();
    if (sender == Endpoint.CLIENT) {
      table.clientTakeover();
    }
    table.sizes(new Random(seed));
    table.flags();
    table.data();
    return table.cases;
  }

  private void forms() {
    for (String[] hello : HELLO) {
      serves(
          "form/" + hello[0],
          "\"Hello\", compressed: " + hello[1],
          compressed(HEX.parseHex(hello[1])),
          "Hello");
    }
    serves("form/empty", "an empty compressed message: 00", compressed(HEX.parseHex("00")), "");
    serves("form/plain", "a message that is not compressed", frames.text("Hello").bytes(), "Hello");
    serves(
        "form/mixed",
        "a compressed message, then one that is not",
        FrameBytes.join(compressed(HEX.parseHex(HELLO[0][1])), frames.text("plain").bytes()),
        "Hello",
        "plain");
    serves(
        "form/empty-blocks",
        "a message of 100 empty stored blocks, then \"Hello\"",
        compressed(emptyBlocks(100)),
        "Hello");
  }

  private static byte[] emptyBlocks(int count) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      out.writeBytes(HEX.parseHex("000000ffff"));
    }
    out.writeBytes(HEX.parseHex(HELLO[0][1]));
    return out.toByteArray();
  }

  private void cuts() {
    byte[] hello = HEX.parseHex(HELLO[0][1]);
    for (int cut = 0; cut <= hello.length; cut++) {
      serves(
          "cut/" + cut,
          "a compressed message in two frames, cut after byte " + cut,
          FrameBytes.join(
              frames.frame(Opcode.TEXT, Arrays.copyOf(hello, cut)).rsv(RsvBits.RSV1).open().bytes(),
              frames
                  .frame(Opcode.CONTINUATION, Arrays.copyOfRange(hello, cut, hello.length))
                  .bytes()),
          "Hello");
    }
    serves(
        "cut/ping-between",
        "a compressed message in two frames, with a ping between them",
        FrameBytes.join(
            frames.frame(Opcode.TEXT, Arrays.copyOf(hello, 3)).rsv(RsvBits.RSV1).open().bytes(),
            frames.ping("x").bytes(),
            frames.frame(Opcode.CONTINUATION, Arrays.copyOfRange(hello, 3, 7)).bytes()),
        "Hello");
  }

  private void contexts() {
    ByteBuffer first = compressed(HEX.parseHex("f248cdc9c90700"));
    ByteBuffer second = compressed(HEX.parseHex("f200110000"));
    refersBack(
        "context/taken-over",
        "two messages, the second of which refers to the first",
        FrameBytes.join(first, second),
        "Hello",
        "Hello");
    serves(
        "context/not-used",
        "two messages that do not refer to each other",
        FrameBytes.join(first, first),
        "Hello",
        "Hello");
    refersBack(
        "context/plain-between",
        "two messages with an uncompressed one between them; the last refers to the first",
        FrameBytes.join(first, frames.text("plain").bytes(), second),
        "Hello",
        "plain",
        "Hello");
  }

  private void clientTakeover() {
    ByteBuffer hello = compressed(HEX.parseHex(HELLO[0][1]));
    cases.add(
        CaseBuilder.of(DEFLATE, "context/client-none", "RFC 7692 §7.1.1.2")
            .deflate(OFFER + "; client_no_context_takeover")
            .sends("two messages after an offer of client_no_context_takeover")
            .bytes(hello, hello)
            .expect(new Expectation.Serves(List.of(text("Hello"), text("Hello")))));
  }

  private void sizes(Random random) {
    for (int size : new int[] {1000, 65536, 300_000}) {
      String json = "{\"id\":1234,\"name\":\"wscope\"},".repeat(size / 28 + 1).substring(0, size);
      serves(
          "size/text-" + size,
          "a compressed text of " + size + " bytes",
          compressed(deflated(FrameBytes.utf8(json))),
          json);
      byte[] binary = new byte[size];
      random.nextBytes(binary);
      CaseBuilder builder =
          CaseBuilder.of(DEFLATE, "size/random-" + size, "RFC 7692 §7.2")
              .deflate(OFFER)
              .sends("compressed random data of " + size + " bytes");
      // To compress the largest takes longer than to make all other cases.
      if (size > 65536) {
        builder.step(frames.made(made -> compressed(made, binary)));
      } else {
        builder.bytes(compressed(frames, binary));
      }
      cases.add(
          builder.expect(
              new Expectation.Serves(List.of(new Payload(false, ByteBuffer.wrap(binary))))));
    }
  }

  private void flags() {
    byte[] hello = HEX.parseHex(HELLO[0][1]);
    fails(
        Rule.RSV1_ON_CONTINUATION,
        "",
        "a compressed message whose second frame has RSV1",
        Set.of(1002),
        FrameBytes.join(
            frames.frame(Opcode.TEXT, Arrays.copyOf(hello, 3)).rsv(RsvBits.RSV1).open().bytes(),
            frames
                .frame(Opcode.CONTINUATION, Arrays.copyOfRange(hello, 3, 7))
                .rsv(RsvBits.RSV1)
                .bytes()));
    fails(
        Rule.RSV1_ON_CONTINUATION,
        "plain-first",
        "a message that is not compressed, whose second frame has RSV1",
        Set.of(1002),
        FrameBytes.join(
            frames.text("Hel").open().bytes(),
            frames.frame(Opcode.CONTINUATION, "lo").rsv(RsvBits.RSV1).bytes()));
    for (Opcode opcode : List.of(Opcode.PING, Opcode.PONG, Opcode.CLOSE)) {
      byte[] body = opcode == Opcode.CLOSE ? FrameBytes.closeBody(1000, new byte[0]) : hello;
      CaseBuilder builder =
          CaseBuilder.of(
                  DEFLATE,
                  Rule.RSV1_ON_CONTROL_FRAME.id() + "/" + opcode.label(),
                  Rule.RSV1_ON_CONTROL_FRAME)
              .deflate(OFFER)
              .sends("a " + opcode.label() + " frame with RSV1")
              .bytes(frames.frame(opcode, body).rsv(RsvBits.RSV1).bytes());
      if (opcode == Opcode.PING) {
        builder.fault(Rule.RSV1_ON_CONTROL_FRAME.id());
      }
      Set<Integer> accepting = opcode == Opcode.CLOSE ? Set.of(1000) : Set.of();
      cases.add(builder.expect(new Expectation.Fails(Set.of(1002), accepting)));
    }
    for (int bits : new int[] {RsvBits.RSV2, RsvBits.RSV3, 6, 5}) {
      String name = Integer.toBinaryString(8 | bits).substring(1);
      Rule rule =
          (bits & RsvBits.RSV2) != 0 ? Rule.RSV2_WITHOUT_EXTENSION : Rule.RSV3_WITHOUT_EXTENSION;
      cases.add(
          CaseBuilder.of(DEFLATE, "rsv/" + name, rule)
              .deflate(OFFER)
              .sends("a compressed message with RSV " + name)
              .bytes(frames.frame(Opcode.TEXT, hello).rsv(bits).bytes())
              .expect(new Expectation.Fails(Set.of(1002))));
    }
  }

  private void data() {
    fails(
        Rule.COMPRESSED_DATA_CORRUPT,
        "",
        "a block of the reserved type",
        Set.of(1007, 1002, 1003, 1008, 1011),
        compressed(new byte[] {7, 0}));
    fails(
        Rule.COMPRESSED_DATA_CORRUPT,
        "stored-length",
        "a stored block whose two lengths differ",
        Set.of(1007, 1002, 1011),
        compressed(HEX.parseHex("000500ffff48656c6c6f00")));
    fails(
        Rule.COMPRESSED_DATA_CORRUPT,
        "zlib",
        "data with the header of zlib",
        Set.of(1007, 1002, 1011),
        compressed(HEX.parseHex("789cf248cdc9c90700")));
    fails(
        Rule.COMPRESSED_DATA_CORRUPT,
        "plain",
        "plain text with RSV1",
        Set.of(1007, 1002, 1011),
        compressed(FrameBytes.utf8("wwwwwwww")));
    fails(
        Rule.COMPRESSED_DATA_OUT_OF_WINDOW,
        "",
        "a distance beyond the first byte",
        Set.of(1007, 1002, 1011),
        compressed(HEX.parseHex("02deff0f00")));
    fails(
        Rule.TEXT_NOT_UTF8,
        "compressed",
        "a compressed text that is not UTF-8",
        Set.of(1007),
        compressed(deflated(HEX.parseHex("616263c0"))));
    fails(
        Rule.TEXT_NOT_UTF8,
        "compressed-truncated",
        "a compressed text that ends inside a character",
        Set.of(1007),
        compressed(deflated(HEX.parseHex("616263e282"))));
  }

  private void fails(Rule rule, String name, String sends, Set<Integer> codes, ByteBuffer bytes) {
    CaseBuilder builder =
        CaseBuilder.of(DEFLATE, name.isEmpty() ? rule.id() : rule.id() + "/" + name, rule)
            .deflate(OFFER)
            .sends(sends)
            .bytes(bytes);
    if (name.isEmpty()) {
      builder.fault(rule.id());
    }
    cases.add(builder.expect(new Expectation.Fails(codes)));
  }

  private void serves(String name, String sends, ByteBuffer bytes, String... texts) {
    cases.add(served(name, sends, bytes).expect(echoes(texts)));
  }

  private void refersBack(String name, String sends, ByteBuffer bytes, String... texts) {
    cases.add(served(name, sends, bytes).refersBack().expect(echoes(texts)));
  }

  private static CaseBuilder served(String name, String sends, ByteBuffer bytes) {
    return CaseBuilder.of(DEFLATE, name, "RFC 7692 §7.2").deflate(OFFER).sends(sends).bytes(bytes);
  }

  private static Expectation echoes(String... texts) {
    return new Expectation.Serves(Arrays.stream(texts).map(DeflateCases::text).toList());
  }

  private static ByteBuffer compressed(FrameBytes frames, byte[] plain) {
    return frames.frame(Opcode.BINARY, deflated(plain)).rsv(RsvBits.RSV1).bytes();
  }

  private ByteBuffer compressed(byte[] data) {
    return frames.frame(Opcode.TEXT, data).rsv(RsvBits.RSV1).bytes();
  }

  private static Payload text(String text) {
    return new Payload(true, ByteBuffer.wrap(FrameBytes.utf8(text)));
  }

  /** Compresses a message on its own, without the end of the flush (RFC 7692 §7.2.1). */
  static byte[] deflated(byte[] plain) {
    return deflated(plain, 1);
  }

  /** Compresses zeros. */
  static byte[] zeros(int mib) {
    return deflated(new byte[1 << 20], mib);
  }

  private static byte[] deflated(byte[] plain, int times) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (int i = 1; i <= times; i++) {
      deflater.setInput(plain);
      int flush = i == times ? Deflater.SYNC_FLUSH : Deflater.NO_FLUSH;
      int count = buffer.length;
      while (count == buffer.length || !deflater.needsInput()) {
        count = deflater.deflate(buffer, 0, buffer.length, flush);
        out.write(buffer, 0, count);
      }
    }
    deflater.end();
    byte[] all = out.toByteArray();
    return Arrays.copyOf(all, all.length - 4);
  }
}

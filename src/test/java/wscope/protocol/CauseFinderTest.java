package wscope.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.message.Cause;
import wscope.protocol.rule.Endpoint;

/** A cause is named where the bytes fit it exactly, and nowhere else, whatever the pieces are. */
class CauseFinderTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    // 200 is 00c8; 300 is 012c; the same in 64 bits.
    "82 7e c800 (78*200), little-endian-length 1",
    "fe 7e 00c8 (78*200),",
    "82 7e c800 (78*199),",
    "82 7e c800 (78*201),",
    // 1 and 125 need no 16 bits.
    "82 7e 0100 41,",
    "82 7e 7d00 (78*125),",
    "82 7e 7e00 (78*126), little-endian-length 1",
    "82 fe 2c01 01020304 (78*300), little-endian-length 1",
    "82 7f 0000010000000000 (78*65536), little-endian-length 1",
    "82 7f 0001000000000000 (78*256), little-endian-length 1",
    // "Gr\u00fc\u00dfe!" has 6 characters and 8 bytes.
    "81 06 4772c3bcc39f6521, length-in-characters 2",
    "81 86 01020304 4670c0b8c29d6625, length-in-characters 2",
    "81 06 4772c3bcc39f6521 8101 61, length-in-characters 2",
    "81 08 4772c3bcc39f6521,",
    "81 07 4772c3bcc39f6521,",
    // U+1F600 has 4 bytes, and 2 UTF-16 units or 1 code point.
    "81 02 f09f9880, length-in-characters 2",
    // Text: JSON, HTTP-like lines; not text: a control byte in it.
    "7b2274797065223a2268656c6c6f227d, text-without-frame 1",
    "68656c6c6f0a, text-without-frame 1",
    "8101 61 68656c6c6f, text-without-frame 2",
    "68656c006f,",
    // A line end or a byte order mark, then a frame, text, or nothing.
    "8101 61 0d0a 8101 62, line-end 2",
    "8101 61 0d0a, line-end 2",
    "8101 61 0d0a ff,",
    "8101 61 0a 8101 62, line-end 2",
    "8101 61 0a, line-end 2",
    "8101 61 0a ff,",
    "efbbbf 8101 62, byte-order-mark 1",
    "efbbbf 68656c6c6f, byte-order-mark 1",
    "efbbbf ffff,",
    // The first byte of 81 05 Hello became U+FFFD.
    "efbfbd 0548656c6c6f, replacement-character 1",
    "8100 efbfbd efbfbd 37fa213d, replacement-character 2",
    "efbfbc 0548656c6c6f,",
    // Frames of hixie: 00 hello ff, twice, with the close ff 00; without its end; before a frame.
    "0068656c6c6fff, hixie-frame 1",
    "0068656c6c6fff 006869ff ff00, hixie-frame 1",
    "8101 61 0068ff, hixie-frame 2",
    "0068656c6c6f,",
    "0068ff 8101 61,",
    "0001ff,",
    // Nothing is wrong, or only a rule.
    "8101 61,",
    "8301 61,",
  })
  void namesTheCause(String hex, @Nullable String expected) {
    byte[] stream = Vectors.bytes(hex.replace(" ", ""));
    List<String> causes = expected == null ? List.of() : List.of(expected);
    assertEquals(causes, read(null, stream, stream.length));
    assertEquals(causes, read(null, stream, 1));
    assertEquals(causes, read(null, stream, 3));
  }

  /** Lengths of a server, which are longer than they say or too long. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    // c8 is 200, 2c is 300 - 256, 7e is 126.
    "81 c8 (61*200), length-in-one-byte 1",
    "81 c8 (61*200) 8802 03e8, length-in-one-byte 1",
    "81 c8 (61*456), length-in-one-byte 1",
    "81 c8 (61*199),",
    "81 c8 (61*201),",
    "81 c8 (ff*200),",
    "c3 c8 (61*200),",
    "81 2c (61*300), length-in-one-byte 1",
    "8101 61 81 2c (61*300) 8100, length-in-one-byte 2",
    "81 2c (61*299), text-without-frame 2",
    "81 7e (61*126), length-in-one-byte 1",
    "81 7f (61*127), length-in-one-byte 1",
    "81 7e (61*128),",
    // Frames follow a length in the wrong order: c8 00 is 200.
    "81 7e c800 (78*200) 8802 03e8, little-endian-length 1",
    "81 7e c800 (78*200) 8802 03e8 8100, little-endian-length 1",
    "81 7e c800 (78*200) 8803 03e8,",
    // 71 11 01 is 70001, 80 00 01 is 65664; 1 byte has no such length.
    "82 7f 7111010000000000 78, little-endian-length 1",
    "82 7f 8000010000000000 78, little-endian-length 1",
    "82 7f 0100000000000000 78,",
    "82 7f 7111010000000001 78,",
  })
  void namesTheMistakeInALength(String hex, @Nullable String expected) {
    byte[] stream = Vectors.bytes(hex.replace(" ", ""));
    List<String> causes = expected == null ? List.of() : List.of(expected);
    assertEquals(causes, read(Endpoint.SERVER, stream, stream.length));
    assertEquals(causes, read(Endpoint.SERVER, stream, 1));
    assertEquals(causes, read(Endpoint.SERVER, stream, 3));
  }

  private static List<String> read(@Nullable Endpoint sender, byte[] stream, int piece) {
    List<String> causes = new ArrayList<>();
    MixedStreamReader reader =
        new MixedStreamReader(
            sender,
            sender == null ? Limits.NONE : Limits.SERVER,
            null,
            new ExchangeListener() {
              @Override
              public FrameListener frames(@Nullable Endpoint sender) {
                return new FrameListener() {
                  @Override
                  public void cause(Endpoint from, Cause cause) {
                    causes.add(cause.kind().id() + " " + cause.frame());
                  }
                };
              }
            });
    for (int at = 0; at < stream.length; at += piece) {
      int count = Math.min(piece, stream.length - at);
      reader.feed(ByteBuffer.allocate(count).put(stream, at, count).flip());
    }
    reader.end();
    return causes;
  }
}

package wscope.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import wscope.input.find.Candidate;
import wscope.input.find.Lines;
import wscope.input.find.Piece;

/** A first look at lines changes nothing in what all matchers find. */
class MatchersTest {
  private static final int ROUNDS = 20_000;

  /** What bytes, and what is around them, are made of in any spelling. */
  private static final String[] PARTS =
      ("81,05,8105,0x81,0x05,0x8105,81h,&H81,$81,#x81,#$81,fd,1,129,5,201,0b10000001,1000,"
              + "0101,ffffff81,5,48,4865,6c6c,0000,0010,0000:,[0010],0x0000:,00000000`00000010,12:,0,"
              + "(byte),\\x81,\\x05,\\201,\\u0081,%81,%05,[0x81],[0x5],b',x',X',gQVIZWxsbw==,gQFB,"
              + "gQVIZWxsb28gd29ybGQh,Hello,..Hello,.He,H,e,l,o,\\n,GET /,HTTP/1.1,101,Host: x,"
              + "Status Code:,\nrequest headers\n,\n\u25bc Response Headers,01:02,1.1,1.0.0,-81-00-,"
              + "2.1.9,{\"type\": \"frame\",FIN,... ....  FIN ,frame 1,) = 7,recv(3,-,--,->,<,>,<<,"
              + ">>,<Buffer ,[,],{,},(,),|,\u2502,\u0081,\u00e9,:,;,=,_,/,+,.,\",',`, , ,  ,\t,\r,\n,"
              + "\n,\n")
          .split(",", -1);

  @Test
  void findsTheSameInPastes() throws IOException {
    for (Paste paste : Paste.all()) {
      assertSame(paste.name(), paste.bytes());
    }
  }

  @Test
  void findsTheSameInRandomText() {
    int found = 0;
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = 1 + random.nextInt(12); i > 0; i--) {
        text.append(PARTS[random.nextInt(PARTS.length)]).append(random.nextBoolean() ? " " : "");
        text.append(random.nextInt(8) == 0 ? "," : "");
      }
      found += assertSame("seed " + seed, text.toString().getBytes(UTF_8));
    }
    assertTrue(found > ROUNDS / 5, found + " found");
  }

  private static int assertSame(String name, byte[] text) {
    Lines looked = new Lines(text, 0, text.length, 1, true);
    looked.look();
    List<String> expected = match(new Lines(text, 0, text.length, 1, true));
    assertEquals(expected, match(looked), () -> name + "\n" + new String(text, UTF_8));
    return expected.size();
  }

  private static List<String> match(Lines lines) {
    return new Matchers(packets -> {})
        .match(lines, (candidate, of) -> candidate).stream().map(MatchersTest::string).toList();
  }

  private static String string(Candidate candidate) {
    StringBuilder text = new StringBuilder();
    text.append(candidate.kind()).append(' ').append(candidate.form());
    text.append(' ').append(candidate.evidence());
    for (Piece piece : candidate.pieces()) {
      text.append(' ').append(piece.from()).append('-').append(piece.to()).append(' ');
      text.append(HexFormat.of().formatHex(piece.bytes())).append(piece.way());
    }
    return text.toString();
  }
}

package wscope.input.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static wscope.input.find.Evidence.COUNTED;
import static wscope.input.find.Evidence.ENDS_LINE;
import static wscope.input.find.Evidence.MARKED;
import static wscope.input.list.Finds.F;
import static wscope.input.list.Finds.H;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;

class LiteralMatcherTest {
  private final LiteralMatcher matcher = new LiteralMatcher();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "b'\\x81\\x05Hello'",
        "it's b\"\\x81\\x05Hello\", isn't it?",
        "bytearray(b'\\x81\\x05Hello')",
        "'utf-8' codec: b'\\x81\\x05Hello'",
        "\"send:b'\\x81\\x05Hello'\"",
        "{'fd': 7, 'data': b'\\x81\\x05Hello', 'len': 7}",
        "{\"frame\": \"\\u0081\\u0005Hello\", \"a\": \"b\"}",
        "{\"msg\":\"got b'\\\\x81\\\\x05Hello'\"}",
        "{\"msg\":\"got \\\"\\\\x81\\\\x05Hello\\\"\",\"n\":1}",
        "\"\\u{81}\\u{5}Hello\"",
        "name=\"x\" data=\"\\x81\\x05Hello\" code=1",
        "char f[] = \"\\201\\005Hello\";",
        "\"\\201\\5Hello\"",
        "\"\\129\\5Hello\"",
        "\"\\129\\ENQHello\"",
        "\"\\129\\ENQ\\&Hello\"",
        "\"\\129\\005Hello\"",
        "$'\\201\\005Hello'",
        "printf '\\x81\\x05Hello' | nc localhost 80",
        "echo -ne \"\\x81\\x05\\x48ell\\x6f\" > frame",
        "(uint8_t[7]) $0 = \"\\x81\\U00000005Hello\"",
        "Received: \\x81\\x05Hello",
        "Received: \\x81\\x05Hello and then nothing",
        "\"sent \\x81\\x05Hello\"",
        "\\x81\\x05\\x48\\x65\\x6c\\x6c\\x6f",
        "\\x81 \\x5 \\x48 \\x65 \\x6c \\x6c \\x6f",
        "\"\\x81\\x05\"\"Hello\"",
        "\"\\x81\\x05He\" \"llo\"",
        "\"\\x81\\x05He\" + \"llo\"",
        "x'810548656c6c6f'",
        "VALUES(1,X'810548656C6C6F');",
        "  7 | \\x810548656c6c6f",
        "'\\\\x810548656c6c6f'",
        "payload=%81%05Hello&x=1",
        "%81%05%48%65%6C%6c%6F",
        "%C2%81%05Hello",
        "\"\u0081\\u0005Hello\"",
        "12:34:56 \"HTTP/1.1 101 OK\\r\\n\\r\\n\\x81\\x05Hello\"",
      })
  void hello(String text) {
    assertEquals(List.of(F), Finds.always(matcher, text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "b'\\x81\\x857\\xfa!=\\x7f\\x9fMQX\\x88\\x02\\x03\\xe8'",
        "\"\\201\\2057\\372!=\\177\\237MQX\\210\\002\\003\\350\"",
        "\"\\129\\1337\\250!=\\DEL\\159MQX\\136\\STX\\ETX\\232\"",
        "\"\\129\\1337\\250!=\\127\\159MQX\\136\\2\\3\\232\"",
        "'\\x81\\x857\u00fa!=\\x7F\\x9FMQX\\x88\\x02\\x03\u00e8'",
        "\"\\u0081\\u00857\u00fa!=\\u007f\\u009fMQX\\u0088\\u0002\\u0003\\u00e8\"",
        "%81%857%FA%21%3D%7F%9FMQX%88%02%03%E8",
        "\\x818537fa213d7f9f4d5158880203e8",
        "\\201\\2057\\372!=\\177\\237\\\nMQX\\210\\002\\003\\350$",
        "(b'\\x81\\x857\\xfa'\n b\"!=\\x7f\\x9fM\"\n b'QX\\x88\\x02\\x03\\xe8')",
        "    \"\\x81\\x857\\xfa!=\"  \\\n    \"\\x7f\\x9fMQX\\x88\\x02\\x03\\xe8\";",
      })
  void maskedHelloAndClose(String text) {
    assertEquals(List.of(H), Finds.always(matcher, text));
  }

  @Test
  void charactersOfGdbAreUtf8AndThoseOfJavaScriptAreLatin1() {
    assertEquals(List.of("8102c3a9"), Finds.bytes(matcher, "$1 = \"\\201\\002\u00e9\""));
    assertEquals(List.of("8201e9"), Finds.bytes(matcher, "'\\x82\\x01\u00e9'"));
    assertEquals(
        List.of("8203ff00e9"), Finds.bytes(matcher, "\"\\u0082\\u0003\u00ff\\u0000\u00e9\""));
    assertEquals(List.of("8103e282ac"), Finds.bytes(matcher, "\"\\x81\\x03\u20ac\""));
  }

  @Test
  void gdbRepeatsAndCompletes() {
    assertEquals(
        List.of("820461616161"), Finds.bytes(matcher, "\"\\202\\004\", 'a' <repeats 4 times>"));
    assertEquals(
        List.of("8204000000ff"),
        Finds.bytes(matcher, "\"\\202\\004\", '\\000' <repeats 3 times>, \"\\377\""));
    assertEquals(
        List.of("880203e8"),
        Finds.bytes(matcher, "\"\\210\\002\\003\", <incomplete sequence \\350>"));
  }

  @Test
  void aPieceStandsInItsQuotes() {
    assertEquals(
        List.of("1 \\x81\\x05He = 81054865", "2 llo = 6c6c6f"),
        Finds.pieces(matcher, "frame:\n  b'\\x81\\x05He'\n  b'llo'\n"));
  }

  @Test
  void callsOfStraceAreCounted() {
    assertEquals(Set.of(MARKED, COUNTED), evidence("read(3, \"\\201\\5Hello\", 4096) = 7"));
    assertEquals(Set.of(MARKED), evidence("read(3, \"\\201\\5Hello\", 4096) = 70"));
    assertEquals(Set.of(MARKED, COUNTED), evidence("got 7 bytes: b'\\x81\\x05Hello' at 12:00"));
    assertEquals(Set.of(MARKED, COUNTED), evidence("data=b'\\x81\\x05Hello' len=7"));
    assertEquals(Set.of(MARKED, ENDS_LINE), evidence("2026-11-07 b'\\x81\\x05Hello'"));
  }

  private Set<Evidence> evidence(String text) {
    return Finds.evidence(matcher, text);
  }

  @Test
  void twoLiteralsOfOneLineAreTwoCandidates() {
    assertEquals(List.of(F, "8900"), Finds.bytes(matcher, "[b'\\x81\\x05Hello', b'\\x89\\x00']"));
    assertEquals(
        List.of(F, "880203e8"),
        Finds.bytes(matcher, "p=\"\\x81\\x05Hello\"\nn=4 p=\"\\x88\\x02\\x03\\xe8\""));
  }

  @Test
  void aFrameGoesOnInTheNextLineOfTheSameForm() {
    String text = "10:00:01 <- b'\\x81\\x05He'\n10:00:02 pause\n10:00:03 <- b'llo'\n";
    List<Candidate> found = Finds.in(matcher, text);
    assertEquals(List.of("81054865", F), Finds.bytes(matcher, text));
    assertEquals(List.of(0, 2), found.get(1).pieces().stream().map(p -> p.line()).toList());
    assertEquals(
        List.of("81054865"),
        Finds.bytes(matcher, "10:00:01 <- b'\\x81\\x05He'\n10:00:03 -> b'llo'\n"));
  }

  @Test
  void cutTextIsOfferedOnlyIfItIsWholeFramesOrIfTheTextSaysHowLongItWas() {
    String cut = "read(3, \"\\201~\\0\\206The quick\"..., ";
    assertEquals(List.of("817e008654686520717569636b"), Finds.bytes(matcher, cut + "4096) = 138"));
    assertTrue(Finds.evidence(matcher, cut + "138) = 138").contains(Evidence.REST_COUNTED));
    assertEquals(List.of(), Finds.bytes(matcher, cut + "4096) = 137"));
    assertEquals(List.of(), Finds.bytes(matcher, cut + "4096) = 139"));
    assertEquals(List.of(F), Finds.bytes(matcher, "read(3, \"\\201\\5Hello\"..., 138) = 138"));
    assertEquals(
        List.of(), Finds.bytes(matcher, "<<< b'\\x82~\\x04\\x00'... [1020 bytes truncated]"));
  }

  @Test
  void textThatLostBytesIsNotOffered() {
    assertEquals(List.of(), Finds.bytes(matcher, "\"\\u0082\\u0005\ufffd\ufffd\""));
    assertEquals(List.of(), Finds.bytes(matcher, "\"\\ufffd\\u0005Hello\""));
    assertEquals(List.of("8103efbfbd"), Finds.bytes(matcher, "\"\\x81\\x03\ufffd\""));
  }

  @Test
  void literalsThatNoFrameBeginsWithAreKeptIfTheyMustBeBytes() {
    assertEquals(List.of("03f36f6f"), Finds.bytes(matcher, "body b'\\x03\\xf3oo'"));
    assertEquals(List.of(), Finds.bytes(matcher, "\"\\x1b[31mred\\x1b[0m\""));
  }

  @Test
  void aWindowMayEndInALiteral() {
    assertEquals(1, Finds.inWindow(matcher, "b'\\x81\\x05He").size());
    assertEquals(1, Finds.inWindow(matcher, "(b'\\x81\\x05He'\n").size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "log.debug(\"ready\\r\\n\"); puts(\"a\\tb\\n\");",
        "C:\\logs\\201\\005 C:\\tmp\\x81\\x05Hello",
        "sed 's/\\(.*\\)\\1/\\2/'",
        "printf(\"%02d%%\\n\", x); \"%02d:%02d\"",
        "grep '\\d+\\.\\d+' \\\\server\\share",
        "don't isn't won't",
        "100%81 50%",
        "\\",
        "'\\x81'",
        "x'81'",
        "x'810548656c6c6'",
        "{\"text\": \"\\u4f60\\u597d\", \"fr\": \"\\u00e9t\\u00e9\"}",
      })
  void others(String text) {
    assertEquals(List.of(), Finds.bytes(matcher, text));
  }
}

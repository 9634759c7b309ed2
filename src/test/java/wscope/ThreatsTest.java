package wscope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What has felled other implementations, and the tests that show that it does not fell this one.
 * Each of them says so in its Javadoc, or in that of its class, with the id of the threat and a
 * colon.
 */
class ThreatsTest {
  private static final Path TESTS = Path.of("src", "test", "java", "wscope");
  private static final Pattern ID = Pattern.compile("\\bS\\d+(?=[:,])");
  private static final Pattern JAVADOC = Pattern.compile(" *(/\\*)?\\* ");

  /** How lines begin as they are formatted: a class, a test, what it declares. */
  private static final Pattern CLASS = Pattern.compile("(@|(final )?class ).*");

  private static final Pattern TEST =
      Pattern.compile(" {2}@(Test|ParameterizedTest|RepeatedTest|ArchTest)\\b.*");
  private static final Pattern DECLARATION = Pattern.compile(" {2}[a-z].*");

  /**
   * A way to fell an implementation.
   *
   * @param tests the classes that name it
   */
  private record Threat(String id, String what, List<String> tests) {}

  private static final List<Threat> THREATS =
      List.of(
          threat(
              "S1",
              "A declared length is believed: memory is taken, or the check of the opcode put off.",
              "DecodeCommandTest, HostileClientsIT, HostileLengthTest,"
                  + " HostileRequestsTest, JarIT, PayloadBufferTest, ServerTest"),
          threat(
              "S2",
              "Lengths of 64 bits lose their sign or overflow, alone or as a sum.",
              "FrameDecoderTest, FrameVectorsTest, LongPayloadTest, ServerTest"),
          threat(
              "S3",
              "A bad length, or an end of TCP at a bad place, makes a loop that never ends.",
              "ClientVectorsTest, HostileRequestsTest, ServerTest, SessionTest, TlsLinkTest"),
          threat(
              "S4",
              "Empty or tiny fragments without end cost more memory than their bytes.",
              "DefaultLimitsTest, HostileClientsIT, SessionTest"),
          threat(
              "S5",
              "Twice the input takes four times as long, or recursion as deep as the input.",
              "LinearDecodeTest, LinearTimeTest, ManyFramesTest, QueryParametersTest,"
                  + " RandomTextTest"),
          threat(
              "S6",
              "A compressed message becomes a thousand times as long before anybody counts.",
              "BehaviourHandlerTest, DecodeCommandTest, DefaultLimitsTest, HostileClientsIT,"
                  + " MessageInflaterTest, SessionDeflateTest"),
          threat(
              "S7",
              "A client that asks and does not read makes answers wait without bound.",
              "BehaviourHandlerTest, ConnectTest, EventFeedTest, HostileClientsIT, LinkLimitsTest,"
                  + " ServerTest, StuckReadersIT, TlsLinkTest"),
          threat(
              "S8",
              "Connections that are gone leave buffers, inflaters, deadlines or descriptors.",
              "DeadlinesTest, ManyFramesTest, MessageInflaterTest, PayloadBufferTest,"
                  + " ServerTest, SoakIT"),
          threat(
              "S9",
              "Header fields without end, in number or in length, or requests without end.",
              "DefaultLimitsTest, HostileRequestsTest, RequestVectorsTest, ServerTest,"
                  + " SessionTest"),
          threat(
              "S10",
              "A slow client holds its place in a handshake for as long as it likes. Once it is open"
                  + " it may be silent: people debug by hand, and connections are counted.",
              "HostileRequestsTest, ServerTest, TlsServerTest"),
          threat(
              "S11",
              "Blanks, quotes, names and bytes that a parser does not expect make it slow or fail.",
              "ArchitectureTest, HostileFieldsTest, LinearTimeTest, QueryParametersTest"),
          threat(
              "S12",
              "What a client sends becomes a line of our response, or opens what it must not.",
              "HostileRequestsTest, PlainResponsesTest, PolicyTest, RequestVectorsTest,"
                  + " ServeOptionsTest"),
          threat(
              "S13",
              "The page of another site connects and hears what is not meant for it.",
              "PolicyTest, ServerPolicyTest, WatchersTest"),
          threat(
              "S14",
              "A strange name for our address, or a port open to all, lets strangers in.",
              "PolicyTest, ServeOptionsTest, ServerPolicyTest, WscopeTest"),
          threat(
              "S15",
              "What is shown steers the terminal.",
              "DecodeCommandTest, EncodeCommandTest, HostileTextTest, JsonReportTest,"
                  + " SafeTextTest, ScreenTest, TextPrinterTest, WscopeTest"),
          threat(
              "S16",
              "What is shown looks like a line of ours, or breaks the JSON.",
              "HostileTextTest, JsonReportTest, SafeTextTest"),
          threat(
              "S17",
              "A name from the wire reads or replaces a file.",
              "ArchitectureTest, RecordingTest"),
          threat(
              "S18",
              "TLS is too old, or trusts anybody who was not asked for by name.",
              "ArchitectureTest, TlsConnectTest, TlsLinkTest"),
          threat(
              "S19",
              "Something is sent while the connection closes, and reaches nobody or another.",
              "NeighboursIT, NeighboursTest, SessionDeflateTest"),
          threat(
              "S20",
              "Bytes or passwords of one client can be told by another.",
              "BehaviourHandlerTest, MessageInflaterTest, NeighboursTest, PayloadBufferTest, PolicyTest,"
                  + " ServeOptionsTest, ServerPolicyTest"),
          threat(
              "S21",
              "Parameters at and over the edge of their grammar are an exception.",
              "DeflateNegotiationTest, HostileFieldsTest, RequestVectorsTest,"
                  + " ResponseVectorsTest"),
          threat(
              "S22",
              "Connections or messages take threads, without bound.",
              "HostileClientsIT, HostileRequestsTest, ServerTest"));

  private static Threat threat(String id, String what, String tests) {
    return new Threat(id, what, List.of(tests.split(", ")));
  }

  @Test
  void eachHasItsTests() throws IOException {
    Map<String, String> listed = new TreeMap<>();
    THREATS.forEach(threat -> listed.put(threat.id(), String.join(", ", threat.tests())));
    assertEquals(lines(listed), lines(named()));
  }

  @Test
  void idsAreNumbersInARow() {
    List<String> expected =
        IntStream.rangeClosed(1, THREATS.size()).mapToObj(number -> "S" + number).toList();
    assertEquals(expected, THREATS.stream().map(Threat::id).toList());
  }

  /** The classes that name a threat, by its id. */
  private static Map<String, String> named() throws IOException {
    Map<String, TreeSet<String>> classes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(TESTS)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        if (!name.equals(ThreatsTest.class.getSimpleName())) {
          ids(file).forEach(id -> classes.computeIfAbsent(id, x -> new TreeSet<>()).add(name));
        }
      }
    }
    Map<String, String> named = new TreeMap<>();
    classes.forEach((id, names) -> named.put(id, String.join(", ", names)));
    return named;
  }

  /** The ids in a file: each stands in the Javadoc of a test that does something, or of a class. */
  private static List<String> ids(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file, UTF_8);
    List<String> ids = new ArrayList<>();
    boolean shown = true;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      String place = file + " " + (i + 1);
      if (ID.matcher(line).find()) {
        assertTrue(JAVADOC.matcher(line).lookingAt(), place);
        ID.matcher(line).results().map(MatchResult::group).forEach(ids::add);
        shown = false;
      }
      if (!shown && line.endsWith("*/")) {
        List<String> rest = lines.subList(i + 1, lines.size());
        assertTrue(isTest(rest) || isClassWithTests(rest), place);
        shown = true;
      }
    }
    return ids;
  }

  /** Whether a test with something in its body begins with the first of some lines. */
  private static boolean isTest(List<String> lines) {
    return TEST.matcher(lines.get(0)).matches()
        && lines.stream()
            .dropWhile(line -> !DECLARATION.matcher(line).matches())
            .filter(line -> line.endsWith("{") || line.endsWith("{}") || line.endsWith("="))
            .findFirst()
            .filter(line -> !line.endsWith("{}"))
            .isPresent();
  }

  private static boolean isClassWithTests(List<String> lines) {
    return CLASS.matcher(lines.get(0)).matches()
        && IntStream.range(0, lines.size()).anyMatch(i -> isTest(lines.subList(i, lines.size())));
  }

  private static String lines(Map<String, String> tests) {
    return tests.entrySet().stream().map(Object::toString).collect(Collectors.joining("\n"));
  }
}

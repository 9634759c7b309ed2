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
 * Attacks and bugs that broke other implementations, and the tests that show that this one
 * withstands them. The Javadoc of each such test, or of its class, names the id of the threat,
 * followed by a colon.
 */
class ThreatsTest {
  private static final Path TESTS = Path.of("src", "test", "java", "wscope");
  private static final Pattern ID = Pattern.compile("\\bS\\d+(?=[:,])");
  private static final Pattern JAVADOC = Pattern.compile(" *(/\\*)?\\* ");

  /** The beginnings of formatted lines: of a class, a test, a declaration. */
  private static final Pattern CLASS = Pattern.compile("(@|(final )?class ).*");

  private static final Pattern TEST =
      Pattern.compile(" {2}@(Test|ParameterizedTest|RepeatedTest|ArchTest)\\b.*");
  private static final Pattern DECLARATION = Pattern.compile(" {2}[a-z].*");

  /**
   * A way to break an implementation.
   *
   * @param tests the test classes that name its id
   */
  private record Threat(String id, String what, List<String> tests) {}

  private static final List<Threat> THREATS =
      List.of(
          threat(
              "S1",
              "A declared length is trusted: it allocates memory, or delays the check of the opcode.",
              "DecodeMemoryTest, HostileClientsIT, HostileLengthTest,"
                  + " HostileRequestsTest, JarIT, LinearFinderTest, PayloadBufferTest, ServerTest"),
          threat(
              "S2",
              "64-bit lengths become negative or overflow, alone or when added.",
              "FrameDecoderTest, FrameVectorsTest, LongPayloadTest, ServerTest"),
          threat(
              "S3",
              "An invalid length, or the end of TCP at any byte, causes an endless loop.",
              "ClientVectorsTest, HostileRequestsTest, ServerTest, SessionTest, TlsLinkTest"),
          threat(
              "S4",
              "An endless series of empty or tiny fragments takes more memory than their bytes.",
              "DefaultLimitsTest, HostileClientsIT, SessionTest"),
          threat(
              "S5",
              "Long input takes quadratic time or recurses deeply.",
              "LinearDecodeTest, LinearTimeTest, ManyFramesTest, QueryParametersTest,"
                  + " RandomTextTest"),
          threat(
              "S6",
              "A compressed message inflates to a thousand times its size before a limit applies.",
              "BehaviourHandlerTest, DecodeMemoryTest, DefaultLimitsTest, HostileClientsIT,"
                  + " MessageInflaterTest, SessionDeflateTest"),
          threat(
              "S7",
              "A client sends but does not read, so unsent output grows without limit.",
              "BehaviourHandlerTest, ConnectTest, EventFeedTest, HostileClientsIT,"
                  + " HostileProxyTest, LinkLimitsTest, ServerTest, StalledReadersIT,"
                  + " TlsLinkTest"),
          threat(
              "S8",
              "Closed connections leak buffers, inflaters, deadlines or file descriptors.",
              "DeadlinesTest, ManyFramesTest, MessageInflaterTest, PayloadBufferTest,"
                  + " ProxySoakIT, ServerTest, SoakIT"),
          threat(
              "S9",
              "Header fields are endless in number or length, or requests never end.",
              "DefaultLimitsTest, HostileProxyTest, HostileRequestsTest,"
                  + " RequestVectorsTest, ServerTest, SessionTest"),
          threat(
              "S10",
              "A slow client keeps a handshake open forever. An open WebSocket may stay idle: people"
                  + " debug by hand, and the number of connections is limited.",
              "HostileProxyTest, HostileRequestsTest, ServerTest, TlsServerTest"),
          threat(
              "S11",
              "Unexpected spaces, quotes, names or bytes make a parser slow or fail.",
              "ArchitectureTest, BoundedPatternTest, HostileFieldsTest, LinearTimeTest,"
                  + " QueryParametersTest"),
          threat(
              "S12",
              "Client input injects a line into the response, or opens a connection that must not open.",
              "BodyEndTest, HostileRequestsTest, PlainResponsesTest, PolicyTest,"
                  + " RequestVectorsTest, ServeOptionsTest"),
          threat(
              "S13",
              "A page of another site connects and receives messages of other clients.",
              "HostileProxyTest, PolicyTest, ServerPolicyTest, WatchersOfAllTest,"
                  + " WatchersTest"),
          threat(
              "S14",
              "DNS rebinding, or a port open to all machines, lets strangers in.",
              "HostileProxyTest, PolicyTest, ServeOptionsTest, ServerPolicyTest," + " WscopeTest"),
          threat(
              "S15",
              "Text from the wire controls the terminal.",
              "DecodeScreenTest, EncodeCommandTest, HostileTextTest, JsonReportTest,"
                  + " SafeTextTest, ScreenTest, TextPrinterTest, WscopeTest"),
          threat(
              "S16",
              "Text from the wire forges a line of output, or breaks the JSON.",
              "HostileTextTest, JsonReportTest, SafeTextTest"),
          threat(
              "S17",
              "A name from the wire reads or replaces a file.",
              "ArchitectureTest, ReadyRepliesTest, RecordingTest, ReplyScriptTest"),
          threat(
              "S18",
              "An old version of TLS is accepted, or a certificate is trusted without a check.",
              "ArchitectureTest, TlsConnectTest, TlsLinkTest"),
          threat(
              "S19",
              "A message sent while a connection closes is lost, or reaches another client.",
              "ClientIsolationIT, ClientIsolationTest, SessionDeflateTest"),
          threat(
              "S20",
              "A client can read bytes or passwords of another.",
              "BehaviourHandlerTest, ClientIsolationTest, MessageInflaterTest, PayloadBufferTest,"
                  + " PolicyTest, ServeOptionsTest, ServerPolicyTest"),
          threat(
              "S21",
              "Parameters at or beyond the limits of their grammar cause an exception.",
              "DeflateNegotiationTest, HostileFieldsTest, RequestVectorsTest,"
                  + " ResponseVectorsTest"),
          threat(
              "S22",
              "Connections or messages start threads without limit.",
              "HostileClientsIT, HostileRequestsTest, ServerTest"),
          threat(
              "S23",
              "A proxy reads what it was not asked to read, or others can read its key.",
              "ForwardOptionsTest, ForwardTest, HostNamesTest, LocalAuthorityTest"),
          threat(
              "S24",
              "A ClientHello has lengths beyond its end, or never ends.",
              "ClientHelloTest"));

  private static Threat threat(String id, String what, String tests) {
    return new Threat(id, what, List.of(tests.split(", ")));
  }

  @Test
  void everyThreatHasItsTests() throws IOException {
    Map<String, String> listed = new TreeMap<>();
    THREATS.forEach(threat -> listed.put(threat.id(), String.join(", ", threat.tests())));
    assertEquals(lines(listed), lines(named()));
  }

  @Test
  void idsAreConsecutive() {
    List<String> expected =
        IntStream.rangeClosed(1, THREATS.size()).mapToObj(number -> "S" + number).toList();
    assertEquals(expected, THREATS.stream().map(Threat::id).toList());
  }

  /** The classes that name a threat, by the id of the threat. */
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

  /** The ids in a file. Each must be in the Javadoc of a test that is not empty, or of a class. */
  private static List<String> ids(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file, UTF_8);
    List<String> ids = new ArrayList<>();
    boolean tested = true;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      String place = file + " " + (i + 1);
      if (ID.matcher(line).find()) {
        assertTrue(JAVADOC.matcher(line).lookingAt(), place);
        ID.matcher(line).results().map(MatchResult::group).forEach(ids::add);
        tested = false;
      }
      if (!tested && line.endsWith("*/")) {
        List<String> rest = lines.subList(i + 1, lines.size());
        assertTrue(isTest(rest) || isClassWithTests(rest), place);
        tested = true;
      }
    }
    return ids;
  }

  /** Whether a test that is not empty begins at the first line. */
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

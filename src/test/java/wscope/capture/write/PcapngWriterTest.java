package wscope.capture.write;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.protocol.Vectors;
import wscope.protocol.event.Event;
import wscope.protocol.event.TransportEnd;
import wscope.protocol.event.TransportEnd.Manner;
import wscope.protocol.rule.Endpoint;

/** The packets hold exactly the bytes on the wire. */
class PcapngWriterTest {
  private static final TransportEnd FIN = new TransportEnd(Endpoint.CLIENT, Manner.FIN);

  private final WrittenSession.MemoryFile file = new WrittenSession.MemoryFile();
  private final WrittenSession.Clock clock = new WrittenSession.Clock();
  private final PcapngWriter writer = new PcapngWriter(file, "wscope 1", clock, false);

  static Stream<Arguments> sessions() {
    return Vectors.arguments("sessions.csv");
  }

  /** What a server does not read after a broken rule is not in the file. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("sessions")
  void holdsTheBytesOfBothEnds(String name, Vectors.Row row) throws Exception {
    ByteArrayOutputStream client = new ByteArrayOutputStream();
    client.writeBytes((WrittenSession.REQUEST + "\r\n").getBytes(ISO_8859_1));
    client.writeBytes(Vectors.bytes(row.cell("in")));
    check(client.toByteArray());
  }

  @ParameterizedTest
  @CsvSource({
    // RFC 7692 §7.2.3.1, masked with the key of RFC 6455 §5.7, in two fragments.
    "'Sec-WebSocket-Extensions: permessage-deflate', 4183 37fa213d c5b2ec 8084 37fa213d fe33263d",
    "'Sec-WebSocket-Protocol: chat', 8900",
  })
  void holdsCompressedMessages(String field, String frames) throws Exception {
    ByteArrayOutputStream client = new ByteArrayOutputStream();
    client.writeBytes((WrittenSession.REQUEST + field + "\r\n\r\n").getBytes(ISO_8859_1));
    client.writeBytes(Vectors.bytes(frames));
    check(client.toByteArray());
  }

  @ParameterizedTest
  @CsvSource({
    "GET /page HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n",
    "GET /page HTTP/1.1\\r\\nHo",
    "BREW\\000",
  })
  void holdsWhatOpensNoWebSocket(String request) throws Exception {
    check(request.translateEscapes().getBytes(ISO_8859_1));
  }

  private void check(byte[] client) throws Exception {
    WrittenSession session = session(1);
    session.feed(client);
    boolean isOpen = session.isOpen();
    session.disconnect(FIN);
    WrittenPackets read = new WrittenPackets(file.bytes);
    byte[] sent = read.streams.get("192.0.2.5 52100").toByteArray();
    assertArrayEquals(isOpen ? client : Arrays.copyOf(client, sent.length), sent);
    assertArrayEquals(session.sent.toByteArray(), read.streams.get("192.0.2.1 8080").toByteArray());
  }

  private WrittenSession session(long number) {
    return new WrittenSession(writer, clock, number, "192.0.2.1", "192.0.2.5");
  }

  @Test
  void namesItselfAndTheTimesInNanoseconds() throws Exception {
    WrittenSession session = session(7);
    session.feed((WrittenSession.REQUEST + "\r\n").getBytes(ISO_8859_1));
    session.feed(Vectors.bytes("8185 37fa213d 7f9f4d5158"));
    session.disconnect(FIN);
    WrittenPackets read = new WrittenPackets(file.bytes);
    assertEquals("wscope 1", read.texts.get("0/4"));
    assertTrue(read.texts.get("0/1").contains("without TLS"));
    assertEquals("wscope", read.texts.get("1/2"));
    assertEquals("9", read.texts.get("1/9"), "nanoseconds");
    assertEquals("connection #7", read.texts.get("2/1"));
    assertEquals("1", read.texts.get("2/2"), "inbound");
    assertEquals("2", read.texts.get("3/2"), "outbound");
    String request = (WrittenSession.REQUEST + "\r\n").length() + "";
    String client = "192.0.2.5 52100 > 192.0.2.1 8080";
    String server = "192.0.2.1 8080 > 192.0.2.5 52100";
    assertEquals(
        List.of(
            client + " SYN",
            server + " SYN ACK",
            client + " ACK",
            client + " PSH ACK " + request,
            server + " PSH ACK 129",
            client + " PSH ACK 11",
            server + " PSH ACK 7",
            client + " FIN ACK",
            server + " FIN ACK",
            client + " ACK"),
        read.packets);
    long start = 1_795_867_200_000_001_000L;
    long second = start + 1_000_000;
    assertEquals(
        List.of(
            start,
            start,
            start,
            second,
            second,
            second + 1_000_000,
            second + 1_000_000,
            second + 2_000_000,
            second + 2_000_000,
            second + 2_000_000),
        read.times);
  }

  /** Long messages are cut into segments. */
  @ParameterizedTest
  @CsvSource({"192.0.2.1, 192.0.2.5, 1460", "2001:db8::1, 2001:db8::5, 1440"})
  void cutsLongMessages(String server, String client, int longest) throws Exception {
    WrittenSession one = new WrittenSession(writer, clock, 1, server, client);
    one.feed((WrittenSession.REQUEST + "\r\n").getBytes(ISO_8859_1));
    one.feed(Vectors.bytes("82feffff 00000000 (61*65535)"));
    one.disconnect(new TransportEnd(Endpoint.SERVER, Manner.RESET));
    WrittenPackets read = new WrittenPackets(file.bytes);
    assertEquals(2, read.streams.size());
    for (ByteArrayOutputStream stream : read.streams.values()) {
      assertTrue(stream.toString(UTF_8).endsWith("a".repeat(65535)));
    }
    long full = read.packets.stream().filter(packet -> packet.endsWith(" " + longest)).count();
    assertEquals(2L * (65539 / longest), full);
    assertTrue(read.packets.get(read.packets.size() - 1).endsWith(" RST ACK"));
  }

  @ParameterizedTest
  @CsvSource({
    "CLIENT, FIN, 52100 FIN ACK|8080 FIN ACK|52100 ACK, ''",
    "SERVER, FIN, 8080 FIN ACK|52100 FIN ACK|8080 ACK, ''",
    "CLIENT, RESET, 52100 RST ACK, ''",
    "SERVER, DROP, 8080 RST ACK, wscope reset the connection on request",
    "SERVER, DEADLINE, 8080 FIN ACK, wscope closed the connection because a deadline passed",
    "SERVER, ABORT, 8080 FIN ACK, wscope closed the connection at once",
  })
  void endsAsTheConnectionDid(Endpoint by, Manner manner, String packets, String comment)
      throws Exception {
    WrittenSession session = session(1);
    session.disconnect(new TransportEnd(by, manner));
    WrittenPackets read = new WrittenPackets(file.bytes);
    List<String> ends =
        read.packets.subList(3, read.packets.size()).stream()
            .map(packet -> packet.replaceAll("^\\S+ (\\S+) > \\S+ \\S+", "$1"))
            .toList();
    assertEquals(List.of(packets.split("\\|")), ends);
    assertEquals(comment, read.texts.getOrDefault("5/1", ""));
  }

  /** The packets of several connections are in the order of the events. */
  @Test
  void keepsConnectionsApart() throws Exception {
    WrittenSession one = session(1);
    WrittenSession two = new WrittenSession(writer, clock, 2, "192.0.2.1", "192.0.2.6");
    byte[] request = (WrittenSession.REQUEST + "\r\n").getBytes(ISO_8859_1);
    two.feed(request);
    one.feed(request);
    one.disconnect(FIN);
    writer.close();
    WrittenPackets read = new WrittenPackets(file.bytes);
    assertArrayEquals(request, read.streams.get("192.0.2.6 52100").toByteArray());
    assertArrayEquals(request, read.streams.get("192.0.2.5 52100").toByteArray());
  }

  @Test
  void standsInForUnixDomainSockets() throws Exception {
    Event.Address socket = new Event.Address.Unix("/tmp/socket");
    writer.connection(Endpoint.CLIENT, 3).event(new Event.Connected(socket, socket, 2_000));
    writer.close();
    WrittenPackets read = new WrittenPackets(file.bytes);
    assertEquals("0.0.0.0 49155 > 0.0.0.0 80 SYN", read.packets.get(0));
    assertEquals(2_000, read.times.get(1) - read.times.get(0));
    assertEquals(
        "connection #3 of a Unix domain socket; the addresses stand for it", read.texts.get("2/1"));
  }

  @Test
  void writesNothingBeforeTheFirstEvent() {
    writer.close();
    assertEquals(0, file.appends);
  }
}

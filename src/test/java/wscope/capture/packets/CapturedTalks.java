package wscope.capture.packets;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import wscope.capture.tls.TlsTalk;
import wscope.packet.TcpStreams;
import wscope.protocol.Vectors;

/** Captures for tests of other packages. */
public final class CapturedTalks {
  private static final int MICROSECONDS = 0xa1b2c3d4;

  private CapturedTalks() {}

  /** A WebSocket that closes, and one whose client breaks a rule and resets TCP. */
  public static byte[] two() {
    Talk first = new Talk(1000, 7).upgrade().clientFrames("8185 37fa213d 7f9f4d5158");
    first.serverFrames("8802 03e8").clientFrames("8882 00000000 03e8").end(false).end(true);
    Talk second = new Talk(1001, 7).upgrade().clientFrames("8105 48656c6c6f").reset(true);
    List<byte[]> packets = new ArrayList<>(first.packets);
    packets.addAll(second.packets);
    return pcap(packets);
  }

  /** A WebSocket of which some bytes of the client are missing. */
  public static byte[] gap() {
    Talk talk = new Talk(1000, 7).upgrade().lostFromClient(7).clientFrames("8180 00000000");
    return pcap(talk.serverFrames("8802 03e8").end(false).packets);
  }

  /** A WebSocket whose server retransmits two bytes of a text as others. */
  public static byte[] differing() {
    Talk talk = new Talk(1000, 7).upgrade().serverFrames("8105 48656c6c6f");
    talk.serverAgain(Vectors.bytes("8105 48656c7070")).serverFrames("8802 03e8").end(false);
    return pcap(talk.packets);
  }

  /** A WebSocket that closes, of which the capture has only what one end sent. */
  public static byte[] oneDirection(boolean ofClient) {
    Talk talk = new Talk(1000, 7).upgrade().clientFrames("8185 37fa213d 7f9f4d5158");
    talk.serverFrames("8802 03e8").clientFrames("8882 00000000 03e8").end(false).end(true);
    // The last byte of the source address.
    return pcap(talk.packets.stream().filter(each -> each[15] == (ofClient ? 1 : 2)).toList());
  }

  /** A WebSocket whose client sends a path with a byte that it had to encode. */
  public static byte[] withUnencodedPath() {
    Talk talk = new Talk(1000, 7).open().client(Talk.REQUEST.replace("/chat", "/\u00fc"));
    talk.server(Talk.RESPONSE).clientFrames("8185 37fa213d 7f9f4d5158");
    return pcap(talk.serverFrames("8802 03e8").end(false).packets);
  }

  /** A WebSocket of which the FIN of the server is missing, but not its acknowledgment. */
  public static byte[] withoutFin() {
    return pcap(new Talk(1000, 7).upgrade().end(false).lost().end(true).packets);
  }

  /**
   * Three WebSockets that do not end: another connection of the same endpoints follows the first,
   * so many others the second that it is given up, and the third is open at the end.
   */
  public static byte[] unended() {
    List<byte[]> packets = new ArrayList<>(new Talk(1000, 7).upgrade().packets);
    packets.addAll(new Talk(1000, 5000).open().end(true).end(false).packets);
    packets.addAll(new Talk(1001, 7).upgrade().packets);
    for (int i = 0; i < TcpStreams.CONNECTIONS - 1; i++) {
      packets.add(new Talk(2000 + i, 7).open().packets.get(0));
    }
    packets.addAll(new Talk(1002, 7).upgrade().packets);
    return pcap(packets);
  }

  /** A connection with TLS. */
  public static byte[] tls() {
    Talk talk =
        new Talk()
            .open()
            .client("\u0016\u0003\u0001\0\u0001a")
            .server("\u0016\u0003\u0003\0\u0001b");
    return pcap(talk.end(true).end(false).packets);
  }

  /** A WebSocket in TLS that closes. */
  public static TlsTalk wss(int suite) {
    TlsTalk talk = new TlsTalk(new Random(3), suite).open("a.test", "http/1.1");
    talk.data(true, Talk.REQUEST.getBytes(StandardCharsets.ISO_8859_1));
    talk.data(false, Talk.RESPONSE.getBytes(StandardCharsets.ISO_8859_1));
    talk.data(true, Vectors.bytes("8185 37fa213d 7f9f4d5158"));
    talk.data(false, Vectors.bytes("8802 03e8"));
    return talk.data(true, Vectors.bytes("8882 00000000 03e8"));
  }

  /** The same in a tunnel through a proxy, which wants credentials first. */
  public static TlsTalk tunnelled(TlsTalk talk) {
    String request = "CONNECT a.test:443 HTTP/1.1\r\nHost: a.test:443\r\n\r\n";
    String rejected = "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 3\r\n\r\nno!";
    List<TlsTalk.Sent> heads = new ArrayList<>();
    for (String head : List.of(request, rejected, request, "HTTP/1.1 200 OK\r\n\r\n")) {
      boolean byClient = head.startsWith("CONNECT");
      heads.add(new TlsTalk.Sent(byClient, head.getBytes(StandardCharsets.ISO_8859_1)));
    }
    talk.sent.addAll(0, heads);
    return talk;
  }

  /** The same with the key log in front, as editcap --inject-secrets writes it. */
  public static byte[] withSecrets(ByteOrder order, TlsTalk talk) {
    String log = String.join("\n", talk.keyLog) + "\n";
    byte[] secrets = log.getBytes(StandardCharsets.ISO_8859_1);
    CaptureBytes file = new CaptureBytes(order).section();
    file.captureInterface(101, 0, new CaptureBytes(order));
    file.block(10, new CaptureBytes(order).ints(0x57474b4c, 3).padded(new byte[3]));
    file.block(10, new CaptureBytes(order).ints(0x544c534b, secrets.length).padded(secrets));
    packets(List.of(talk.sent)).forEach(packet -> file.enhanced(0, 5, packet, packet.length));
    return file.bytes();
  }

  /**
   * Connections to port 80, one after the other.
   *
   * @param connections what was sent, in order; each is a packet
   */
  public static byte[] of(List<List<TlsTalk.Sent>> connections) {
    return pcap(packets(connections));
  }

  /** The packets of a connection, without a file. */
  public static List<byte[]> packetsOf(TlsTalk talk) {
    return packets(List.of(talk.sent));
  }

  /** A file with packets. */
  public static byte[] ofPackets(List<byte[]> packets) {
    return pcap(packets);
  }

  private static List<byte[]> packets(List<List<TlsTalk.Sent>> connections) {
    List<byte[]> packets = new ArrayList<>();
    int port = 1000;
    for (List<TlsTalk.Sent> connection : connections) {
      Talk talk = new Talk(port++, 7).open();
      for (TlsTalk.Sent sent : connection) {
        Talk next = sent.byClient() ? talk.client(sent.bytes()) : talk.server(sent.bytes());
        packets.addAll(next.packets);
        next.packets.clear();
      }
      packets.addAll(talk.end(false).end(true).packets);
    }
    return packets;
  }

  private static byte[] pcap(List<byte[]> packets) {
    return CaptureBytes.pcap(ByteOrder.LITTLE_ENDIAN, MICROSECONDS, 101, packets);
  }

  /** The offset after so many packets of one of these files. */
  public static int endOfPacket(byte[] file, int count) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int at = 24;
    for (int i = 0; i < count; i++) {
      at += 16 + bytes.getInt(at + 8);
    }
    return at;
  }
}

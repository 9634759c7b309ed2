package wscope.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;

class ClientHelloTest {
  private static final ClientHello SILENT = new ClientHello(null, List.of());

  /** A message with two extensions, written by hand from RFC 8446 §4.1.2. */
  private static final String BODY =
      "0303"
          + "00".repeat(32) // random
          + "00" // no session ID
          + "0002 1301" // one cipher suite
          + "0100" // no compression
          + "0020" // extensions
          + "0000 000a 0008 00 0005 612e6578 61" // server_name: a.exa
          + "0010 000e 000c 02 6832 08 687474702f312e31"; // ALPN: h2, http/1.1

  @Test
  void readsTheServerNameAndTheProtocols() {
    ClientHello expected = new ClientHello("a.exa", List.of("h2", "http/1.1"));
    assertEquals(expected, ClientHello.read(ByteBuffer.wrap(record(message(BODY)))));
  }

  @Test
  void readsWhatTheJdkSends() throws Exception {
    byte[] hello = ofJdk("server.example", "http/1.1");
    assertEquals(
        new ClientHello("server.example", List.of("http/1.1")),
        ClientHello.read(ByteBuffer.wrap(hello)));
  }

  @Test
  void readsNothingFromASilentOne() throws Exception {
    assertEquals(SILENT, ClientHello.read(ByteBuffer.wrap(ofJdk(null))));
    String short10 = "0303" + "00".repeat(32) + "00" + "0002 1301" + "0100";
    assertEquals(SILENT, ClientHello.read(ByteBuffer.wrap(record(message(short10)))));
  }

  @Test
  void waitsForItsLastByteAndConsumesNothing() throws Exception {
    byte[] hello = ofJdk("server.example", "h2", "http/1.1");
    for (int length = 0; length < hello.length; length++) {
      ByteBuffer part = ByteBuffer.wrap(hello, 0, length);
      assertNull(ClientHello.read(part));
      assertEquals(0, part.position());
    }
    byte[] longer = Arrays.copyOf(hello, hello.length + 100);
    assertEquals(
        new ClientHello("server.example", List.of("h2", "http/1.1")),
        ClientHello.read(ByteBuffer.wrap(longer)));
  }

  /** A message may be spread over records of any length (RFC 8446 §5.1). */
  @Test
  void joinsRecords() {
    byte[] message = message(BODY);
    ClientHello expected = new ClientHello("a.exa", List.of("h2", "http/1.1"));
    for (int size = 1; size < message.length; size++) {
      ByteArrayOutputStream records = new ByteArrayOutputStream();
      for (int at = 0; at < message.length; at += size) {
        int end = Math.min(message.length, at + size);
        records.writeBytes(record(Arrays.copyOfRange(message, at, end)));
      }
      assertEquals(expected, ClientHello.read(ByteBuffer.wrap(records.toByteArray())));
    }
  }

  /** S24: whatever its lengths say, nothing is read beyond it. */
  @Test
  void survivesAnyByte() {
    byte[] record = record(message(BODY));
    for (int at = 5; at < record.length; at++) {
      for (int value = 0; value < 256; value += 5) {
        byte[] changed = record.clone();
        changed[at] = (byte) value;
        ClientHello.read(ByteBuffer.wrap(changed));
      }
    }
    assertEquals(
        SILENT,
        ClientHello.read(ByteBuffer.wrap(HexFormat.of().parseHex("1603010004" + "02000000"))));
    assertEquals(
        SILENT,
        ClientHello.read(ByteBuffer.wrap(HexFormat.of().parseHex("1503010004" + "01000000"))));
  }

  /** S24: a message that needs more bytes than the bound says nothing; before that, it may come. */
  @Test
  void givesUpAfterManyBytes() {
    byte[] huge = new byte[ClientHello.MOST_BYTES];
    System.arraycopy(HexFormat.of().parseHex("160301ffff01ffffff"), 0, huge, 0, 9);
    assertNull(ClientHello.read(ByteBuffer.wrap(huge, 0, huge.length - 1)));
    assertEquals(SILENT, ClientHello.read(ByteBuffer.wrap(huge)));
  }

  private static byte[] message(String body) {
    byte[] bytes = HexFormat.of().parseHex(body.replace(" ", ""));
    return ByteBuffer.allocate(bytes.length + 4).putInt(1 << 24 | bytes.length).put(bytes).array();
  }

  private static byte[] record(byte[] part) {
    return ByteBuffer.allocate(part.length + 5)
        .put((byte) 22)
        .putShort((short) 0x0301)
        .putShort((short) part.length)
        .put(part)
        .array();
  }

  private static byte[] ofJdk(String host, String... protocols) throws Exception {
    SSLEngine engine = SSLContext.getDefault().createSSLEngine();
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    if (host != null) {
      parameters.setServerNames(List.of(new SNIHostName(host)));
    }
    parameters.setApplicationProtocols(protocols);
    engine.setSSLParameters(parameters);
    ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), out);
    return Arrays.copyOf(out.array(), out.position());
  }
}

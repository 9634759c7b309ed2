package wscope.interop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** tcpdump on the loopback interface, which needs root. */
final class LoopbackCapture implements AutoCloseable {
  /** The payload of a packet that follows all that was to be captured. */
  private static final String LAST = "the last packet of this capture";

  private final Process tcpdump;
  private final int port;

  /** Captures what is sent from and to these ports, from now on. */
  LoopbackCapture(int... ports) throws IOException {
    Tool.onPath("tcpdump");
    port = ports[0];
    String filter =
        IntStream.of(ports).mapToObj(each -> "port " + each).collect(Collectors.joining(" or "));
    List<String> command = new ArrayList<>(List.of("tcpdump", "-i", "lo", "-w", "-", "-U"));
    // In this mode, the kernel's buffer has a slot of the snap length for each packet. Without
    // many slots, it would drop packets while tcpdump waits for a processor.
    command.addAll(List.of("--immediate-mode", "-s", "70000", "-B", "65536", filter));
    tcpdump = new ProcessBuilder(command).start();
    BufferedReader messages = tcpdump.errorReader(UTF_8);
    String line = "";
    while (!line.contains("listening on")) {
      line = messages.readLine();
      assertNotNull(line, "tcpdump ended; it needs root");
    }
  }

  /** Writes all packets so far to a file. */
  Path write(Path file) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      byte[] last = LAST.getBytes(US_ASCII);
      socket.send(new DatagramPacket(last, last.length, InetAddress.getLoopbackAddress(), port));
    }
    ByteArrayOutputStream packets = new ByteArrayOutputStream();
    InputStream in = tcpdump.getInputStream();
    byte[] piece = new byte[1 << 16];
    while (!packets.toString(US_ASCII).endsWith(LAST)) {
      int count = in.read(piece);
      assertTrue(count > 0, "tcpdump ended");
      packets.write(piece, 0, count);
    }
    return Files.write(file, packets.toByteArray());
  }

  @Override
  public void close() {
    tcpdump.destroy();
  }
}

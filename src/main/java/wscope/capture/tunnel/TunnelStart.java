package wscope.capture.tunnel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import wscope.packet.TcpEndpoint;

/**
 * The first bytes of a connection, until they show whether it is a tunnel. A proxy may reject a
 * request, and the client repeat it with credentials.
 */
final class TunnelStart {
  /** The number of bytes of an endpoint that are held. */
  static final int MOST = 16 << 10;

  private static final String METHOD = "CONNECT ";
  private static final String VERSION = "HTTP/1.";
  private static final String HEAD_END = "\r\n\r\n";

  /** Where the status begins, as in HTTP/1.1 200. */
  private static final int STATUS = 9;

  private static final int LONGEST_TARGET = 255;

  /** What the bytes are. */
  enum Found {
    TUNNEL,
    UNCLEAR,
    OTHER
  }

  private @Nullable TcpEndpoint client;
  private @Nullable TcpEndpoint proxy;
  private byte[] request = {};
  private byte[] response = {};
  private boolean rejected;
  private String target = "";

  /** How many bytes are held. */
  int size() {
    return request.length + response.length;
  }

  /** The target of the request that opened the tunnel. */
  String target() {
    return target;
  }

  /** Adds the next bytes of an endpoint. */
  Found add(TcpEndpoint sender, ByteBuffer bytes) {
    if (client == null || sender.equals(client)) {
      client = sender;
      boolean repeated = rejected && begins(array(bytes), METHOD);
      if (repeated) {
        request = new byte[0];
        response = new byte[0];
        rejected = false;
      }
      request = joined(request, bytes);
    } else if (!rejected) {
      proxy = sender;
      response = joined(response, bytes);
    }
    return rejected && sender.equals(client) ? Found.OTHER : found();
  }

  private Found found() {
    if (!begins(request, METHOD) || request.length > MOST || response.length > MOST) {
      return Found.OTHER;
    }
    int end = text(request).indexOf(HEAD_END);
    int answered = text(response).indexOf(HEAD_END);
    if (rejected || (response.length == 0 && end < 0)) {
      return Found.UNCLEAR;
    }
    if (end < 0 || !begins(response, VERSION)) {
      return Found.OTHER;
    }
    return answered < 0 ? Found.UNCLEAR : answered(end, answered);
  }

  /** Both heads are there. */
  private Found answered(int end, int answered) {
    byte[] rest = rest(response, answered);
    char status = text(response).charAt(STATUS);
    if (status == '1') {
      // An interim response; the final one follows.
      response = rest;
      return found();
    }
    if (status != '2') {
      // What follows the head is its content.
      response = Arrays.copyOf(response, answered + HEAD_END.length());
      rejected = true;
      return Found.UNCLEAR;
    }
    String line = text(request).lines().findFirst().orElse("");
    String[] words = line.split(" ", -1);
    target = words[1].length() > LONGEST_TARGET ? words[1].substring(0, LONGEST_TARGET) : words[1];
    request = rest(request, end);
    response = rest;
    return Found.TUNNEL;
  }

  /** Passes on what is held: what is inside the tunnel, or everything if it is none. */
  void pass(BiConsumer<TcpEndpoint, ByteBuffer> next) {
    if (client != null && request.length > 0) {
      next.accept(client, ByteBuffer.wrap(request));
    }
    if (proxy != null && response.length > 0) {
      next.accept(proxy, ByteBuffer.wrap(response));
    }
  }

  /** Whether bytes begin with a text, as far as they go. */
  private static boolean begins(byte[] bytes, String start) {
    int length = Math.min(bytes.length, start.length());
    return start.startsWith(new String(bytes, 0, length, ISO_8859_1));
  }

  private static byte[] rest(byte[] bytes, int head) {
    return Arrays.copyOfRange(bytes, head + HEAD_END.length(), bytes.length);
  }

  private static byte[] joined(byte[] first, ByteBuffer more) {
    byte[] all = Arrays.copyOf(first, first.length + more.remaining());
    more.get(all, first.length, more.remaining());
    return all;
  }

  private static byte[] array(ByteBuffer bytes) {
    byte[] array = new byte[bytes.remaining()];
    bytes.get(bytes.position(), array);
    return array;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }
}

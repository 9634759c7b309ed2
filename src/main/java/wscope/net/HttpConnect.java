package wscope.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Opens a tunnel through an HTTP proxy (RFC 9110 §9.3.6). */
final class HttpConnect implements ProxyDialogue {
  private static final int LONGEST_HEAD = 16 << 10;
  private static final int LONGEST_LINE = 100;

  /** The index after the status in a status line such as HTTP/1.1 200 OK. */
  private static final int AFTER_STATUS = 12;

  private final Tunnel tunnel;
  private final StringBuilder head = new StringBuilder();
  private boolean done;

  HttpConnect(Tunnel tunnel) {
    this.tunnel = tunnel;
  }

  @Override
  public ByteBuffer first() {
    String authority = tunnel.authority();
    StringBuilder request = new StringBuilder(256);
    request.append("CONNECT ").append(authority).append(" HTTP/1.1\r\nHost: ").append(authority);
    String credentials = tunnel.credentials();
    if (credentials != null) {
      request.append("\r\nProxy-Authorization: Basic ");
      request.append(Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)));
    }
    return ISO_8859_1.encode(request.append("\r\n\r\n").toString());
  }

  @Override
  public @Nullable ByteBuffer take(byte b) throws ProxyFailure {
    head.append((char) (b & 0xff));
    if (head.length() > LONGEST_HEAD) {
      throw new ProxyFailure("the response of the proxy has no end");
    }
    int length = head.length();
    if (b == '\n' && (endsWith("\r\n\r\n", length) || endsWith("\n\n", length))) {
      checkStatus();
      done = true;
    }
    return null;
  }

  private boolean endsWith(String end, int length) {
    return length >= end.length() && head.indexOf(end, length - end.length()) >= 0;
  }

  private void checkStatus() throws ProxyFailure {
    String line = head.substring(0, Math.min(head.indexOf("\n"), LONGEST_LINE)).stripTrailing();
    boolean http = line.startsWith("HTTP/1.") && line.length() >= AFTER_STATUS;
    if (!http) {
      throw new ProxyFailure("the proxy does not speak HTTP: " + line);
    }
    if (line.charAt(AFTER_STATUS - 3) != '2') {
      throw new ProxyFailure(
          "the proxy rejects the connection to "
              + tunnel.authority()
              + ": "
              + line.substring(AFTER_STATUS - 3));
    }
  }

  @Override
  public boolean isDone() {
    return done;
  }
}

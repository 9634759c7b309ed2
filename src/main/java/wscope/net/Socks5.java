package wscope.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens a tunnel through a SOCKS proxy (RFC 1928, RFC 1929). The proxy resolves names. */
final class Socks5 implements ProxyDialogue {
  private static final byte VERSION = 5;
  private static final byte NO_AUTHENTICATION = 0;
  private static final byte PASSWORD = 2;
  private static final byte CONNECT = 1;
  private static final byte IPV4 = 1;
  private static final byte NAME = 3;
  private static final byte IPV6 = 4;
  private static final int LONGEST = 255;
  private static final int REPLY_START = 5;

  /** The meanings of the codes of RFC 1928 §6, from 1. */
  private static final List<String> REASONS =
      List.of(
          "general failure",
          "not allowed by its rules",
          "network unreachable",
          "host unreachable",
          "connection refused",
          "time to live expired",
          "command not supported",
          "address type not supported");

  private enum Stage {
    METHOD,
    AUTHENTICATION,
    REPLY,
    DONE
  }

  private final Tunnel tunnel;
  private final ByteBuffer received = ByteBuffer.allocate(LONGEST + 7);
  private Stage stage = Stage.METHOD;

  Socks5(Tunnel tunnel) {
    this.tunnel = tunnel;
  }

  @Override
  public ByteBuffer first() {
    return tunnel.credentials() == null
        ? ByteBuffer.wrap(new byte[] {VERSION, 1, NO_AUTHENTICATION})
        : ByteBuffer.wrap(new byte[] {VERSION, 2, NO_AUTHENTICATION, PASSWORD});
  }

  @Override
  public @Nullable ByteBuffer take(byte b) throws ProxyFailure {
    received.put(b);
    if (stage != Stage.AUTHENTICATION && received.get(0) != VERSION) {
      throw new ProxyFailure("the proxy does not speak SOCKS version 5");
    }
    if (received.position() < expected()) {
      return null;
    }
    byte code = received.get(1);
    received.clear();
    return switch (stage) {
      case METHOD -> method(code);
      case AUTHENTICATION -> {
        if (code != 0) {
          throw new ProxyFailure("the proxy does not accept the user and the password");
        }
        yield request();
      }
      case REPLY -> reply(code);
      case DONE -> null;
    };
  }

  /** The number of bytes of the current message, as far as it is known. */
  private int expected() {
    if (stage != Stage.REPLY) {
      return 2;
    }
    int length = received.position();
    if (length > 1 && received.get(1) != 0) {
      return 2;
    }
    if (length < REPLY_START) {
      return REPLY_START;
    }
    return switch (received.get(3)) {
      case IPV4 -> 10;
      case IPV6 -> 22;
      default -> REPLY_START + (received.get(4) & 0xff) + 2;
    };
  }

  private ByteBuffer method(byte chosen) throws ProxyFailure {
    if (chosen == NO_AUTHENTICATION) {
      return request();
    }
    String credentials = tunnel.credentials();
    if (chosen != PASSWORD || credentials == null) {
      throw new ProxyFailure("the proxy requires a user and a password");
    }
    int colon = credentials.indexOf(':');
    byte[] user = credentials.substring(0, colon).getBytes(UTF_8);
    byte[] password = credentials.substring(colon + 1).getBytes(UTF_8);
    if (user.length > LONGEST || password.length > LONGEST) {
      throw new ProxyFailure("SOCKS takes a user and a password of at most 255 bytes each");
    }
    stage = Stage.AUTHENTICATION;
    ByteBuffer message = ByteBuffer.allocate(3 + user.length + password.length);
    message.put((byte) 1).put((byte) user.length).put(user);
    return message.put((byte) password.length).put(password).flip();
  }

  private ByteBuffer request() throws ProxyFailure {
    byte[] name = tunnel.host().getBytes(UTF_8);
    if (name.length > LONGEST) {
      throw new ProxyFailure("SOCKS takes a name of at most 255 bytes");
    }
    stage = Stage.REPLY;
    ByteBuffer message = ByteBuffer.allocate(7 + name.length);
    message.put(VERSION).put(CONNECT).put((byte) 0).put(NAME).put((byte) name.length).put(name);
    return message.putShort((short) tunnel.port()).flip();
  }

  private @Nullable ByteBuffer reply(byte code) throws ProxyFailure {
    if (code != 0) {
      boolean known = code > 0 && code <= REASONS.size();
      throw new ProxyFailure(
          "the proxy does not connect to "
              + tunnel.authority()
              + ": "
              + (known ? REASONS.get(code - 1) : "code " + (code & 0xff)));
    }
    stage = Stage.DONE;
    return null;
  }

  @Override
  public boolean isDone() {
    return stage == Stage.DONE;
  }
}

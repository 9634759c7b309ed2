package wscope.protocol.handshake;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * The challenge of draft-hixie-thewebsocketprotocol-76 (§5.2): two keys in header fields and eight
 * bytes after the head. Each key encodes a number: the digits of the key, divided by the number of
 * its spaces.
 *
 * @param first the number of the first key, 0 to 2^32-1; -1 if the key is invalid
 * @param second the number of the second key, likewise
 * @param body the eight bytes
 */
public record Hixie76Challenge(long first, long second, ByteBuffer body) {
  /** The number of bytes that follow the head. */
  public static final int BODY_BYTES = 8;

  /** The number of bytes that follow the head of the response. */
  public static final int ANSWER_BYTES = 16;

  private static final long LARGEST = 0xffff_ffffL;

  /** Reads the challenge of a request; null if a key is missing. */
  public static @Nullable Hixie76Challenge of(RequestHead request, ByteBuffer body) {
    HeaderField key1 = request.first("Sec-WebSocket-Key1");
    HeaderField key2 = request.first("Sec-WebSocket-Key2");
    return key1 == null || key2 == null ? null : of(key1.value(), key2.value(), body);
  }

  /** Reads the values of both keys. */
  public static Hixie76Challenge of(String key1, String key2, ByteBuffer body) {
    return new Hixie76Challenge(number(key1), number(key2), body);
  }

  /** The bytes after the head, from position to limit. */
  @Override
  public ByteBuffer body() {
    return body.duplicate();
  }

  /** Whether both keys are valid. */
  public boolean isValid() {
    return first >= 0 && second >= 0;
  }

  /**
   * The 16 bytes that the server sends after its head: the MD5 hash of both numbers and the body.
   */
  public byte[] response() {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      md5.update(ByteBuffer.allocate(8).putInt((int) first).putInt((int) second).flip());
      md5.update(body.duplicate());
      return md5.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  /**
   * The number that a key encodes; -1 if the key has no space, or if the number is not divisible or
   * too large.
   */
  private static long number(String key) {
    long digits = 0;
    int spaces = 0;
    for (int at = 0; at < key.length(); at++) {
      char c = key.charAt(at);
      if (c == ' ') {
        spaces++;
      } else if (Ascii.isDigit(c)) {
        if (digits > (Long.MAX_VALUE - 9) / 10) {
          return -1;
        }
        digits = 10 * digits + c - '0';
      }
    }
    boolean divisible = spaces > 0 && digits % spaces == 0;
    return divisible && digits / spaces <= LARGEST ? digits / spaces : -1;
  }
}

package wscope.input;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Random;

/**
 * Valid streams of frames of one endpoint, as RFC 6455 §5.2 describes them, that can be recognised:
 * a text or a close code can be read, or there are several frames.
 */
final class RandomFrames {
  private static final int LONGEST_PAYLOAD = 300;

  private static final String[] WORDS =
      """
      hello world subscribe {"type":"tick"} price=101.25 Grüße привет 你好 ticker 42 ok café login \
      {"op":"ping"} room:lobby user_7 <presence/> naïve done 3.14 [1,2] quote" don't back\\slash\
      """
          .split(" ");

  private final Random random;

  RandomFrames(Random random) {
    this.random = random;
  }

  /** One to four frames. */
  byte[] next() {
    boolean masked = random.nextBoolean();
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    int count = 1 + random.nextInt(4);
    for (int left = count; left > 0; left--) {
      switch (random.nextInt(6)) {
        case 0 -> {
          if (left > 1) {
            fragmented(stream, masked);
            left--;
          } else {
            frame(stream, 0x81, text(), masked);
          }
        }
        case 1 -> frame(stream, count > 1 ? 0x82 : 0x81, count > 1 ? binary() : text(), masked);
        case 2 ->
            frame(stream, random.nextBoolean() ? 0x89 : 0x8a, control(stream.size() > 0), masked);
        case 3 -> {
          if (left == 1) {
            frame(stream, 0x88, close(), masked);
          } else {
            frame(stream, 0x81, text(), masked);
          }
        }
        default -> frame(stream, 0x81, text(), masked);
      }
    }
    return stream.toByteArray();
  }

  private void fragmented(ByteArrayOutputStream stream, boolean masked) {
    frame(stream, 0x01, text(), masked);
    frame(stream, 0x80, text(), masked);
  }

  /** Words, so that the text can be read. In hex, a shorter text may be digits without a letter. */
  private byte[] text() {
    StringBuilder text = new StringBuilder("hello ");
    int words = random.nextInt(random.nextInt(8) == 0 ? 40 : 8);
    for (int i = 0; i < words; i++) {
      text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
    }
    byte[] bytes = text.toString().getBytes(UTF_8);
    return bytes.length > LONGEST_PAYLOAD ? "too long".getBytes(UTF_8) : bytes;
  }

  private byte[] binary() {
    byte[] bytes = new byte[random.nextInt(random.nextInt(8) == 0 ? LONGEST_PAYLOAD : 30)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Empty only after other frames: two empty ones are four digits. */
  private byte[] control(boolean mayBeEmpty) {
    if (mayBeEmpty && random.nextBoolean()) {
      return new byte[0];
    }
    return ("beat-" + random.nextInt(100_000)).getBytes(UTF_8);
  }

  private byte[] close() {
    byte[] reason = "going away".substring(0, random.nextInt(11)).getBytes(UTF_8);
    byte[] body = new byte[2 + reason.length];
    int code = 1000 + random.nextInt(4);
    body[0] = (byte) (code >> 8);
    body[1] = (byte) code;
    System.arraycopy(reason, 0, body, 2, reason.length);
    return body;
  }

  private void frame(ByteArrayOutputStream stream, int first, byte[] payload, boolean masked) {
    int mask = masked ? 0x80 : 0;
    stream.write(first);
    if (payload.length < 126) {
      stream.write(mask | payload.length);
    } else {
      stream.write(mask | 126);
      stream.write(payload.length >> 8);
      stream.write(payload.length);
    }
    byte[] key = new byte[4];
    if (masked) {
      random.nextBytes(key);
      stream.writeBytes(key);
    }
    for (int i = 0; i < payload.length; i++) {
      stream.write(payload[i] ^ key[i % 4]);
    }
  }
}

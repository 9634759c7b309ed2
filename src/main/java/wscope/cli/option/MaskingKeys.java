package wscope.cli.option;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.function.IntSupplier;

/** A fresh, unpredictable masking key for each frame (RFC 6455 §5.3). */
public final class MaskingKeys implements IntSupplier {
  private static final int BYTES_AT_ONCE = 4096;

  private final SecureRandom random = new SecureRandom();
  private final ByteBuffer keys = ByteBuffer.allocate(BYTES_AT_ONCE).flip();

  @Override
  public int getAsInt() {
    if (!keys.hasRemaining()) {
      random.nextBytes(keys.clear().array());
    }
    return keys.getInt();
  }
}

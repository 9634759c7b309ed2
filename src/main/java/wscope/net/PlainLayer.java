package wscope.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Bytes as they are; only a client that begins with TLS is turned away. */
final class PlainLayer implements Layer {
  private final Wire wire;
  private boolean begun;

  PlainLayer(Wire wire) {
    this.wire = wire;
  }

  @Override
  public boolean read(ByteBuffer bytes) throws IOException {
    int start = bytes.position();
    int count = wire.read(bytes);
    if (!begun && count > 0) {
      begun = true;
      if (FirstBytes.areTls(bytes, start)) {
        bytes.position(start);
        wire.write(FirstBytes.handshakeFailure());
        throw new Misfit(Misfit.Kind.TLS_ON_PLAIN, "a TLS ClientHello on the plain port", null);
      }
    }
    return count >= 0;
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    wire.write(bytes);
  }

  @Override
  public void end() {}

  @Override
  public boolean isHandshaking() {
    return false;
  }

  @Override
  public @Nullable IOException wrongEnd() {
    return null;
  }

  @Override
  public void release() {}
}

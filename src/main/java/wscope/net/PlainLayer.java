package wscope.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The layer of a plain link, which passes bytes on unchanged. It rejects only a peer that starts
 * with TLS, if it should.
 */
final class PlainLayer implements Layer {
  private final Wire wire;
  private final Side side;
  private boolean begun;

  PlainLayer(Wire wire, Side side) {
    this(wire, side, true);
  }

  PlainLayer(Wire wire, Side side, boolean rejectsTls) {
    this.wire = wire;
    this.side = side;
    begun = !rejectsTls;
  }

  @Override
  public void begin() {}

  @Override
  public boolean read(ByteBuffer bytes) throws IOException {
    int start = bytes.position();
    int count = wire.read(bytes);
    if (!begun && count > 0) {
      begun = true;
      checkFirst(bytes, start);
    }
    return count >= 0;
  }

  private void checkFirst(ByteBuffer bytes, int start) throws IOException {
    if (side == Side.SERVER && FirstBytes.areClientHello(bytes, start)) {
      bytes.position(start);
      wire.write(FirstBytes.handshakeFailure());
      throw new TlsMismatch(
          SocketFailure.TLS_ON_PLAIN,
          "the client sent a TLS ClientHello to a port without TLS",
          null);
    }
    if (side == Side.CLIENT && FirstBytes.areAlert(bytes, start)) {
      bytes.position(start);
      throw new TlsMismatch(SocketFailure.TLS_ON_PLAIN, "the server responded with TLS", null);
    }
  }

  @Override
  public void write(ByteBuffer bytes) {
    wire.write(bytes);
  }

  @Override
  public void end() {}

  @Override
  public boolean isHandshaking() {
    return false;
  }

  @Override
  public @Nullable TlsDetails tls() {
    return null;
  }

  @Override
  public @Nullable IOException endFailure() {
    return null;
  }

  @Override
  public void release() {}
}

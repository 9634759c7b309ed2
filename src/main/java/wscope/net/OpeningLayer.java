package wscope.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Leaves the wire to one of several layers, once an {@link Opening} has decided on it. */
final class OpeningLayer implements Layer {
  private static final int FIRST_BYTES = 2 << 10;

  /** The number of bytes after which the peer is taken to speak HTTP. */
  private static final int MOST_BYTES = 64 << 10;

  private final Wire wire;
  private final Function<TlsServer, Layer> tls;
  private ByteBuffer arrived = ByteBuffer.allocate(0);
  private @Nullable Opening opening;
  private @Nullable Layer inner;

  OpeningLayer(Wire wire, Function<TlsServer, Layer> tls) {
    this.wire = wire;
    this.tls = tls;
  }

  @Override
  public void openBy(Opening decision) {
    opening = decision;
  }

  @Override
  public void begin() {}

  @Override
  public boolean read(ByteBuffer bytes) throws IOException {
    Layer layer = inner == null ? open() : inner;
    return layer == null || layer.read(bytes);
  }

  /** Reads once, and chooses a layer if what has arrived suffices for that. */
  private @Nullable Layer open() throws IOException {
    if (!arrived.hasRemaining()) {
      int size = Math.max(FIRST_BYTES, 2 * arrived.capacity());
      arrived = ByteBuffer.allocate(size).put(arrived.flip());
    }
    boolean ended = wire.read(arrived) < 0;
    Speech speech = ended || arrived.position() == MOST_BYTES ? Speech.Plain.HTTP : decide();
    return speech == null ? null : begin(speech);
  }

  private @Nullable Speech decide() throws IOException {
    Opening decision = opening;
    if (decision == null || arrived.position() == 0) {
      return null;
    }
    arrived.flip();
    try {
      return decision.take(arrived, wire::write);
    } finally {
      arrived.compact();
    }
  }

  private Layer begin(Speech speech) throws IOException {
    wire.unread(arrived.flip());
    arrived = ByteBuffer.allocate(0);
    Layer layer =
        speech instanceof TlsServer server
            ? tls.apply(server)
            : new PlainLayer(wire, Side.SERVER, speech == Speech.Plain.HTTP);
    inner = layer;
    layer.begin();
    return layer;
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    if (inner == null) {
      wire.write(bytes);
    } else {
      inner.write(bytes);
    }
  }

  @Override
  public void end() throws IOException {
    if (inner != null) {
      inner.end();
    }
  }

  @Override
  public boolean isHandshaking() {
    return inner == null || inner.isHandshaking();
  }

  @Override
  public @Nullable TlsDetails tls() {
    return inner == null ? null : inner.tls();
  }

  @Override
  public @Nullable IOException endFailure() {
    return inner == null ? null : inner.endFailure();
  }

  @Override
  public void release() {
    if (inner != null) {
      inner.release();
    }
  }
}

package wscope.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Opens a tunnel through a proxy, then leaves the wire to the layer inside the tunnel. */
final class TunnelLayer implements Layer {
  private final Wire wire;
  private final ProxyDialogue dialogue;
  private final Layer inner;
  private final ByteBuffer one = ByteBuffer.allocate(1);

  TunnelLayer(Wire wire, Tunnel tunnel, Layer inner) {
    this.wire = wire;
    this.inner = inner;
    dialogue = tunnel.dialogue();
  }

  @Override
  public void begin() {
    wire.write(dialogue.first());
  }

  @Override
  public boolean read(ByteBuffer bytes) throws IOException {
    return dialogue.isDone() ? inner.read(bytes) : talk();
  }

  /** Reads byte by byte, because what follows the dialogue belongs to the inner layer. */
  private boolean talk() throws IOException {
    while (!dialogue.isDone()) {
      int count = wire.read(one.clear());
      if (count < 0) {
        throw new ProxyFailure("the proxy disconnected without connecting to the server");
      }
      if (count == 0) {
        return true;
      }
      ByteBuffer next = dialogue.take(one.get(0));
      if (next != null) {
        wire.write(next);
      }
    }
    inner.begin();
    return true;
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    inner.write(bytes);
  }

  @Override
  public void end() throws IOException {
    if (dialogue.isDone()) {
      inner.end();
    }
  }

  @Override
  public boolean isHandshaking() {
    return !dialogue.isDone() || inner.isHandshaking();
  }

  @Override
  public @Nullable TlsDetails tls() {
    return dialogue.isDone() ? inner.tls() : null;
  }

  @Override
  public @Nullable IOException endFailure() {
    return inner.endFailure();
  }

  @Override
  public void release() {
    inner.release();
  }
}

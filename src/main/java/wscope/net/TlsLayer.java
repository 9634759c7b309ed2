package wscope.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tlschannel.NeedsReadException;
import tlschannel.ServerTlsChannel;

/**
 * The server's side of TLS. As the wire takes all output, its channel never waits to write; and as
 * a turn decrypts all that it has read, nothing waits in the channel but a record that is not
 * whole.
 */
final class TlsLayer implements Layer {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();
  private static final String ALERT = "Received fatal alert: ";

  /** Alerts of a client that does not like our certificate, RFC 8446 §6.2. */
  private static final Set<String> DISTRUST =
      Set.of(
          "bad_certificate",
          "unsupported_certificate",
          "certificate_revoked",
          "certificate_expired",
          "certificate_unknown",
          "unknown_ca");

  /** Alerts of a peer that shares no version or cipher suite with the other. */
  private static final Set<String> NOTHING_IN_COMMON =
      Set.of("handshake_failure", "protocol_version", "insufficient_security");

  private final Wire wire;
  private final TlsBuffers buffers;
  private final ByteBuffer answerToHttp;
  private final ServerTlsChannel channel;
  private boolean begun;
  private boolean established;
  private boolean heard;
  private boolean inputEnded;
  private boolean outputEnded;

  TlsLayer(Wire wire, TlsPort port, TlsBuffers buffers) {
    this.wire = wire;
    this.buffers = buffers;
    answerToHttp = port.answerToHttp();
    channel =
        ServerTlsChannel.newBuilder(new Records(), port.context())
            .withEngineFactory(TlsPort::engine)
            .withEncryptedBufferAllocator(buffers)
            .withPlainBufferAllocator(new TlsBuffers.Overflow())
            .withSessionInitCallback(session -> established = true)
            .build();
  }

  @Override
  public boolean read(ByteBuffer bytes) throws IOException {
    ByteBuffer arrived = buffers.arrived().clear();
    receive(arrived);
    if (outputEnded) {
      // The channel decrypts nothing after its own end.
      return !inputEnded;
    }
    arrived.flip();
    if (!begun && arrived.hasRemaining()) {
      begun = true;
      checkFirst(arrived.get(0));
    }
    int start = bytes.position();
    try {
      return decrypt(bytes);
    } finally {
      heard |= bytes.position() > start;
      flushSealed();
    }
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    if (established) {
      channel.write(bytes);
      flushSealed();
    }
    // A peer that has ended TLS 1.2 takes nothing more, RFC 5246 §7.2.1.
    bytes.position(bytes.limit());
  }

  @Override
  public void end() throws IOException {
    outputEnded = true;
    channel.shutdown();
    flushSealed();
  }

  @Override
  public boolean isHandshaking() {
    return !established;
  }

  @Override
  public @Nullable IOException wrongEnd() {
    if (!established) {
      return null;
    }
    if (!heard) {
      return new Misfit(Misfit.Kind.LEFT, "the client left after the TLS handshake", null);
    }
    return channel.shutdownReceived()
        ? null
        : new Misfit(Misfit.Kind.TRUNCATED, "TCP ended without a TLS close_notify", null);
  }

  @Override
  public void release() {
    try {
      channel.close();
    } catch (IOException e) {
      // It gives back its buffers all the same.
    }
    buffers.sealed().clear();
  }

  private void receive(ByteBuffer arrived) throws IOException {
    try {
      inputEnded = wire.read(arrived) < 0;
    } catch (IOException e) {
      if (begun && !heard) {
        throw new Misfit(Misfit.Kind.LEFT, "the client reset TCP at the TLS handshake", e);
      }
      throw e;
    }
  }

  private void checkFirst(byte first) throws IOException {
    if (FirstBytes.areHttp(first)) {
      wire.write(answerToHttp.duplicate());
      throw new Misfit(Misfit.Kind.HTTP_ON_TLS, "plain HTTP on the TLS port", null);
    }
    if (!FirstBytes.isTls(first)) {
      wire.write(FirstBytes.handshakeFailure());
      throw new Misfit(Misfit.Kind.NOT_TLS, "neither TLS nor HTTP on the TLS port", null);
    }
  }

  private boolean decrypt(ByteBuffer bytes) throws IOException {
    try {
      int count = channel.read(bytes);
      while (count > 0) {
        count = channel.read(bytes);
      }
      return count >= 0;
    } catch (NeedsReadException e) {
      return true;
    } catch (ClosedChannelException e) {
      if (begun) {
        throw new Misfit(Misfit.Kind.LEFT, "the client left during the TLS handshake", e);
      }
      return false;
    } catch (SSLException e) {
      throw misfit(e);
    } catch (IllegalStateException e) {
      // The channel's way to say that its buffer is too small for a record.
      throw new Misfit(Misfit.Kind.BROKEN, "TLS failed: a record longer than TLS allows", e);
    }
  }

  /** What the engine's failure means; our alert is sent if it was ours to fail. */
  private Misfit misfit(SSLException e) throws IOException {
    String words = String.valueOf(e.getMessage());
    String alert = alert(words);
    if (alert == null) {
      boolean apart = sendAlert();
      return new Misfit(
          apart ? Misfit.Kind.NOTHING_IN_COMMON : Misfit.Kind.BROKEN, "TLS failed: " + words, e);
    }
    String message = "the client broke off TLS: " + alert;
    if (DISTRUST.contains(alert)) {
      return new Misfit(Misfit.Kind.DISTRUST, message, e);
    }
    boolean apart = NOTHING_IN_COMMON.contains(alert);
    return new Misfit(apart ? Misfit.Kind.NOTHING_IN_COMMON : Misfit.Kind.BROKEN, message, e);
  }

  /**
   * The alert that the client sent, if it did. OpenSSL sends the one about a certificate without
   * the encryption that TLS 1.3 asks for, at which the engine stumbles.
   */
  private @Nullable String alert(String words) {
    int at = words.indexOf(ALERT);
    if (at >= 0) {
      return words.substring(at + ALERT.length());
    }
    return established ? null : FirstBytes.lastAlert(buffers.arrived());
  }

  /** Sends the alert of a failed engine; tells whether it is one of having nothing in common. */
  private boolean sendAlert() throws IOException {
    flushSealed();
    ByteBuffer sealed = buffers.sealed();
    SSLEngine engine = channel.getSslEngine();
    Status status = Status.OK;
    while (status == Status.OK && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
      status = engine.wrap(NOTHING, sealed).getStatus();
    }
    return FirstBytes.isRefusal(sealed);
  }

  /** One write for all records of a turn. */
  private void flushSealed() throws IOException {
    ByteBuffer sealed = buffers.sealed();
    if (sealed.position() > 0) {
      try {
        wire.write(sealed.flip());
      } finally {
        sealed.clear();
      }
    }
  }

  /** The wire as the channel sees it: a turn's input, and output without end. */
  private final class Records implements ByteChannel {
    @Override
    public int read(ByteBuffer bytes) {
      ByteBuffer arrived = buffers.arrived();
      int count = Math.min(arrived.remaining(), bytes.remaining());
      if (count == 0) {
        return inputEnded ? -1 : 0;
      }
      bytes.put(bytes.position(), arrived, arrived.position(), count);
      bytes.position(bytes.position() + count);
      arrived.position(arrived.position() + count);
      return count;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      ByteBuffer sealed = buffers.sealed();
      if (sealed.remaining() < bytes.remaining()) {
        flushSealed();
      }
      int count = bytes.remaining();
      sealed.put(bytes);
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}

package wscope.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import tlschannel.ClientTlsChannel;
import tlschannel.NeedsReadException;
import tlschannel.ServerTlsChannel;
import tlschannel.TlsChannel;
import tlschannel.TlsChannelBuilder;

/**
 * TLS as client or server. The wire accepts all output, so the channel never waits to write. A turn
 * decrypts everything that it has read, so the channel holds only incomplete records.
 */
final class TlsLayer implements Layer {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final Wire wire;
  private final TlsSettings settings;
  private final Side side;
  private final TlsMismatches mismatches;
  private final TlsBuffers buffers;
  private final TlsChannel channel;

  /** Whether any TLS bytes have been sent or received. */
  private boolean begun;

  /** Whether the peer's first record has been checked. */
  private boolean checked;

  /** Whether the peer's first record was a handshake, not an alert. */
  private boolean beganWithHandshake;

  private boolean established;
  private boolean receivedData;
  private boolean inputEnded;
  private boolean outputEnded;

  TlsLayer(Wire wire, TlsSettings settings, TlsBuffers buffers) {
    this.wire = wire;
    this.settings = settings;
    this.buffers = buffers;
    side = settings instanceof TlsServer ? Side.SERVER : Side.CLIENT;
    mismatches = new TlsMismatches(settings, side);
    channel = channel();
  }

  private TlsChannel channel() {
    if (settings instanceof TlsClient client) {
      return with(ClientTlsChannel.newBuilder(new Records(), TlsEngines.client(client))).build();
    }
    TlsServer server = (TlsServer) settings;
    // The engine is created when a client sends something.
    return with(ServerTlsChannel.newBuilder(new Records(), server.context()))
        .withEngineFactory(context -> TlsEngines.server(server))
        .build();
  }

  private <B extends TlsChannelBuilder<B>> B with(B builder) {
    return builder
        .withEncryptedBufferAllocator(buffers)
        .withPlainBufferAllocator(new TlsBuffers.Overflow())
        .withSessionInitCallback(this::established);
  }

  private void established(SSLSession session) {
    established = true;
    TlsEngines.preventRenegotiation(channel.getSslEngine());
  }

  @Override
  public void begin() throws IOException {
    if (side == Side.SERVER) {
      return;
    }
    begun = true;
    buffers.arrived().clear().limit(0);
    try {
      channel.handshake();
    } catch (NeedsReadException e) {
      // The server sends next.
    } catch (SSLException e) {
      throw mismatch(e);
    } finally {
      flushSealed();
    }
  }

  @Override
  public boolean read(ByteBuffer bytes) throws IOException {
    ByteBuffer arrived = buffers.arrived().clear();
    receive(arrived);
    if (outputEnded) {
      // After its own end, the channel decrypts nothing.
      return !inputEnded;
    }
    arrived.flip();
    if (!checked && arrived.hasRemaining()) {
      begun = true;
      checked = true;
      checkFirst(arrived.get(0));
    }
    int start = bytes.position();
    try {
      return decrypt(bytes);
    } finally {
      receivedData |= bytes.position() > start;
      flushSealed();
    }
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    if (established) {
      channel.write(bytes);
      flushSealed();
    }
    // A peer that has ended TLS 1.2 accepts no more data, RFC 5246 §7.2.1.
    bytes.position(bytes.limit());
  }

  @Override
  public void end() throws IOException {
    if (established) {
      // The channel would read nothing more after its own shutdown.
      channel.getSslEngine().closeOutbound();
      wrapAll();
    } else {
      outputEnded = true;
      channel.shutdown();
    }
    flushSealed();
  }

  @Override
  public boolean isHandshaking() {
    return !established;
  }

  @Override
  public @Nullable TlsDetails tls() {
    return established ? TlsDetails.of(channel.getSslEngine()) : null;
  }

  @Override
  public @Nullable IOException endFailure() {
    if (!established) {
      return null;
    }
    boolean inOrder = channel.shutdownReceived();
    if (!receivedData && !(inOrder && side == Side.CLIENT)) {
      return mismatches.leftAfterHandshake();
    }
    return inOrder ? null : mismatches.truncated();
  }

  @Override
  public void release() {
    try {
      channel.close();
    } catch (IOException e) {
      // The channel has released its buffers anyway.
    }
    buffers.sealed().clear();
  }

  private void receive(ByteBuffer arrived) throws IOException {
    try {
      inputEnded = wire.read(arrived) < 0;
    } catch (IOException e) {
      if (begun && !receivedData) {
        throw mismatches.resetAtHandshake(e);
      }
      throw e;
    }
  }

  /** Responds to a client that does not speak TLS in its own protocol, if possible. */
  private void checkFirst(byte first) throws IOException {
    beganWithHandshake = FirstBytes.isHandshake(first);
    if (settings instanceof TlsServer server) {
      if (FirstBytes.isHttpRequest(first)) {
        wire.write(server.responseToHttp().duplicate());
        throw mismatches.http();
      }
      if (!beganWithHandshake) {
        wire.write(FirstBytes.handshakeFailure());
        throw mismatches.notTls();
      }
    } else if (FirstBytes.isHttpResponse(first)) {
      throw mismatches.http();
    } else if (!beganWithHandshake && !FirstBytes.isAlert(first)) {
      throw mismatches.notTls();
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
        throw mismatches.leftDuringHandshake(e);
      }
      return false;
    } catch (SSLException e) {
      throw mismatch(e);
    } catch (IllegalStateException e) {
      // The channel throws this if its buffer is too small for a record.
      throw mismatches.recordTooLong(e);
    }
  }

  /**
   * Finds the meaning of the engine's failure. Sends our alert if our engine caused the failure.
   */
  private TlsMismatch mismatch(SSLException e) throws IOException {
    String alert = alert(e);
    if (alert != null) {
      return mismatches.alert(alert, sentNoCertificate(), e);
    }
    if (!established && FirstBytes.endsWithCloseNotify(buffers.arrived())) {
      return mismatches.closedDuringHandshake(e);
    }
    boolean second = isSecondHandshake(e);
    boolean nothingInCommon = sendAlert();
    return second ? mismatches.secondHandshake(e) : mismatches.failed(e, nothingInCommon);
  }

  private boolean sentNoCertificate() {
    return side == Side.CLIENT
        && beganWithHandshake
        && channel.getSslEngine().getSession().getLocalCertificates() == null;
  }

  /**
   * Whether the peer began a second handshake. With TLS 1.2, nothing else fails like this after the
   * first one.
   */
  private boolean isSecondHandshake(SSLException e) {
    return established
        && e instanceof SSLHandshakeException
        && channel.getSslEngine().getSession().getProtocol().equals("TLSv1.2");
  }

  /**
   * The alert that the peer sent; null if there is none. OpenSSL sends alerts about certificates
   * without the encryption that TLS 1.3 requires, so the engine cannot read them.
   */
  private @Nullable String alert(SSLException e) {
    String alert = SocketFailure.alert(e);
    return alert != null || established ? alert : FirstBytes.lastAlert(buffers.arrived());
  }

  /**
   * Sends the alert of a failed engine.
   *
   * @return whether the alert reports nothing in common
   */
  private boolean sendAlert() throws SSLException {
    flushSealed();
    wrapAll();
    return FirstBytes.isNothingInCommon(buffers.sealed());
  }

  /** Seals what the engine has to send by itself. */
  private void wrapAll() throws SSLException {
    SSLEngine engine = channel.getSslEngine();
    Status status = Status.OK;
    while (status == Status.OK && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
      status = engine.wrap(NOTHING, buffers.sealed()).getStatus();
    }
  }

  /** Sends all records of a turn in one write. */
  private void flushSealed() {
    ByteBuffer sealed = buffers.sealed();
    if (sealed.position() > 0) {
      try {
        wire.write(sealed.flip());
      } finally {
        sealed.clear();
      }
    }
  }

  /** The wire as a channel, with the input of the current turn and unlimited output. */
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
    public int write(ByteBuffer bytes) {
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

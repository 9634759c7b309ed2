package wscope.packet;

import java.nio.ByteBuffer;

/** Counts what {@link TcpStreams} reports, and keeps nothing. */
final class StreamTotals implements TcpListener {
  private long bytes;
  private long missing;

  long bytes() {
    return bytes;
  }

  long missing() {
    return missing;
  }

  @Override
  public void opened(TcpConnection connection) {}

  @Override
  public void bytes(TcpConnection connection, TcpEndpoint sender, ByteBuffer bytes) {
    this.bytes += bytes.remaining();
  }

  @Override
  public void gap(TcpConnection connection, TcpEndpoint sender, long missingBytes) {
    missing += missingBytes;
  }

  @Override
  public void differs(TcpConnection connection, TcpEndpoint sender, long offset, int count) {}

  @Override
  public void ended(TcpConnection connection, TcpEndpoint sender, TcpEnd end) {}

  @Override
  public void released(TcpConnection connection, TcpRelease why) {}
}

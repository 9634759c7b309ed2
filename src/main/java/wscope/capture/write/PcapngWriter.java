package wscope.capture.write;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import wscope.packet.PacketWriter;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.rule.Endpoint;

/**
 * Writes connections as packets, decrypted: a pcapng file whose HTTP and WebSocket bytes are those
 * of the connections, and whose TCP and IP headers are made for them. What an endpoint sends in one
 * round is one segment, unless it is too long or the other endpoint sends in between.
 */
public final class PcapngWriter implements CaptureWriter {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final String COMMENT =
      "wscope wrote this file. The bytes of HTTP and WebSocket are those that wscope read and"
          + " wrote, without TLS. The addresses, the times and who ended each connection are real;"
          + " the other fields of IP and TCP are not.";
  private static final String OF_PROXY =
      " wscope was a proxy: each connection is the one between the client and wscope, which passed"
          + " the bytes on to the server. Plain HTTP requests that it passed on are not here.";

  private final PcapngBlocks blocks;
  private final String program;
  private final InstantSource clock;
  private final boolean ofProxy;
  private final PacketWriter packets = new PacketWriter();
  private final ByteBuffer segment = ByteBuffer.allocate(PacketWriter.LONGEST_PAYLOAD_IPV4);
  private boolean started;

  /** The connection that sends the segment; null while the segment is empty. */
  private @Nullable PacketConnection sending;

  private Endpoint sender = Endpoint.CLIENT;

  /** The time of the first byte of the segment. */
  private long sendingSince;

  /**
   * Creates a writer.
   *
   * @param program the name and version of wscope
   * @param clock the clock for the times of the packets
   * @param ofProxy whether the connections are those of a proxy with its clients
   */
  public PcapngWriter(CaptureFile file, String program, InstantSource clock, boolean ofProxy) {
    this.ofProxy = ofProxy;
    blocks = new PcapngBlocks(file);
    this.program = program;
    this.clock = clock;
  }

  @Override
  public ExchangeListener connection(Endpoint self, long number) {
    start();
    return new PacketConnection(this, self, number);
  }

  @Override
  public void event(Event event) {
    start();
  }

  @Override
  public void flush() {
    endSegment(true);
    blocks.flush();
  }

  @Override
  public void close() {
    flush();
  }

  /** The current time in nanoseconds since 1970. */
  long now() {
    Instant now = clock.instant();
    return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
  }

  /** Adds bytes to the segment that is being made, or to the next one. */
  void add(PacketConnection connection, Endpoint from, ByteBuffer bytes) {
    if (connection != sending || from != sender) {
      endSegment(true);
    }
    int longest = connection.longestPayload();
    int at = bytes.position();
    while (at < bytes.limit()) {
      if (segment.position() == longest) {
        endSegment(false);
      }
      if (sending == null) {
        sending = connection;
        sender = from;
        sendingSince = now();
      }
      int length = Math.min(longest - segment.position(), bytes.limit() - at);
      segment.put(segment.position(), bytes, at, length);
      segment.position(segment.position() + length);
      at += length;
    }
  }

  /** Ends the segment that is being made, so that another packet may follow. */
  void endSegment(boolean push) {
    PacketConnection connection = sending;
    if (connection != null) {
      sending = null;
      connection.segment(sendingSince, sender, segment.flip(), push);
      segment.clear();
    }
  }

  PcapngBlocks blocks() {
    return blocks;
  }

  PacketWriter packets() {
    return packets;
  }

  private void start() {
    if (!started) {
      started = true;
      blocks.section(program, ofProxy ? COMMENT + OF_PROXY : COMMENT);
      blocks.ipInterface("wscope", "made by wscope, without TLS");
    }
  }
}

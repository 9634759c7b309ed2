package wscope.report;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.FrameSerializer;
import wscope.protocol.frame.FrameSink;

/** Writes the bytes of frames in a {@link ByteFormat}, in bounded memory. */
public final class FrameFormatter implements FrameSink {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final ByteFormat format;
  private final Buffer out;
  private final OutputStream bytes;
  private final FrameSerializer serializer = new FrameSerializer(this::part);
  private boolean inFrame;
  private boolean started;

  /**
   * Creates a formatter.
   *
   * @param out an unbuffered stream, which the formatter does not close
   */
  public FrameFormatter(OutputStream out, ByteFormat format) {
    this.format = format;
    this.out = new Buffer(out);
    bytes = format == ByteFormat.BASE64 ? Base64.getEncoder().wrap(this.out) : this.out;
  }

  /**
   * Writes a frame.
   *
   * @throws UncheckedIOException if the output fails
   */
  @Override
  public void frame(FrameHeader header, ByteBuffer payload) {
    try {
      text(started ? format.betweenFrames() : format.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    started = true;
    inFrame = false;
    serializer.frame(header, payload);
  }

  /** Ends the text after the last frame and writes the remaining bytes. */
  public void end() throws IOException {
    // Closing writes the last bytes of base64 and its padding; our own buffer stays open.
    bytes.close();
    text(format.end());
    out.flush();
  }

  private void part(ByteBuffer part) {
    try {
      if (!format.isHex()) {
        bytes.write(part.array(), part.arrayOffset() + part.position(), part.remaining());
        return;
      }
      while (part.hasRemaining()) {
        hex(part.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void hex(byte b) throws IOException {
    if (inFrame) {
      text(format.betweenBytes());
    }
    inFrame = true;
    text(format.prefix(b));
    out.write(HEX[b >> 4 & 0xf]);
    out.write(HEX[b & 0xf]);
  }

  private void text(String ascii) throws IOException {
    for (int i = 0; i < ascii.length(); i++) {
      out.write(ascii.charAt(i));
    }
  }

  /** Buffers bytes without the locks of a BufferedOutputStream; closing it does nothing. */
  private static final class Buffer extends OutputStream {
    private final OutputStream out;
    private final byte[] buffered = new byte[64 << 10];
    private int size;

    Buffer(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      if (size == buffered.length) {
        flush();
      }
      buffered[size++] = (byte) b;
    }

    @Override
    public void write(byte[] part, int offset, int length) throws IOException {
      if (length > buffered.length - size) {
        flush();
      }
      if (length > buffered.length) {
        out.write(part, offset, length);
        return;
      }
      System.arraycopy(part, offset, buffered, size, length);
      size += length;
    }

    @Override
    public void flush() throws IOException {
      int count = size;
      size = 0;
      out.write(buffered, 0, count);
      out.flush();
    }
  }
}

package wscope.bench.process;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.deflate.MessageDeflater;
import wscope.protocol.frame.FrameEncoder;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Opcode;
import wscope.protocol.rule.Endpoint;

/**
 * A message as a client sends it, and the echo that must come back, byte for byte. Each message of
 * a connection has its number in its first eight bytes, so that echoes cannot change places.
 * Compressed messages are all alike, and most of their echoes equal the first one, which is learnt.
 *
 * @param payload the content of the message
 * @param request the masked frame
 * @param echo the frame that comes back
 * @param compressed whether both are compressed
 */
record Exchange(byte[] payload, byte[] request, byte[] echo, boolean compressed) {
  private static final int KEY = 0x37fa213d;
  private static final int RSV1 = 4;
  private static final VarHandle NUMBER =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** Without context takeover on either side: equal messages are equal on the wire. */
  static final DeflateParameters DEFLATE = new DeflateParameters(true, true, 15, 15);

  /** A message of this many bytes, at least eight. */
  static Exchange of(int bytes, boolean compressed) {
    byte[] payload = words(bytes);
    byte[] data = compressed ? deflate(payload) : payload;
    FrameHeader header = FrameHeader.of(Opcode.BINARY, data.length).rsv(compressed ? RSV1 : 0);
    byte[] echo = frame(header, data);
    return new Exchange(payload, frame(header.mask(KEY), data), echo, compressed);
  }

  /** The same with this echo. */
  Exchange withEcho(byte[] learnt) {
    return new Exchange(payload, request, learnt, compressed);
  }

  private static byte[] frame(FrameHeader header, byte[] data) {
    ByteBuffer out = ByteBuffer.allocate(header.size() + data.length);
    FrameEncoder.frame(header, ByteBuffer.wrap(data), out);
    return out.array();
  }

  /** Something like JSON: it compresses as real messages do, to about a third. */
  static byte[] words(int bytes) {
    byte[] text = new byte[bytes];
    Random random = new Random(bytes);
    String[] words = {"{\"id\":", "\"name\":", "\"value\":", "true,", "null},", "\"list\":["};
    for (int at = 0; at < bytes; ) {
      String word = words[random.nextInt(words.length)] + random.nextInt(10_000);
      for (int i = 0; i < word.length() && at < bytes; i++) {
        text[at++] = (byte) word.charAt(i);
      }
    }
    return text;
  }

  private static byte[] deflate(byte[] payload) {
    ByteBuffer out = ByteBuffer.allocate(payload.length + payload.length / 8 + 64);
    try (BufferPool pool = new BufferPool();
        MessageDeflater deflater = new MessageDeflater(DEFLATE, Endpoint.CLIENT, pool)) {
      deflater.deflate(ByteBuffer.wrap(payload), true, (slice, last) -> out.put(slice));
    }
    byte[] deflated = new byte[out.flip().remaining()];
    out.get(deflated);
    return deflated;
  }

  /** Writes the number of a message into a part of its request, or removes it again. */
  void numberRequest(byte[] bytes, int start, int from, int to, long number) {
    number(bytes, start + request.length - payload.length, from, to, number);
  }

  /** The same with its echo. */
  void numberEcho(byte[] bytes, int start, int from, int to, long number) {
    number(bytes, start + echo.length - payload.length, from, to, number);
  }

  /** Toggles bits of the eight bytes at an offset, as far as they are within a range. */
  private void number(byte[] bytes, int at, int from, int to, long number) {
    if (compressed) {
      return;
    }
    if (at >= from && at + Long.BYTES <= to) {
      NUMBER.set(bytes, at, (long) NUMBER.get(bytes, at) ^ number);
      return;
    }
    for (int i = 0; i < Long.BYTES; i++) {
      if (at + i >= from && at + i < to) {
        bytes[at + i] ^= (byte) (number >>> 8 * (Long.BYTES - 1 - i));
      }
    }
  }
}

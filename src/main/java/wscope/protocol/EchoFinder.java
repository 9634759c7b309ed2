package wscope.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.SentFrames.Sent;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Cause;
import wscope.protocol.message.Cause.Kind;

/**
 * Recognises what a client has sent in what the server sends back, as a mistake of the server has
 * changed it. It compares a frame of the server with the last frames of the client, byte by byte.
 */
final class EchoFinder {
  /** Fewer bytes than these could be the same by chance. */
  private static final int LEAST = 4;

  private static final List<Charset> UTF_16 = List.of(UTF_16LE, UTF_16BE);
  private static final List<Charset> CHARSETS = List.of(UTF_16LE, UTF_16BE, ISO_8859_1);
  private static final char MARK = '\ufeff';

  private final SentFrames sent;

  EchoFinder(SentFrames sent) {
    this.sent = sent;
  }

  /**
   * The cause of a masked frame of the server: it has sent back the bytes that it read.
   *
   * @param raw the bytes of the frame, as far as they are known
   */
  @Nullable Cause ofBytes(FrameHeader header, ByteBuffer raw) {
    for (int age = 0; age < sent.size(); age++) {
      Sent frame = sent.get(age);
      boolean same = frame.key() != 0 && frame.key() == header.maskingKey();
      if (same && begins(raw, frame.wire())) {
        return new Cause(
            Kind.ECHOED_BYTES,
            header.number(),
            "these are the bytes of the client's frame "
                + frame.number()
                + ", masking key included; look at the line that sends what was read: it must"
                + " unmask the payload and write a header of its own, without MASK");
      }
    }
    return null;
  }

  /**
   * The mistake that has made a message of the server from a frame of the client.
   *
   * @param header the only frame of the message
   * @param payload the first bytes of its payload
   * @param invalid whether it is text, and these bytes are not UTF-8
   */
  @Nullable Cause ofMessage(FrameHeader header, ByteBuffer payload, boolean invalid) {
    if (payload.remaining() < (invalid ? 2 : LEAST)) {
      return null;
    }
    ByteBuffer received = payload.slice();
    for (int age = 0; age < sent.size(); age++) {
      Found found = compare(header, received, invalid, sent.get(age));
      if (found != null) {
        return new Cause(found.kind, header.number(), found.words);
      }
    }
    return null;
  }

  private record Found(Kind kind, String words) {}

  private static @Nullable Found compare(
      FrameHeader header, ByteBuffer payload, boolean invalid, Sent frame) {
    boolean sameLength = frame.length() == header.payloadLength();
    if (frame.opcode() == Opcode.CLOSE) {
      return invalid && sameLength ? ofClose(payload, frame) : null;
    }
    if (frame.opcode().isControl()) {
      return null;
    }
    boolean mayBeSame = sameLength && beginsLike(payload, frame);
    if (mayBeSame && isXor(frame.masked(), frame.key(), payload)) {
      return frame.rsv1() ? notInflated(frame) : null;
    }
    Found found = mayBeSame ? ofMasked(payload, frame) : null;
    if (found == null && frame.length7() > 125) {
      found = ofLength(payload, frame);
    }
    if (found == null && payload.remaining() == header.payloadLength() && !sameLength) {
      found = ofCharset(payload, invalid, frame);
    }
    return found;
  }

  /**
   * Whether the first bytes of a payload may be those of the client, masked with any key that a
   * mistake gives. Most messages are no echo of these frames, so this saves most of the work.
   */
  private static boolean beginsLike(ByteBuffer payload, Sent frame) {
    if (payload.remaining() < Integer.BYTES || frame.kept() < Integer.BYTES) {
      return true;
    }
    int seen = payload.getInt(0) ^ frame.firstMasked();
    int key = frame.key();
    return seen == key
        || seen == 0
        || seen == Integer.rotateLeft(key, 8)
        || seen == Integer.rotateLeft(key, 16)
        || seen == Integer.rotateLeft(key, 24)
        || seen == Integer.reverseBytes(key)
        || seen == firstByteAlone(key);
  }

  private static int firstByteAlone(int key) {
    return (key >>> 24) * 0x01010101;
  }

  private static @Nullable Found ofClose(ByteBuffer payload, Sent frame) {
    return begins(frame.payload(), payload)
        ? new Found(
            Kind.CLOSE_AS_MESSAGE,
            "this is the body of the client's Close, frame "
                + frame.number()
                + ", in a message; look at the line that reads the opcode: 0x8 is a Close, which"
                + " the server must answer with a Close")
        : null;
  }

  /** Whether the payload is that of the client's frame, but not unmasked or with a wrong key. */
  private static @Nullable Found ofMasked(ByteBuffer payload, Sent frame) {
    if (begins(frame.masked(), payload)) {
      return new Found(
          Kind.PAYLOAD_NOT_UNMASKED,
          "this is the payload of the client's frame "
              + frame.number()
              + ", still masked; look at the line that reads the payload: it must XOR byte i with"
              + " byte i mod 4 of the masking key");
    }
    String mistake = mistakeInKey(payload, frame);
    return mistake == null
        ? null
        : new Found(
            Kind.MASKING_KEY_MISAPPLIED,
            "this is the payload of the client's frame "
                + frame.number()
                + ", unmasked "
                + mistake
                + "; look at that line: byte i belongs to byte i mod 4 of the key, in the order on"
                + " the wire");
  }

  private static Found notInflated(Sent frame) {
    return new Found(
        Kind.NOT_INFLATED,
        "this is the payload of the client's frame "
            + frame.number()
            + ", still compressed; look at the line that sends Sec-WebSocket-Extensions: a server"
            + " that does not inflate must not agree to permessage-deflate");
  }

  /** What is wrong with the key that gives a payload; null if no mistake gives it. */
  private static @Nullable String mistakeInKey(ByteBuffer payload, Sent frame) {
    int key = frame.key();
    for (int shift = 1; shift < 4; shift++) {
      if (isXor(frame.masked(), Integer.rotateLeft(key, 8 * shift), payload)) {
        return "from byte " + shift + " of the masking key on, instead of byte 0";
      }
    }
    if (isXor(frame.masked(), Integer.reverseBytes(key), payload)) {
      return "with the bytes of the masking key in reverse order";
    }
    return isXor(frame.masked(), firstByteAlone(key), payload)
        ? "with only the first byte of the masking key"
        : null;
  }

  private static boolean isXor(ByteBuffer masked, int key, ByteBuffer result) {
    if (result.remaining() > masked.remaining()) {
      return false;
    }
    for (int i = 0; i < result.remaining(); i++) {
      int keyByte = key >>> (24 - 8 * (i & 3));
      if ((byte) (masked.get(i) ^ keyByte) != result.get(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the server takes the key from where the extended length stands. */
  private static @Nullable Found ofLength(ByteBuffer payload, Sent frame) {
    ByteBuffer wire = frame.wire();
    int after = 2 + Integer.BYTES;
    if (!isXor(wire.slice(after, wire.remaining() - after), wire.getInt(2), payload)) {
      return null;
    }
    return new Found(
        Kind.LENGTH_MISREAD,
        "this is what follows in the client's frame "
            + frame.number()
            + " if bytes 2 to 5 are the masking key; but byte 1 says "
            + frame.length7()
            + ", so bytes 2 to "
            + (frame.length7() == 126 ? 3 : 9)
            + " are the length; look at the line that reads the length");
  }

  /** Whether the server has encoded the text of the client in another way. */
  private static @Nullable Found ofCharset(ByteBuffer payload, boolean invalid, Sent frame) {
    if (frame.opcode() != Opcode.TEXT || frame.rsv1()) {
      return null;
    }
    if (!invalid && !mayBeUtf16(payload, frame)) {
      return null;
    }
    String text = UTF_8.decode(frame.payload()).toString();
    for (Charset charset : invalid ? CHARSETS : UTF_16) {
      if (payload.equals(charset.encode(text)) || payload.equals(charset.encode(MARK + text))) {
        return new Found(
            Kind.TEXT_IN_OTHER_CHARSET,
            "this is the text of the client's frame "
                + frame.number()
                + " in "
                + charset.name()
                + "; look at the line that turns the string into bytes: it must use UTF-8");
      }
    }
    return null;
  }

  /** Whether the length and the first two bytes may be those of the client's text in UTF-16. */
  private static boolean mayBeUtf16(ByteBuffer payload, Sent frame) {
    int length = payload.remaining();
    // A character of n bytes in UTF-8 has two bytes in UTF-16, or four if n is 4.
    boolean fits =
        length % 2 == 0 && length <= 2 * frame.kept() + 2 && 3 * length >= 2 * frame.kept();
    if (!fits || frame.kept() < Integer.BYTES) {
      return fits;
    }
    int first = (frame.firstMasked() ^ frame.key()) >>> 24;
    int start = payload.getShort(0) & 0xffff;
    boolean isAscii = first < 0x80;
    return !isAscii
        || start == first
        || start == first << 8
        || start == MARK
        || start == Character.reverseBytes(MARK);
  }

  private static boolean begins(ByteBuffer bytes, ByteBuffer start) {
    int length = Math.min(bytes.remaining(), start.remaining());
    return length > 1 && bytes.slice(0, length).equals(start.slice(0, length));
  }
}

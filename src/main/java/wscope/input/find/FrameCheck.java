package wscope.input.find;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wscope.protocol.FrameReader;
import wscope.protocol.Limits;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameField;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.IncompleteFrame;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/** What RFC 6455 says of bytes that may be frames, perhaps after the heads of a handshake. */
public final class FrameCheck implements FrameListener {
  /** Fewer characters are readable by chance. */
  private static final int CLEARLY_TEXT = 2;

  private static final int FEWEST_BETWEEN_CONTROLS = 4;

  /** So many characters are never the result of another key. */
  private static final int SURELY_TEXT = 8;

  private static final int MOST_COPIED = 8 << 10;

  private int frames;
  private int ended;
  private long endedAt;
  private int validFrames;
  private int violations;
  private boolean firstIsFinal;
  private boolean lastIsFinal;
  private int openMessages;
  private long textBytes;
  private long characters;
  private boolean masked;
  private long unmaskedCharacters;
  private boolean invalidText;
  private boolean closeRead;
  private boolean compressed;

  private final FrameReader reader;
  private final HeadSkipper heads = new HeadSkipper();
  private long headBytes;
  private long fed;
  private long missing;

  /** For bytes that begin with a frame. */
  public FrameCheck() {
    reader = new FrameReader(null, Limits.NONE, null, 0, this);
  }

  /** Checks bytes that begin with a frame. */
  public static FrameCheck of(byte[] bytes, int from, int to) {
    FrameCheck check = new FrameCheck();
    check.feed(bytes, from, to);
    return check;
  }

  /** Checks all the bytes. */
  public static FrameCheck of(byte[] bytes) {
    return of(bytes, 0, bytes.length);
  }

  /** Checks the bytes that follow. It does not change them. */
  public void feed(byte[] bytes, int from, int to) {
    fed += to - from;
    ByteBuffer copy = ByteBuffer.allocate(Math.min(to - from, MOST_COPIED));
    for (int at = from; at < to; at += copy.limit()) {
      copy.clear().put(bytes, at, Math.min(to - at, copy.capacity())).flip();
      while (copy.hasRemaining() && heads.feed(copy)) {
        headBytes = heads.length();
      }
      reader.feed(copy);
    }
  }

  /**
   * Whether bytes can begin with a frame that breaks no rule, by their first two. It is fast, and
   * wrong for most bytes by chance only once in twenty.
   */
  public static boolean canBegin(byte[] bytes, int from, int to) {
    if (HeadSkipper.canBegin(bytes, from, to)) {
      return true;
    }
    if (to - from < 2) {
      return to > from && isFirstByte(bytes[from]);
    }
    boolean control = (bytes[from] & 0x08) != 0;
    boolean whole = !control || ((bytes[from] & 0x80) != 0 && (bytes[from + 1] & 0x7f) < 126);
    return isFirstByte(bytes[from]) && whole;
  }

  /** Whether the frame that begins at an index may end among the bytes, or a head begins there. */
  public static boolean mayEnd(byte[] bytes, int from, int to) {
    if (to - from < 2 || HeadSkipper.canBegin(bytes, from, to)) {
      return to - from >= 2;
    }
    int length = bytes[from + 1] & 0x7f;
    int least = length < 126 ? length : length == 126 ? 2 : 8;
    return 2 + (bytes[from + 1] < 0 ? 4 : 0) + least <= to - from;
  }

  /** Only the last fragment of a message is taken for a beginning: zeros are too common. */
  private static boolean isFirstByte(byte b) {
    int opcode = b & 0x0f;
    if (opcode == 0) {
      return (b & 0xff) == 0x80;
    }
    boolean reserved = (b & 0x30) != 0 || ((b & 0x40) != 0 && opcode != 1 && opcode != 2);
    return !reserved && (opcode <= 2 || (opcode >= 8 && opcode <= 10));
  }

  /** Whether the bytes are whole frames, up to their very end, with or without violations. */
  public boolean isWhole() {
    boolean frames = ended > 0 && headBytes + endedAt == fed;
    return frames || (heads.hasHead() && headBytes == fed);
  }

  /** Whether they are whole frames that break no rule. */
  public boolean isValid() {
    return isWhole() && violations == 0;
  }

  /** Whether they break no rule as far as they go, although the last frame may be incomplete. */
  public boolean isValidSoFar() {
    return violations == 0;
  }

  /** How many bytes the whole frames have. */
  public int wholeBytes() {
    return (int) (headBytes + endedAt);
  }

  /** How many frames are whole. */
  public int wholeFrames() {
    return ended;
  }

  /** How many bytes of payload the last frame lacks. Ends the check. */
  public long missing() {
    reader.end();
    return missing;
  }

  @Override
  public void ended(@Nullable IncompleteFrame incomplete) {
    boolean payload = incomplete != null && incomplete.field() == FrameField.PAYLOAD_DATA;
    missing = payload && incomplete != null ? incomplete.missing() : 0;
  }

  /** Whether a message has begun and not ended. */
  public boolean isInMessage() {
    return openMessages > 0;
  }

  /** Whether a text or a close code makes sense. */
  public boolean isReadable() {
    return !invalidText && (characters >= CLEARLY_TEXT || textBytes > CLEARLY_TEXT || closeRead);
  }

  /** Whether a message lacks a frame; the rest of its last frame may only be cut off. */
  private boolean isUnfinished() {
    return openMessages > 0 && !(frames > ended && lastIsFinal);
  }

  /** What this says for the bytes. */
  public Set<Evidence> evidence() {
    EnumSet<Evidence> evidence = EnumSet.noneOf(Evidence.class);
    if (heads.hasHead()) {
      evidence.add(Evidence.HEAD);
    }
    if (ended > 0 && isValid()) {
      evidence.add(Evidence.WHOLE_FRAMES);
    } else if (isWhole() && firstIsFinal) {
      evidence.add(Evidence.BROKEN_FRAMES);
    } else if (violations > 0) {
      if (validFrames > 1 || (validFrames == 1 && isReadable())) {
        evidence.add(Evidence.FRAMES_FIRST);
      }
    } else if (ended > 0 && !isUnfinished()) {
      evidence.add(Evidence.CUT_STREAM);
    } else if (firstIsFinal) {
      evidence.add(Evidence.CUT_FRAME);
    }
    if (ended > 1 && violations == 0) {
      evidence.add(Evidence.SEVERAL_FRAMES);
    }
    if (violations == 0 && isReadable() && !compressed) {
      evidence.add(Evidence.READABLE);
      if (unmaskedCharacters >= SURELY_TEXT) {
        evidence.add(Evidence.UNMASKED_TEXT);
      }
    }
    if (ended > 0 && isUnfinished()) {
      evidence.add(Evidence.OPEN_MESSAGE);
    }
    return evidence;
  }

  @Override
  public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> found) {
    firstIsFinal |= frames == 0 && header.fin();
    frames++;
    lastIsFinal = header.fin();
    masked = header.masked() && header.maskingKey() != 0;
    for (Violation violation : found) {
      // Other frames may not have RSV1 with the extension either.
      boolean first = header.opcode() == Opcode.TEXT || header.opcode() == Opcode.BINARY;
      if (first && violation.rule() == Rule.RSV1_WITHOUT_EXTENSION) {
        compressed = true;
      } else {
        count(violation);
      }
    }
  }

  @Override
  public void frameEnded(FrameHeader header) {
    ended++;
    validFrames += violations == 0 ? 1 : 0;
    endedAt = header.payloadOffset() + header.payloadLength();
  }

  @Override
  public void messageStarted(Message message) {
    openMessages++;
  }

  @Override
  public void messageData(Message message, ByteBuffer data, boolean last) {
    boolean text = message.type() == Opcode.TEXT && !message.isOpaque();
    textBytes += text && !hasManyControls(data) ? data.remaining() : 0;
    countCharacters(data);
  }

  @Override
  public void control(Opcode opcode, ByteBuffer payload) {
    countCharacters(payload);
  }

  private void countCharacters(ByteBuffer payload) {
    int count = printable(payload);
    characters += count;
    unmaskedCharacters += masked ? count : 0;
  }

  /** Whether control characters are so many that this is hardly a text; STOMP has one. */
  private static boolean hasManyControls(ByteBuffer text) {
    int controls = 0;
    for (int i = text.position(); i < text.limit(); i++) {
      byte c = text.get(i);
      controls += c >= 0 && c < ' ' && c != '\t' && c != '\n' && c != '\r' ? 1 : 0;
    }
    return controls * FEWEST_BETWEEN_CONTROLS > text.remaining();
  }

  /** The length of a payload that is nothing but printable ASCII, else 0. */
  private static int printable(ByteBuffer payload) {
    for (int i = payload.position(); i < payload.limit(); i++) {
      if (payload.get(i) < ' ' || payload.get(i) == 0x7f) {
        return 0;
      }
    }
    return payload.remaining();
  }

  @Override
  public void messageEnded(Message message) {
    openMessages--;
  }

  @Override
  public void messageAbandoned(Message message) {
    openMessages--;
  }

  @Override
  public void close(@Nullable CloseBody body) {
    closeRead |= body != null && body.hasCode();
  }

  @Override
  public void violation(Violation violation) {
    invalidText |= violation.rule() == Rule.TEXT_NOT_UTF8;
    count(violation);
  }

  /** A wrong close code does not make bytes less likely to be frames. */
  private void count(Violation violation) {
    switch (violation.rule()) {
      case CLOSE_CODE_UNASSIGNED, CLOSE_CODE_NEVER_SENT, CLOSE_CODE_OUT_OF_RANGE -> {}
      default -> violations++;
    }
  }
}

package wscope.connection.match;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.Opcode;

/** A message to test conditions on. Its text and its JSON are read at most once. */
public final class Subject {
  /** The longest text that regular expressions are tried on, in characters. */
  public static final int LONGEST_TEXT = 1 << 16;

  /** The longest text that is read as JSON, in characters. */
  public static final int LONGEST_JSON = 1 << 20;

  /** The steps that all regular expressions together may take on one message. */
  static final int MOST_STEPS = 1_000_000;

  private final Opcode type;
  private final byte[] payload;
  private @Nullable String text;
  private @Nullable JsonTree json;
  private boolean readJson;
  private int stepsLeft = MOST_STEPS;
  private @Nullable String doubt;

  /**
   * Creates a subject.
   *
   * @param type {@link Opcode#TEXT} or {@link Opcode#BINARY}
   * @param payload the whole payload, which is not copied; UTF-8 if the type is text
   */
  public Subject(Opcode type, byte[] payload) {
    this.type = type;
    this.payload = payload;
  }

  /** The type of the message: {@link Opcode#TEXT} or {@link Opcode#BINARY}. */
  public Opcode type() {
    return type;
  }

  /** The payload, which must not be changed. */
  public byte[] payload() {
    return payload;
  }

  /**
   * The reason why a condition could not be tested since the last call, in words; null if all could
   * be.
   */
  public @Nullable String takeDoubt() {
    String taken = doubt;
    doubt = null;
    return taken;
  }

  /** The value at a place in the message; null if the message is not JSON or has no such place. */
  public @Nullable Value find(JsonPointer pointer) {
    JsonTree tree = json();
    JsonTree found = tree == null ? null : pointer.in(tree);
    return found == null ? null : found.value();
  }

  /** The text of a text message. */
  String text() {
    String known = text;
    if (known == null) {
      known = new String(payload, UTF_8);
      text = known;
    }
    return known;
  }

  /** The text message as JSON; null if it is not JSON. */
  @Nullable JsonTree json() {
    if (type != Opcode.TEXT || readJson) {
      return json;
    }
    if (payload.length > LONGEST_JSON) {
      doubt("the message is longer than 1 MiB and was not read as JSON");
      return null;
    }
    readJson = true;
    json = JsonTree.read(text());
    return json;
  }

  /** Notes that a condition could not be tested. */
  void doubt(String reason) {
    doubt = reason;
  }

  /** Takes one of the steps of regular expressions; false if none is left. */
  boolean step() {
    return --stepsLeft >= 0;
  }
}

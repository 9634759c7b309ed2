package wscope.protocol.handshake;

import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Rule;

/** Reads the head of an HTTP request (RFC 9112 §3) that may be split anywhere. */
public final class RequestDecoder extends HeadDecoder {
  private static final byte TLS_HANDSHAKE = 0x16;

  private String method = "";
  private String target = "";
  private String version = "";

  /**
   * Creates a decoder for one request.
   *
   * @param maxHead the maximum size of the head in bytes, with the empty line
   * @param maxFields the maximum number of header fields
   */
  public RequestDecoder(int maxHead, int maxFields) {
    super(maxHead, maxFields, HeadRules.REQUEST);
  }

  /** The head; null if it could not be read to its end. */
  public @Nullable RequestHead head() {
    return isComplete()
        ? new RequestHead(start(), method, target, version, fields(), size())
        : null;
  }

  @Override
  void startLine(String line) {
    String[] words = line.split(" ", -1);
    if (words.length != 3) {
      stop(startLineRule(), start(), words.length + " words instead of 3");
    } else if (!Ascii.isToken(words[0])) {
      stop(startLineRule(), start(), "the method is not a token");
    } else if (words[1].isEmpty()) {
      stop(startLineRule(), start() + words[0].length() + 1, "the target is empty");
    } else if (!isVersion(words[2])) {
      int at = start() + words[0].length() + words[1].length() + 2;
      stop(startLineRule(), at, "the last word is not an HTTP version");
    } else {
      if (!words[1].chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        // The end of the head is clear all the same.
        add(startLineRule(), start() + words[0].length() + 1, "the target is not a URL");
      }
      method = words[0];
      target = words[1];
      version = words[2];
    }
  }

  @Override
  @Nullable String firstByteViolation(byte b) {
    if (Ascii.isToken(b)) {
      return null;
    }
    String found = "the first byte is " + Ascii.show((char) (b & 0xff));
    return b == TLS_HANDSHAKE
        ? found + ", as in TLS: the client uses wss:// on a port for ws://"
        : found;
  }

  @Override
  Rule startLineRule() {
    return Rule.REQUEST_LINE_MALFORMED;
  }
}

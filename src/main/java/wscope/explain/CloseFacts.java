package wscope.explain;

import java.util.List;
import wscope.protocol.message.CloseCode;
import wscope.protocol.rule.Rule;

/** Who may send a close code, which follows from its number alone. */
final class CloseFacts {
  private CloseFacts() {}

  /** Whether a Close frame may contain the code, and whether the script of a page may send it. */
  static List<String> of(int code) {
    Rule broken = CloseCode.brokenBy(code);
    String frame =
        broken == null
            ? "a Close frame may contain it"
            : "no Close frame may contain it (" + broken.citation() + ", " + broken.id() + ")";
    boolean byPage = code == 1000 || (code >= 3000 && code <= 4999);
    String page =
        byPage
            ? "a page may send it: close(" + code + ")"
            : "no page can send it: close() accepts only 1000 and 3000 to 4999";
    return List.of(frame, page);
  }
}

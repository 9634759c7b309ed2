package wscope.cli.option;

import java.util.Arrays;
import java.util.Iterator;
import wscope.protocol.message.CloseCode;

/** The close codes that may be sent and have a name, for completion. */
public final class CloseCodes implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return Arrays.stream(CloseCode.values())
        .map(CloseCode::code)
        .filter(code -> CloseCode.brokenBy(code) == null)
        .map(String::valueOf)
        .iterator();
  }
}

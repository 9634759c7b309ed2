package wscope.packet;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** What all directions hold and keep together, and which of them has waited longest. */
final class HeldTotal {
  private final Set<TcpDirection> waiting = new LinkedHashSet<>();
  private long bytes;

  /** How many bytes are kept that have been passed on. */
  private long kept;

  void add(TcpDirection direction, int count) {
    waiting.add(direction);
    bytes += count;
  }

  void remove(int count) {
    bytes -= count;
  }

  void holdsNothing(TcpDirection direction) {
    waiting.remove(direction);
  }

  long bytes() {
    return bytes;
  }

  /** Counts bytes that are kept after they have been passed on; false if there are too many. */
  boolean remembers(int more) {
    if (kept + more > TcpStreams.KEPT_IN_TOTAL) {
      return false;
    }
    kept += more;
    return true;
  }

  void forget(int count) {
    kept -= count;
  }

  /** Lets directions give up, the one that has waited longest first. */
  void shrinkTo(long most) {
    while (bytes > most) {
      Iterator<TcpDirection> longest = waiting.iterator();
      longest.next().giveUp();
    }
  }
}

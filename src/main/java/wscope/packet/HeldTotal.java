package wscope.packet;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** What all directions hold together, and which of them has waited longest. */
final class HeldTotal {
  private final Set<TcpDirection> waiting = new LinkedHashSet<>();
  private long bytes;

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

  /** Lets directions give up, the one that has waited longest first. */
  void shrinkTo(long most) {
    while (bytes > most) {
      Iterator<TcpDirection> longest = waiting.iterator();
      longest.next().giveUp();
    }
  }
}

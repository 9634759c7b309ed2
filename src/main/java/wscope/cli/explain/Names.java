package wscope.cli.explain;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import wscope.explain.Entry;
import wscope.explain.Explainer;
import wscope.explain.Kind;
import wscope.protocol.Faults;
import wscope.protocol.rule.Rule;

/** The names to complete: rules, faults, close codes and headers. They are looked up on demand. */
final class Names implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    List<String> names = new ArrayList<>();
    for (Rule rule : Rule.values()) {
      names.add(rule.id());
    }
    Faults.stalls().forEach(stall -> names.add(stall.id()));
    for (Entry entry : new Explainer().entries()) {
      boolean isCode = entry.kind() == Kind.CLOSE_CODE && !entry.name().contains("-");
      if (isCode || entry.kind() == Kind.HEADER) {
        names.add(entry.name());
      }
    }
    return names.iterator();
  }
}

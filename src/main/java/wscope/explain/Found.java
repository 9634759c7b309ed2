package wscope.explain;

import java.util.List;
import wscope.protocol.Fault;
import wscope.protocol.rule.Rule;

/** Something that a question is about. */
public sealed interface Found {
  /**
   * An entry.
   *
   * @param heading what was found: an error text or a code with its numbers, or a name
   * @param products the programs and libraries that write the error text; otherwise empty
   * @param facts what follows from the number of a close code; otherwise empty
   * @param causes the usual causes; those that name a code of the error text come first
   */
  record OfEntry(
      Entry entry, String heading, List<String> products, List<String> facts, List<String> causes)
      implements Found {}

  /** A rule, asked for by its ID. */
  record OfRule(Rule rule) implements Found {}

  /** A fault that breaks no rule, asked for by its ID. */
  record OfStall(Fault stall) implements Found {}
}

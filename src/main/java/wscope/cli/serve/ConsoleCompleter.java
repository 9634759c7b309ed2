package wscope.cli.serve;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jline.reader.Candidate;
import wscope.cli.prompt.PromptCompleter;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.FrameFault;
import wscope.protocol.message.CloseCode;
import wscope.protocol.rule.Endpoint;

/** Completes commands and arguments on the console of {@code wscope serve}. */
final class ConsoleCompleter extends PromptCompleter<ConsoleCommand> {
  private final Supplier<? extends Collection<Long>> connections;

  /**
   * Creates a completer.
   *
   * @param connections supplies the numbers of the connections; it is not called on the thread of
   *     the server
   */
  ConsoleCompleter(Supplier<? extends Collection<Long>> connections) {
    super(ConsoleCommand.WORDS);
    this.connections = connections;
  }

  @Override
  protected void complete(ConsoleCommand command, int place, List<Candidate> candidates) {
    String argument = command.argument(place);
    switch (argument) {
      case "ID" -> {
        for (long number : connections.get()) {
          candidates.add(candidate(Long.toString(number), null, true));
        }
      }
      case "CODE" -> codes(candidates);
      case "RULE" -> {
        for (Fault fault : Faults.of(Endpoint.SERVER)) {
          if (fault instanceof FrameFault) {
            candidates.add(candidate(fault.id(), fault.title(), true));
          }
        }
      }
      default -> alternatives(argument, candidates);
    }
  }

  /** Adds the close codes that have a name and may be sent. */
  private static void codes(List<Candidate> candidates) {
    for (CloseCode code : CloseCode.values()) {
      if (CloseCode.brokenBy(code.code()) == null) {
        String label = CloseCode.label(code.code());
        candidates.add(candidate(Integer.toString(code.code()), label, true));
      }
    }
  }

  private static void alternatives(String argument, List<Candidate> candidates) {
    if (argument.indexOf('|') > 0) {
      for (String value : argument.split("\\|", -1)) {
        candidates.add(candidate(value, null, true));
      }
    }
  }
}

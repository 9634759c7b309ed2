package wscope.cli.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import wscope.check.Case;
import wscope.cli.option.ShellWord;
import wscope.connect.Target;
import wscope.protocol.DeflateRequirement;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.FrameFault;
import wscope.protocol.rule.Endpoint;

/** The commands that show again what a case has shown. */
final class Reproduction {
  /** The options that say how to reach a server, with which it has to be reached again. */
  private static final Set<String> REACHING =
      Set.of(
          "--header",
          "--origin",
          "--subprotocol",
          "--host-header",
          "--resolve",
          "--ipv4",
          "--ipv6",
          "--unix",
          "--proxy",
          "--insecure",
          "--cacert",
          "--cert",
          "--key",
          "--sni",
          "--tls-max");

  /** Those whose values are secret. */
  private static final Set<String> SECRET = Set.of("--auth", "--cookie");

  private final String url;
  private final String reaching;

  Reproduction(Target target, ParseResult parsed) {
    url = ShellWord.of(target.url());
    List<String> words = new ArrayList<>();
    for (OptionSpec option : parsed.matchedOptions()) {
      String name = option.longestName();
      if (SECRET.contains(name)) {
        words.add(name + " " + option.paramLabel());
      } else if (REACHING.contains(name)) {
        add(option, words);
      }
    }
    reaching = words.isEmpty() ? "" : " " + String.join(" ", words);
  }

  private static void add(OptionSpec option, List<String> words) {
    String name = option.longestName();
    if (option.typeInfo().isBoolean()) {
      words.add(name);
      return;
    }
    for (String value : option.originalStringValues()) {
      String lower = value.toLowerCase(java.util.Locale.ROOT);
      boolean secret =
          name.equals("--header")
              && (lower.startsWith("authorization:")
                  || lower.startsWith("cookie:")
                  || lower.startsWith("proxy-authorization:"));
      words.add(name + " " + (secret ? option.paramLabel() : ShellWord.of(value)));
    }
  }

  /** The command for the probe. */
  String probe() {
    return "wscope check " + url + reaching + " --probe";
  }

  /** The command for a case. */
  String command(Case one) {
    @Nullable Fault fault = one.fault() == null ? null : Faults.find(Endpoint.CLIENT, one.fault());
    if (fault == null) {
      return "wscope check " + url + reaching + " --case " + ShellWord.of(one.id());
    }
    String plain = fault.deflate() == DeflateRequirement.ABSENT ? " --no-deflate" : "";
    String message = fault instanceof FrameFault ? " -x Hello" : "";
    return "wscope connect " + url + reaching + plain + message + " --fault " + fault.id();
  }
}

package wscope.cli.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import wscope.check.Case;
import wscope.check.Checker;
import wscope.check.Group;
import wscope.cli.option.Converter;
import wscope.cli.option.Flag;
import wscope.cli.option.OptionalValue;
import wscope.cli.option.QuantityOption;
import wscope.cli.option.UsageErrors;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;

/** The options that choose the cases of a check. */
final class CaseOptions {
  private static final String USUAL_IDLE = "5m";

  private final OptionSpec probe;
  private final OptionSpec idle;
  private final OptionSpec list;
  private final OptionSpec names;
  private final OptionSpec groups;
  private final OptionSpec all;
  private final OptionSpec seed;

  CaseOptions(CommandSpec spec) {
    probe =
        Flag.of(
            "--probe",
            "Connect only, step by step: name, TCP, TLS, handshake, offers, ping, echo, close.");
    idle =
        QuantityOption.time("--idle")
            .arity("0..1")
            .fallbackValue(USUAL_IDLE)
            .preprocessor(OptionalValue.time(USUAL_IDLE))
            .description(
                "Find out after which silence the connection ends, and who ends it, instead of"
                    + " running cases. Wait for up to TIME. Default: "
                    + USUAL_IDLE
                    + ".")
            .build();
    list = Flag.of("--list", "List the cases instead of running them; no URL is needed.");
    names =
        OptionSpec.builder("--case")
            .paramLabel("PATTERN")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description(
                "Select cases whose names match, where * stands for any characters, as in"
                    + " 'framing/rsv/*'. Repeatable.")
            .build();
    groups =
        OptionSpec.builder("--group")
            .paramLabel("NAME")
            .type(List.class)
            .auxiliaryTypes(Group.class)
            .splitRegex(",")
            .converters(new Converter<>(CaseOptions::group))
            .completionCandidates(ids())
            .description("Select the cases of these groups. Separate the names by commas.")
            .build();
    all =
        Flag.of(
            "--all",
            "Include the group patience, whose clients wait for up to "
                + Checker.PATIENCE.toSeconds()
                + " s.");
    seed =
        OptionSpec.builder("--seed")
            .paramLabel("NUMBER")
            .type(Long.class)
            .converters(new Converter<>(CaseOptions::number))
            .defaultValue("1")
            .description("Take masking keys and random payloads from this number. Default: 1.")
            .build();
    spec.addOption(probe)
        .addOption(idle)
        .addOption(list)
        .addOption(names)
        .addOption(groups)
        .addOption(all);
    spec.addOption(seed);
  }

  /** Whether no case is to run. */
  boolean onlyProbes() {
    return Flag.isSet(probe) || idle() != null;
  }

  /** How long to wait for the end of a connection that is idle; null to run the cases. */
  @Nullable Duration idle() {
    return idle.getValue();
  }

  boolean onlyLists() {
    return Flag.isSet(list);
  }

  long seed() {
    return seed.<Long>getValue();
  }

  /** What the choice leaves out, in words. */
  List<String> leftOut() {
    boolean chosen = names.getValue() != null || groups.getValue() != null;
    return Flag.isSet(all) || chosen ? List.of() : List.of("the group patience (--all)");
  }

  /** The cases that the options choose. */
  List<Case> chosen(List<Case> cases) throws Failure {
    List<Case> chosen = new ArrayList<>();
    @Nullable List<String> patterns = names.getValue();
    @Nullable List<Group> wanted = groups.getValue();
    List<Pattern> compiled =
        patterns == null ? List.of() : patterns.stream().map(CaseOptions::pattern).toList();
    for (Case one : cases) {
      boolean named =
          compiled.isEmpty() || compiled.stream().anyMatch(p -> p.matcher(one.id()).matches());
      boolean inGroup = wanted == null || wanted.contains(one.group());
      boolean patient =
          one.group() != Group.PATIENCE
              || Flag.isSet(all)
              || (wanted != null && wanted.contains(Group.PATIENCE))
              || !compiled.isEmpty();
      if (named && inGroup && patient) {
        chosen.add(one);
      }
    }
    if (chosen.isEmpty()) {
      String what = patterns == null ? "--group" : "'" + patterns.get(0) + "'";
      throw new Failure(ExitCode.USAGE, "no case matches " + what + "; --list shows all names");
    }
    return chosen;
  }

  /** The pattern of a name in which * stands for any characters. */
  private static Pattern pattern(String glob) {
    StringBuilder regex = new StringBuilder();
    for (String part : glob.split("\\*", -1)) {
      regex.append(regex.length() == 0 ? "" : ".*").append(Pattern.quote(part));
    }
    return Pattern.compile(regex.toString());
  }

  private static List<String> ids() {
    return List.of(Group.values()).stream().map(Group::id).toList();
  }

  private static Group group(String id) {
    for (Group group : Group.values()) {
      if (group.id().equals(id.toLowerCase(Locale.ROOT))) {
        return group;
      }
    }
    throw new TypeConversionException(UsageErrors.noneOf(id, ids()));
  }

  private static Long number(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is not a number");
    }
  }
}

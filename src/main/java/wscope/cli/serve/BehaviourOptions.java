package wscope.cli.serve;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import wscope.cli.option.CloseCodes;
import wscope.cli.option.Converter;
import wscope.cli.option.Flag;
import wscope.cli.option.OptionalValue;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.connection.Behaviour;
import wscope.connection.BehaviourParameter;
import wscope.connection.BehaviourParameters;
import wscope.connection.InvalidParameter;
import wscope.serve.Queries;

/** The options for the behaviour of a server on its connections, one for each parameter. */
final class BehaviourOptions {
  private final BehaviourParameters parameters = BehaviourParameters.withAllFaults();
  private final List<OptionSpec> options = new ArrayList<>();
  private final OptionSpec noCompress;
  private final OptionSpec ignoreQuery;
  private final OptionSpec strictQuery;

  BehaviourOptions(CommandSpec spec) {
    for (BehaviourParameter parameter : parameters.all()) {
      options.add(option(parameter));
    }
    noCompress = Flag.of("--no-compress", "Do the same as --compress off.");
    ignoreQuery =
        Flag.of(
            "--ignore-query",
            "Ignore the query of the URL. By default, the query sets the options above for one"
                + " connection, as in /?reply=none&close=1011, and other names in the query have no"
                + " effect.");
    strictQuery =
        Flag.of(
            "--strict-query",
            "Reject requests whose query has a name that is not one of the options above.");
    options.forEach(spec::addOption);
    spec.addOption(noCompress).addOption(ignoreQuery).addOption(strictQuery);
  }

  /** All parameters, for the command line and for queries. */
  BehaviourParameters parameters() {
    return parameters;
  }

  /** The effect of queries that the options set. */
  Queries queries() throws Failure {
    if (Flag.isSet(ignoreQuery) && Flag.isSet(strictQuery)) {
      throw new Failure(ExitCode.USAGE, "--strict-query cannot be combined with --ignore-query");
    }
    if (Flag.isSet(strictQuery)) {
      return Queries.STRICT;
    }
    return Flag.isSet(ignoreQuery) ? Queries.IGNORED : Queries.LENIENT;
  }

  /** The behaviour that the options set. */
  Behaviour behaviour() throws Failure {
    Behaviour behaviour = Behaviour.DEFAULT;
    for (OptionSpec option : options) {
      @Nullable Object value = option.getValue();
      if (value instanceof List<?> values) {
        // A list may also be split over several options.
        String joined = String.join(",", values.stream().map(String::valueOf).toList());
        behaviour = with(behaviour, option.longestName(), joined);
      } else if (value != null) {
        behaviour = with(behaviour, option.longestName(), value.toString());
      }
    }
    return Flag.isSet(noCompress) ? behaviour.compress(false) : behaviour;
  }

  /**
   * Describes a behaviour in words: the receivers of replies, and every setting that is not the
   * default.
   */
  String words(Behaviour behaviour) {
    StringBuilder words = new StringBuilder("reply: ");
    words.append(parameters.settings(behaviour).getOrDefault("reply", "echo"));
    parameters
        .settings(behaviour)
        .forEach(
            (name, value) -> {
              if (!name.equals("reply")) {
                words.append("   ").append(name).append(": ").append(value);
              }
            });
    return words.toString();
  }

  private Behaviour with(Behaviour behaviour, String option, String value) throws Failure {
    try {
      return parameters.parse(option.substring(2), value, behaviour);
    } catch (InvalidParameter e) {
      throw new Failure(ExitCode.USAGE, option + ": " + ServeWording.words(e.problem()));
    }
  }

  private OptionSpec option(BehaviourParameter parameter) {
    String description = parameter.description();
    OptionSpec.Builder builder =
        OptionSpec.builder("--" + parameter.name())
            .paramLabel(parameter.syntax())
            .completionCandidates(
                parameter.name().equals("close") ? new CloseCodes() : parameter.values())
            .description(
                Character.toUpperCase(description.charAt(0)) + description.substring(1) + ".");
    if (!parameter.bare().isEmpty()) {
      builder
          .arity("0..1")
          .fallbackValue(parameter.bare())
          .converters(new Converter<>(text -> valid(parameter, text)))
          .preprocessor(
              parameter.values().isEmpty()
                  ? OptionalValue.time(parameter.bare())
                  : OptionalValue.oneOf(parameter.values(), parameter.bare()));
    }
    return parameter.list()
        ? builder.type(List.class).auxiliaryTypes(String.class).build()
        : builder.type(String.class).build();
  }

  private String valid(BehaviourParameter parameter, String text) {
    try {
      parameters.parse(parameter.name(), text, Behaviour.DEFAULT);
      return text;
    } catch (InvalidParameter e) {
      throw new TypeConversionException(ServeWording.words(e.problem()));
    }
  }
}

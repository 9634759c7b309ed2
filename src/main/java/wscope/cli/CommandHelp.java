package wscope.cli;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_DESCRIPTION;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_PARAMETER_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_PARAMETER_LIST_HEADING;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_SYNOPSIS;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpFactory;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import wscope.cli.option.OptionSections;
import wscope.cli.process.ExitCode;

/**
 * The layout of every command's help: purpose, usage, examples, arguments, options, exit codes,
 * environment. The help is built only when a user requests it.
 */
final class CommandHelp implements IHelpFactory {
  private static final String ENVIRONMENT = "environment";
  private static final List<String> ORDER =
      List.of(
          SECTION_KEY_DESCRIPTION,
          SECTION_KEY_SYNOPSIS_HEADING,
          SECTION_KEY_SYNOPSIS,
          SECTION_KEY_FOOTER,
          SECTION_KEY_COMMAND_LIST_HEADING,
          SECTION_KEY_COMMAND_LIST,
          SECTION_KEY_PARAMETER_LIST_HEADING,
          SECTION_KEY_PARAMETER_LIST,
          SECTION_KEY_OPTION_LIST,
          SECTION_KEY_EXIT_CODE_LIST_HEADING,
          SECTION_KEY_EXIT_CODE_LIST,
          ENVIRONMENT);

  /** Help has no colours, regardless of the environment. */
  @Override
  public Help create(CommandSpec spec, Help.ColorScheme colours) {
    UsageMessageSpec usage = spec.usageMessage();
    usage
        .sortOptions(false)
        .synopsisHeading("%nUsage: ")
        .commandListHeading("%nCommands:%n")
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(ExitCode.of(spec.name()));
    if (!spec.positionalParameters().isEmpty()) {
      usage.parameterListHeading("%nArguments:%n");
    }
    Map<String, IHelpSectionRenderer> renderers = new HashMap<>(usage.sectionMap());
    renderers.put(SECTION_KEY_OPTION_LIST, help -> OptionSections.render(help, spec));
    renderers.put(ENVIRONMENT, help -> environment(help, spec));
    usage.sectionMap(renderers);
    usage.sectionKeys(ORDER);
    return new Help(spec, Help.defaultColorScheme(Help.Ansi.OFF));
  }

  private static String environment(Help help, CommandSpec spec) {
    Map<String, String> variables = Environment.of(spec);
    return variables.isEmpty()
        ? ""
        : System.lineSeparator()
            + "Environment:"
            + System.lineSeparator()
            + help.createTextTable(variables);
  }
}

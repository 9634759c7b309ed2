package wscope.cli.option;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options of a command under several headings, in its help and its manual page. They are not
 * picocli's groups, because an option in a group has no default and may be given twice.
 */
public final class OptionSections {
  /** A command whose options have headings. The command is the user object of its picocli model. */
  public interface Sectioned {
    OptionSections sections();
  }

  /** Options under a heading. */
  public record Section(String heading, List<OptionSpec> options) {}

  private final CommandSpec spec;
  private final List<String> headings = new ArrayList<>();

  /** For each heading, the index of its first option among the command's options. */
  private final List<Integer> starts = new ArrayList<>();

  public OptionSections(CommandSpec spec) {
    this.spec = spec;
  }

  /**
   * Returns the options of any command, under one heading if the command has no sections of its
   * own.
   */
  public static List<Section> of(CommandSpec spec) {
    return spec.userObject() instanceof Sectioned command
        ? command.sections().sections()
        : List.of(new Section("Options", spec.options()));
  }

  /** Begins a section: options that are added from now on are under this heading. */
  public void begin(String heading) {
    headings.add(heading);
    starts.add(spec.options().size());
  }

  /** The part of a command's help that lists its options. */
  public static String render(Help help, CommandSpec spec) {
    StringBuilder text = new StringBuilder();
    for (Section section : of(spec)) {
      // Create the layout with all options, to align the columns of all sections.
      Help.Layout layout = help.createDefaultLayout(spec.options(), List.of(), help.colorScheme());
      layout.addOptions(section.options(), help.parameterLabelRenderer());
      text.append(System.lineSeparator()).append(section.heading()).append(':');
      text.append(System.lineSeparator()).append(layout);
    }
    return text.toString();
  }

  private List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < headings.size(); i++) {
      int end = i + 1 < starts.size() ? starts.get(i + 1) : spec.options().size();
      sections.add(new Section(headings.get(i), spec.options().subList(starts.get(i), end)));
    }
    return sections;
  }
}

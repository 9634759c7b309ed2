package wscope.cli.prompt;

import java.util.ArrayList;
import java.util.List;
import wscope.report.Detail;
import wscope.report.LiveView;
import wscope.report.text.Screen;

/**
 * The actions of a {@link LivePrompt}, on the thread of its loop, with the commands that all of
 * them have: those for the view of the report, and the end.
 */
public abstract class LiveActions implements PromptActions {
  private final Screen replies;
  private final LiveView view;
  private boolean quit;

  /**
   * Creates the actions.
   *
   * @param replies the screen that writes to {@link LivePrompt#replies}
   * @param view the view of the report, which commands change
   */
  protected LiveActions(Screen replies, LiveView view) {
    this.replies = replies;
    this.view = view;
  }

  /**
   * The table of a prompt, with the commands that all live prompts have.
   *
   * @param about the first lines of the help, which say what lines without a slash do
   * @param own the commands that this prompt adds
   * @param end what /quit ends, for the help
   */
  protected static <A extends LiveActions> PromptTable<A> table(
      List<String> about, List<PromptCommand<A>> own, String end) {
    List<PromptCommand<A>> all = new ArrayList<>(own);
    all.add(
        new PromptCommand<>(
            "detail",
            "bits|frames|messages|none",
            "show more or less of each frame",
            LiveActions::detail));
    all.add(
        new PromptCommand<>(
            "pretty", "on|off", "indent JSON below its message", LiveActions::pretty));
    all.add(new PromptCommand<>("quit", "", end + ", as Ctrl+C and Ctrl+D do", LiveActions::quit));
    return new PromptTable<>(about, all);
  }

  /** The line to show first. */
  public abstract String welcome();

  /** The text before the line being typed. */
  public abstract String prompt();

  /** Shows everything that was held back, because the loop has ended. */
  public void end() {}

  @Override
  public final Screen replies() {
    return replies;
  }

  /** Whether the prompt must end. */
  final boolean isQuit() {
    return quit;
  }

  private void detail(PromptArguments typed) throws InvalidCommand {
    view.detail(PromptValues.choice(Detail.class, typed));
  }

  private void pretty(PromptArguments typed) throws InvalidCommand {
    view.pretty(PromptValues.isOn(typed));
  }

  private void quit(PromptArguments typed) {
    quit = true;
  }
}

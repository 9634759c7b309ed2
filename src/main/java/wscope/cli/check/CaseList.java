package wscope.cli.check;

import java.util.List;
import wscope.check.Case;
import wscope.report.text.Screen;

/** Lists cases: one line each, with the name, how binding it is, and what is sent. */
record CaseList(Screen screen) {
  private static final int NAME_WIDTH = 52;
  private static final int STRICTNESS_WIDTH = 8;

  void show(List<Case> cases) {
    int longest = cases.stream().mapToInt(one -> one.id().length()).max().orElse(0);
    int strictness = Math.max(NAME_WIDTH, longest + 2);
    int sends = strictness + STRICTNESS_WIDTH;
    for (Case one : cases) {
      screen.text(one.id()).pad(strictness).text(one.strictness().id()).pad(sends);
      screen.text(one.sends()).endLine();
    }
    screen.number(cases.size()).text(cases.size() == 1 ? " case" : " cases").endLine();
    screen.flush();
  }
}

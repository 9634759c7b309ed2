package wscope.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a check.
 *
 * @param checked what was checked: server or client
 * @param name the URL of a server; the command of a client, or other words for it
 * @param seed the number from which keys and random payloads derive
 * @param groups the counts of each group that has cases
 * @param left the number of cases that did not run, although they should
 * @param leftOut what was not meant to run, in words
 * @param worse the cases that failed now and did not in the baseline; null without a baseline
 */
public record CheckSummary(
    String checked,
    String name,
    long seed,
    List<GroupCount> groups,
    int left,
    List<String> leftOut,
    @Nullable List<String> worse) {

  /** The number of cases of a group with each outcome. */
  public record GroupCount(
      String group, int pass, int lenient, int fail, int hang, int notJudgeable) {
    /** The number of its cases. */
    public int cases() {
      return pass + lenient + fail + hang + notJudgeable;
    }
  }

  /** The counts of all groups. */
  public GroupCount total() {
    int[] sums = new int[5];
    for (GroupCount group : groups) {
      sums[0] += group.pass;
      sums[1] += group.lenient;
      sums[2] += group.fail;
      sums[3] += group.hang;
      sums[4] += group.notJudgeable;
    }
    return new GroupCount("all", sums[0], sums[1], sums[2], sums[3], sums[4]);
  }
}

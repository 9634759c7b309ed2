package wscope.cli.check;

import java.io.IOException;
import java.util.List;
import wscope.check.Case;
import wscope.check.CheckListener;
import wscope.check.CheckSettings;
import wscope.check.Checker;
import wscope.check.Probe;
import wscope.check.ProbeStep;
import wscope.protocol.rule.Endpoint;

/** The server or the client that a command checks, and how the report speaks of it. */
interface CheckedPeer {
  Endpoint endpoint();

  /** The name in reports: a URL, or a command. */
  String name();

  /** Why cases did not run when there is no connection any more. */
  String gone();

  /** What to do about a step of the probe that has failed; empty for nothing. */
  String advice(ProbeStep step, Probe probe);

  /** The command for the probe. */
  String probeCommand();

  /** The command that shows a case again. */
  String command(Case one);

  Checker checker(CheckSettings settings, List<Case> cases, CheckListener listener)
      throws IOException;
}

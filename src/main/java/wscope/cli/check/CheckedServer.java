package wscope.cli.check;

import java.io.IOException;
import java.util.List;
import wscope.check.Case;
import wscope.check.CheckListener;
import wscope.check.CheckSettings;
import wscope.check.Checker;
import wscope.check.Probe;
import wscope.check.ProbeStep;
import wscope.check.ServerSettings;
import wscope.cli.dial.ConnectAdvice;
import wscope.protocol.rule.Endpoint;

/** The server at a URL. */
record CheckedServer(ServerSettings settings, Reproduction reproduction) implements CheckedPeer {
  @Override
  public Endpoint endpoint() {
    return Endpoint.SERVER;
  }

  @Override
  public String name() {
    return settings.target().url();
  }

  @Override
  public String gone() {
    return "the server accepts no more connections";
  }

  @Override
  public String advice(ProbeStep step, Probe probe) {
    Probe.Failure failure = probe.failure();
    if (failure != null && failure.cause() instanceof IOException cause) {
      return ConnectAdvice.words(
          failure.reason(), cause, settings.dial().route(), settings.target());
    }
    return ProbeAdvice.of(step, settings.target());
  }

  @Override
  public String probeCommand() {
    return reproduction.probe();
  }

  @Override
  public String command(Case one) {
    return reproduction.command(one);
  }

  @Override
  public Checker checker(CheckSettings check, List<Case> cases, CheckListener listener)
      throws IOException {
    return Checker.ofServer(settings, check, cases, listener);
  }
}

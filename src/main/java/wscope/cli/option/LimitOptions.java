package wscope.cli.option;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import wscope.connection.Timeouts;
import wscope.net.LinkLimits;
import wscope.protocol.Limits;
import wscope.protocol.rule.Endpoint;

/** The options for the limits of one end of a connection on its peer, and for its timeouts. */
public final class LimitOptions {
  private static final long GIB = 1 << 30;

  private final OptionSpec message;
  private final OptionSpec fragments;
  private final OptionSpec head;
  private final OptionSpec fields;
  private final OptionSpec handshake;
  private final OptionSpec close;
  private final OptionSpec backlog;
  private final OptionSpec stall;

  /**
   * Creates the options.
   *
   * @param self the endpoint that the command plays
   */
  public LimitOptions(CommandSpec spec, Endpoint self) {
    boolean serves = self == Endpoint.SERVER;
    String sent = serves ? "request" : "response";
    String peer = self.peer().id();
    Limits limits = Limits.SERVER;
    message =
        QuantityOption.size(
            "--max-message",
            1,
            GIB,
            limits.maxMessage(),
            "Accept messages and frames of at most SIZE.");
    fragments =
        QuantityOption.count(
            "--max-fragments",
            1_000_000_000,
            limits.maxFragments(),
            "Accept at most COUNT frames per message.");
    head =
        QuantityOption.size(
            "--max-head",
            256,
            16 << 20,
            limits.maxHead(),
            "Accept " + sent + " heads of at most SIZE.");
    fields =
        QuantityOption.count(
            "--max-fields",
            100_000,
            limits.maxHeaderFields(),
            "Accept at most COUNT header fields per " + sent + ".");
    handshake =
        QuantityOption.time(
            "--handshake-timeout",
            Timeouts.DEFAULT.handshake(),
            "Allow a " + peer + " at most TIME to send its whole " + sent + ".");
    close =
        QuantityOption.time(
            "--close-timeout",
            Timeouts.DEFAULT.close(),
            "Wait at most TIME, after the "
                + self.id()
                + "'s last frame, for the end of the TCP connection; the time restarts up to 5 times while"
                + " the "
                + peer
                + " reads queued output.");
    LinkLimits output = LinkLimits.DEFAULT;
    backlog =
        QuantityOption.size(
            "--max-backlog",
            1024,
            GIB,
            output.highWater(),
            "Stop reading from a "
                + peer
                + " while more than SIZE of output is queued for that "
                + peer
                + ".");
    stall =
        QuantityOption.time(
            "--stall-timeout",
            output.stall(),
            "Drop a " + peer + " that reads less than 256 KiB of its queued output in TIME.");
    spec.addOption(message).addOption(fragments).addOption(head).addOption(fields);
    spec.addOption(handshake).addOption(close).addOption(backlog).addOption(stall);
  }

  /** The limits for the input of a peer. */
  public Limits protocol() {
    return new Limits(
        message.<Long>getValue(),
        fragments.<Long>getValue(),
        head.<Long>getValue().intValue(),
        fields.<Long>getValue().intValue());
  }

  /** The times that peers may take. */
  public Timeouts timeouts() {
    return new Timeouts(handshake.getValue(), close.getValue());
  }

  /** The limits for output to peers that do not read. */
  public LinkLimits output() {
    return new LinkLimits(backlog.<Long>getValue(), stall.getValue());
  }
}

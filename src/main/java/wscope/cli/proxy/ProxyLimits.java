package wscope.cli.proxy;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import wscope.cli.option.QuantityOption;
import wscope.connection.Timeouts;
import wscope.net.LinkLimits;
import wscope.protocol.Limits;

/** The options for the limits of a proxy, and for its timeouts. Messages have no limit. */
final class ProxyLimits {
  private final OptionSpec head;
  private final OptionSpec fields;
  private final OptionSpec handshake;
  private final OptionSpec close;
  private final OptionSpec backlog;
  private final OptionSpec stall;

  ProxyLimits(CommandSpec spec) {
    Limits limits = Limits.NONE;
    head =
        QuantityOption.size(
            "--max-head",
            256,
            16 << 20,
            limits.maxHead(),
            "Read heads of requests and responses of at most SIZE.");
    fields =
        QuantityOption.count(
            "--max-fields",
            100_000,
            limits.maxHeaderFields(),
            "Read at most COUNT header fields per request or response.");
    handshake =
        QuantityOption.time(
            "--handshake-timeout",
            Timeouts.DEFAULT.handshake(),
            "Allow a client at most TIME to send its whole request, and a server to respond to a"
                + " request for a WebSocket.");
    close =
        QuantityOption.time(
            "--close-timeout",
            Timeouts.DEFAULT.close(),
            "Wait at most TIME for the end of TCP after a response that opens no WebSocket.");
    LinkLimits output = LinkLimits.DEFAULT;
    backlog =
        QuantityOption.size(
            "--max-backlog",
            1024,
            1 << 30,
            output.highWater(),
            "Stop reading from one end while more than SIZE is queued for the other.");
    stall =
        QuantityOption.time(
            "--stall-timeout",
            output.stall(),
            "Drop an end that reads less than 256 KiB of what is queued for it in TIME.");
    spec.addOption(head).addOption(fields).addOption(handshake).addOption(close);
    spec.addOption(backlog).addOption(stall);
  }

  Limits protocol() {
    return new Limits(
        Long.MAX_VALUE,
        Long.MAX_VALUE,
        head.<Long>getValue().intValue(),
        fields.<Long>getValue().intValue());
  }

  Timeouts timeouts() {
    return new Timeouts(handshake.getValue(), close.getValue());
  }

  LinkLimits output() {
    return new LinkLimits(backlog.<Long>getValue(), stall.getValue());
  }
}

package wscope.cli.option;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.FrameFault;
import wscope.protocol.RuleExample;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.frame.Opcode;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/** The POSIX shell commands that show a violation of a rule, and that break it on purpose. */
final class RuleCommands {
  private static final int WIDTH = 76;
  private static final int LONGEST_ARGUMENT = 68;
  private static final String CONTINUED = " \\";
  private static final String INDENT = "    ";

  private RuleCommands() {}

  /**
   * The command that decodes bytes that break the rule, so that the violation is reported.
   *
   * @return the lines of the command, at most 76 characters each; none if there is no example
   */
  static List<String> decode(Rule rule) {
    RuleExample example = RuleExample.of(rule);
    if (example == null) {
      return List.of();
    }
    return rule.isOfHandshake() ? head(example.bytes()) : frames(example);
  }

  /** The commands that break the rule on purpose, each in one line. */
  static List<String> commit(Rule rule) {
    Fault fault = Faults.find(Endpoint.SERVER, rule.id());
    List<String> commands = new ArrayList<>();
    if (fault != null && fault.isOf(Endpoint.SERVER)) {
      commands.add(serve(fault));
    }
    Fault ofClient = Faults.find(Endpoint.CLIENT, rule.id());
    if (ofClient != null) {
      String message = ofClient instanceof FrameFault ? " -x Hello" : "";
      commands.add("wscope connect :8080" + message + " --fault " + rule.id());
    }
    if (Faults.ofFrames(rule) != null) {
      Opcode opcode = RuleExample.opcode(rule);
      String message = opcode == Opcode.CLOSE ? "close 1000 bye" : opcode.label() + " Hello";
      commands.add("wscope encode " + message + " --break " + rule.id());
    }
    return commands;
  }

  /** The command with which a server commits a fault. */
  static String serve(Fault fault) {
    return "wscope serve --fault " + fault.id();
  }

  private static List<String> frames(RuleExample example) {
    StringBuilder line = new StringBuilder("wscope decode");
    Endpoint sender = example.sender();
    if (sender != null) {
      line.append(" --sender ").append(sender == Endpoint.CLIENT ? "client" : "server");
    }
    DeflateParameters agreed = example.agreed();
    if (agreed != null) {
      line.append(" --deflate");
      if (!agreed.equals(DeflateParameters.DEFAULT)) {
        line.append('=').append(ShellWord.of(agreed.header()));
      }
    }
    List<String> lines = new ArrayList<>();
    ByteBuffer bytes = example.bytes().duplicate();
    while (bytes.hasRemaining()) {
      if (line.length() + 3 + CONTINUED.length() > WIDTH) {
        lines.add(line + CONTINUED);
        line = new StringBuilder(INDENT.substring(1));
      }
      int b = bytes.get() & 0xff;
      line.append(' ')
          .append(Character.forDigit(b >> 4, 16))
          .append(Character.forDigit(b & 15, 16));
    }
    lines.add(line.toString());
    return lines;
  }

  /** Splits a head into its lines, and a long line in two. Writes line ends as escapes. */
  private static List<String> head(ByteBuffer bytes) {
    List<String> lines = new ArrayList<>(List.of("printf '%b'" + CONTINUED));
    StringBuilder line = new StringBuilder();
    String text = StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString();
    for (int i = 0; i < text.length(); i++) {
      append(text.charAt(i), line);
      if (text.charAt(i) == '\n') {
        while (line.length() > LONGEST_ARGUMENT) {
          int end = line.lastIndexOf(" ", LONGEST_ARGUMENT - 1) + 1;
          lines.add(INDENT + "'" + line.substring(0, end) + "'" + CONTINUED);
          line.delete(0, end);
        }
        boolean isLast = i + 1 == text.length();
        lines.add(INDENT + "'" + line + "'" + (isLast ? " | wscope decode" : CONTINUED));
        line.setLength(0);
      }
    }
    return lines;
  }

  /** Appends a character in the syntax of printf %b. */
  private static void append(char c, StringBuilder line) {
    switch (c) {
      case '\r' -> line.append("\\r");
      case '\n' -> line.append("\\n");
      default -> {
        if (c < ' ') {
          line.append("\\0").append((char) ('0' + (c >> 3))).append((char) ('0' + (c & 7)));
        } else {
          line.append(c);
        }
      }
    }
  }
}

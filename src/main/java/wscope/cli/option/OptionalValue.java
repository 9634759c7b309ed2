package wscope.cli.option;

import java.util.List;
import java.util.Map;
import java.util.Stack;
import java.util.regex.Pattern;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import wscope.protocol.deflate.DeflateParameters;

/**
 * Lets an option stand with or without a value. The word after the option is its value only if it
 * looks like one. Any other word may be a URL, a port or bytes.
 */
public final class OptionalValue implements IParameterPreprocessor {
  private final String absent;
  private final Pattern values;

  private OptionalValue(String absent, String values) {
    this.absent = absent;
    this.values = Pattern.compile(values);
  }

  /** A value that begins with a digit, such as a time; if none is given, {@code absent}. */
  public static OptionalValue time(String absent) {
    return new OptionalValue(absent, "\\d+[a-z]*");
  }

  /** A value that is one of these words in any letter case; if none is given, {@code absent}. */
  public static OptionalValue oneOf(List<String> words, String absent) {
    return new OptionalValue(absent, "(?i)" + String.join("|", words));
  }

  /**
   * Parameters of permessage-deflate (RFC 7692 §7.1), which begin with {@code client_}, {@code
   * server_} or the name of the extension; if none are given, an empty text.
   */
  public static OptionalValue deflateParameters() {
    return new OptionalValue("", "|(client_|server_|" + DeflateParameters.EXTENSION + ")[^:/]*");
  }

  @Override
  @SuppressWarnings("JdkObsolete") // Picocli requires the type Stack.
  public boolean preprocess(
      Stack<String> args, CommandSpec spec, ArgSpec argument, Map<String, Object> info) {
    boolean attached = "=".equals(info.get("separator"));
    if (!attached && (args.isEmpty() || !values.matcher(args.peek()).matches())) {
      args.push(absent);
    }
    return false;
  }
}

package wscope.cli.option;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import wscope.protocol.deflate.DeflateParameters;

/**
 * Lets an option stand with or without the parameters of permessage-deflate (RFC 7692 §7.1). The
 * word after the option is its value only if it begins with {@code client_}, {@code server_} or the
 * name of the extension. Any other word may be a URL or bytes.
 */
public final class OptionalParameters implements IParameterPreprocessor {
  @Override
  @SuppressWarnings("JdkObsolete") // Picocli requires the type Stack.
  public boolean preprocess(
      Stack<String> args, CommandSpec spec, ArgSpec argument, Map<String, Object> info) {
    boolean attached = "=".equals(info.get("separator"));
    if (!attached && (args.isEmpty() || !isParameters(args.peek()))) {
      args.push("");
    }
    return false;
  }

  private static boolean isParameters(String word) {
    boolean named =
        word.startsWith("client_")
            || word.startsWith("server_")
            || word.startsWith(DeflateParameters.EXTENSION);
    boolean url = word.indexOf(':') >= 0 || word.indexOf('/') >= 0;
    return word.isEmpty() || (named && !url);
  }
}

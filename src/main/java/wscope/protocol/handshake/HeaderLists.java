package wscope.protocol.handshake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.deflate.ExtensionParameter;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/**
 * Reads the list-valued fields of a handshake. A list may span several fields with one name (RFC
 * 9110 §5.3). The methods add each error to the violations, with its position in the head.
 */
final class HeaderLists {
  private HeaderLists() {}

  /**
   * Whether a list contains a token, in upper or lower case. Elements that are not tokens are
   * skipped.
   */
  static boolean containsToken(List<HeaderField> fields, String token) {
    for (HeaderField field : fields) {
      for (String element : field.value().split(",", -1)) {
        if (element.strip().equalsIgnoreCase(token)) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Reads Sec-WebSocket-Protocol of a request, a list of distinct tokens with at least one per
   * field (§4.1).
   */
  static List<String> subprotocols(List<HeaderField> fields, List<Violation> into) {
    List<String> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (HeaderField field : fields) {
      HeaderScanner scanner = new HeaderScanner(field.value());
      int before = names.size();
      while (scanner.nextElement()) {
        int start = scanner.position();
        String name = scanner.token("a name");
        if (scanner.error() == null && !seen.add(name)) {
          scanner.fail("the name " + name + " is repeated", start);
        }
        names.add(name);
      }
      if (names.size() == before) {
        scanner.fail("the list is empty", scanner.position());
      }
      report(Rule.SUBPROTOCOL_MALFORMED, field, scanner, into);
    }
    return names;
  }

  /** Reads Sec-WebSocket-Extensions (§9.1). */
  static List<Extension> extensions(List<HeaderField> fields, List<Violation> into) {
    List<Extension> extensions = new ArrayList<>();
    for (HeaderField field : fields) {
      HeaderScanner scanner = new HeaderScanner(field.value());
      int before = extensions.size();
      while (scanner.nextElement()) {
        extensions.add(extension(scanner));
      }
      if (extensions.size() == before) {
        scanner.fail("the list is empty", scanner.position());
      }
      report(Rule.EXTENSIONS_MALFORMED, field, scanner, into);
    }
    return extensions;
  }

  private static Extension extension(HeaderScanner scanner) {
    String name = scanner.token("a name");
    List<ExtensionParameter> parameters = new ArrayList<>();
    while (scanner.take(';')) {
      String parameter = scanner.token("a parameter");
      String value = scanner.take('=') ? parameterValue(scanner, parameter) : null;
      if (scanner.error() == null) {
        parameters.add(new ExtensionParameter(parameter, value));
      }
    }
    return new Extension(name, parameters);
  }

  /** Without its quotes, a quoted value must also be a token (§9.1). */
  private static String parameterValue(HeaderScanner scanner, String parameter) {
    int start = scanner.position();
    String value = scanner.tokenOrQuoted("the value of " + parameter);
    if (scanner.error() == null && !Ascii.isToken(value)) {
      scanner.fail("the quoted value is not a token", start);
    }
    return value;
  }

  private static void report(
      Rule rule, HeaderField field, HeaderScanner scanner, List<Violation> into) {
    String error = scanner.error();
    if (error != null) {
      into.add(new Violation(rule, field.valueOffset() + scanner.errorPosition(), 0, error));
    }
  }

  /** The extensions that a request offers. Violations in that list have already been reported. */
  static List<Extension> offered(RequestHead request) {
    return extensions(request.all("Sec-WebSocket-Extensions"), new ArrayList<>());
  }

  /** The parameters of each {@code permessage-deflate} element. */
  static List<List<ExtensionParameter>> deflate(List<Extension> extensions) {
    return extensions.stream()
        .filter(extension -> extension.name().equals(DeflateParameters.EXTENSION))
        .map(Extension::parameters)
        .toList();
  }
}

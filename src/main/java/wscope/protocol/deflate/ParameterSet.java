package wscope.protocol.deflate;

import static wscope.protocol.deflate.DeflateParameters.CLIENT_MAX_WINDOW_BITS;
import static wscope.protocol.deflate.DeflateParameters.CLIENT_NO_CONTEXT_TAKEOVER;
import static wscope.protocol.deflate.DeflateParameters.LEAST_WINDOW_BITS;
import static wscope.protocol.deflate.DeflateParameters.MOST_WINDOW_BITS;
import static wscope.protocol.deflate.DeflateParameters.SERVER_MAX_WINDOW_BITS;
import static wscope.protocol.deflate.DeflateParameters.SERVER_NO_CONTEXT_TAKEOVER;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Rule;

/**
 * The parameters of one offer or response (RFC 7692 §7.1): the valid ones, each at most once, and
 * the invalid ones.
 */
final class ParameterSet {
  /** The value for a window parameter that is absent. */
  static final int ABSENT = 0;

  /** The value for a client window parameter without a value, which only an offer may have. */
  static final int NO_VALUE = -1;

  /**
   * The element that contains the parameters. Only a client may omit the size of its window
   * (§7.1.2.2).
   */
  enum Element {
    OFFER,
    RESPONSE
  }

  private final Element element;
  private final List<InvalidParameter> invalid = new ArrayList<>(0);
  private boolean serverNoContextTakeover;
  private boolean clientNoContextTakeover;
  private int serverMaxWindowBits = ABSENT;
  private int clientMaxWindowBits = ABSENT;

  ParameterSet(Element element, List<ExtensionParameter> parameters) {
    this.element = element;
    for (int index = 0; index < parameters.size(); index++) {
      InvalidParameter found = add(index, parameters.get(index));
      if (found != null) {
        invalid.add(found);
      }
    }
  }

  /** The invalid parameters, in their order. */
  List<InvalidParameter> invalid() {
    return invalid;
  }

  boolean serverNoContextTakeover() {
    return serverNoContextTakeover;
  }

  boolean clientNoContextTakeover() {
    return clientNoContextTakeover;
  }

  /** The base-2 logarithm of the server's window, 8 to 15, or {@link #ABSENT}. */
  int serverMaxWindowBits() {
    return serverMaxWindowBits;
  }

  /** The base-2 logarithm of the client's window, 8 to 15, {@link #ABSENT} or {@link #NO_VALUE}. */
  int clientMaxWindowBits() {
    return clientMaxWindowBits;
  }

  /** The parameters that a response with this set agrees on. */
  DeflateParameters agreed() {
    return new DeflateParameters(
        serverNoContextTakeover,
        clientNoContextTakeover,
        bitsOrMost(serverMaxWindowBits),
        bitsOrMost(clientMaxWindowBits));
  }

  static int bitsOrMost(int bits) {
    return bits == ABSENT || bits == NO_VALUE ? MOST_WINDOW_BITS : bits;
  }

  private @Nullable InvalidParameter add(int index, ExtensionParameter parameter) {
    String value = parameter.value();
    switch (parameter.name()) {
      case SERVER_NO_CONTEXT_TAKEOVER -> {
        if (serverNoContextTakeover) {
          return repeated(index, parameter);
        }
        serverNoContextTakeover = true;
        return value == null ? null : invalid(index, parameter, "the parameter takes no value");
      }
      case CLIENT_NO_CONTEXT_TAKEOVER -> {
        if (clientNoContextTakeover) {
          return repeated(index, parameter);
        }
        clientNoContextTakeover = true;
        return value == null ? null : invalid(index, parameter, "the parameter takes no value");
      }
      case SERVER_MAX_WINDOW_BITS -> {
        if (serverMaxWindowBits != ABSENT) {
          return repeated(index, parameter);
        }
        serverMaxWindowBits = windowBits(value);
        return serverMaxWindowBits == NO_VALUE ? invalidBits(index, parameter) : null;
      }
      case CLIENT_MAX_WINDOW_BITS -> {
        if (clientMaxWindowBits != ABSENT) {
          return repeated(index, parameter);
        }
        clientMaxWindowBits = windowBits(value);
        boolean open = value == null && element == Element.OFFER;
        return clientMaxWindowBits == NO_VALUE && !open ? invalidBits(index, parameter) : null;
      }
      default -> {
        return new InvalidParameter(
            index, parameter, Rule.DEFLATE_PARAMETER_UNKNOWN, "the parameter is not defined");
      }
    }
  }

  private static InvalidParameter repeated(int index, ExtensionParameter parameter) {
    return new InvalidParameter(
        index, parameter, Rule.DEFLATE_PARAMETER_REPEATED, "the parameter is repeated");
  }

  private static InvalidParameter invalidBits(int index, ExtensionParameter parameter) {
    return invalid(
        index,
        parameter,
        parameter.value() == null
            ? "the parameter needs a value from 8 to 15"
            : "the value is not a number from 8 to 15 without leading zeros");
  }

  private static InvalidParameter invalid(int index, ExtensionParameter parameter, String why) {
    return new InvalidParameter(index, parameter, Rule.DEFLATE_VALUE_INVALID, why);
  }

  /**
   * Reads a decimal number from 8 to 15 without leading zeros (§7.1.2). Returns {@link #NO_VALUE}
   * for anything else.
   */
  private static int windowBits(@Nullable String value) {
    for (int bits = LEAST_WINDOW_BITS; bits <= MOST_WINDOW_BITS; bits++) {
      if (Integer.toString(bits).equals(value)) {
        return bits;
      }
    }
    return NO_VALUE;
  }
}

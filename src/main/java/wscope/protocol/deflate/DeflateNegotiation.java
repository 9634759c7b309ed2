package wscope.protocol.deflate;

import static wscope.protocol.deflate.DeflateParameters.CLIENT_MAX_WINDOW_BITS;
import static wscope.protocol.deflate.DeflateParameters.SERVER_MAX_WINDOW_BITS;
import static wscope.protocol.deflate.DeflateParameters.SERVER_NO_CONTEXT_TAKEOVER;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.ParameterSet.Element;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/**
 * Negotiates permessage-deflate (RFC 7692 §5.1, §7.1): responds to offers as a server, and reads
 * the response as a client or an observer. An offer or a response is the parameter list of one
 * {@code permessage-deflate} element of Sec-WebSocket-Extensions.
 */
public final class DeflateNegotiation {
  private DeflateNegotiation() {}

  /**
   * Accepts the first valid offer.
   *
   * @param offers the offers in the client's order, which is its order of preference (§5.1)
   * @param preferred the parameters that the server adds to the offer: no context takeover if set,
   *     and windows of at most this size, for the client's window only if the client allows a limit
   */
  public static DeflateResponse respond(
      List<List<ExtensionParameter>> offers, DeflateParameters preferred) {
    List<DeflateResponse.Declined> declined = new ArrayList<>(0);
    for (int i = 0; i < offers.size(); i++) {
      ParameterSet offer = new ParameterSet(Element.OFFER, offers.get(i));
      if (offer.invalid().isEmpty()) {
        return accept(offer, preferred, declined);
      }
      InvalidParameter first = offer.invalid().get(0);
      declined.add(new DeflateResponse.Declined(i + 1, first.parameter(), first.why()));
    }
    return new DeflateResponse(null, null, declined);
  }

  private static DeflateResponse accept(
      ParameterSet offer, DeflateParameters preferred, List<DeflateResponse.Declined> declined) {
    int serverBits = ParameterSet.bitsOrMost(offer.serverMaxWindowBits());
    int clientBits = ParameterSet.bitsOrMost(offer.clientMaxWindowBits());
    boolean clientAllows = offer.clientMaxWindowBits() != ParameterSet.ABSENT;
    DeflateParameters agreed =
        new DeflateParameters(
            offer.serverNoContextTakeover() || preferred.serverNoContextTakeover(),
            offer.clientNoContextTakeover() || preferred.clientNoContextTakeover(),
            Math.min(serverBits, preferred.serverMaxWindowBits()),
            clientAllows ? Math.min(clientBits, preferred.clientMaxWindowBits()) : clientBits);
    // If the offer has a value for a parameter, the response has one too, even 15 (§7.1.2.1).
    boolean includeServerBits =
        offer.serverMaxWindowBits() != ParameterSet.ABSENT
            || agreed.serverMaxWindowBits() < DeflateParameters.MOST_WINDOW_BITS;
    boolean includeClientBits =
        offer.clientMaxWindowBits() > ParameterSet.ABSENT
            || agreed.clientMaxWindowBits() < DeflateParameters.MOST_WINDOW_BITS;
    return new DeflateResponse(
        agreed, agreed.header(includeServerBits, includeClientBits), declined);
  }

  /**
   * Reads the response of a server. A client fails the connection for any of the violations (§7.1).
   *
   * @param offers the offers of the client
   * @param responses the {@code permessage-deflate} elements of the response: none, or one if it is
   *     correct
   * @param offset the offset of the response in the head, for the violations
   * @param into receives the violations
   * @return the negotiated parameters, as far as they are readable; null if there is no response
   */
  public static @Nullable DeflateParameters read(
      List<List<ExtensionParameter>> offers,
      List<List<ExtensionParameter>> responses,
      long offset,
      List<Violation> into) {
    if (responses.isEmpty()) {
      return null;
    }
    if (responses.size() > 1) {
      String found = DeflateParameters.EXTENSION + " " + responses.size() + " times";
      into.add(new Violation(Rule.DEFLATE_AGREED_TWICE, offset, 0, found));
    }
    ParameterSet response = new ParameterSet(Element.RESPONSE, responses.get(0));
    for (InvalidParameter invalid : response.invalid()) {
      String found = invalid.parameter() + ": " + invalid.why();
      into.add(new Violation(invalid.rule(), offset, 0, found));
    }
    if (offers.isEmpty()) {
      into.add(new Violation(Rule.EXTENSION_NOT_OFFERED, offset, 0, DeflateParameters.EXTENSION));
    } else {
      checkOffers(offers, response, offset, into);
    }
    return response.agreed();
  }

  /**
   * The parameters that a response agrees on, regardless of the offers.
   *
   * @param into receives the invalid parameters, in their order
   * @return the parameters that are readable
   */
  public static DeflateParameters agreed(
      List<ExtensionParameter> parameters, List<InvalidParameter> into) {
    ParameterSet response = new ParameterSet(Element.RESPONSE, parameters);
    into.addAll(response.invalid());
    return response.agreed();
  }

  /**
   * The parameters with which a client compresses. A client keeps the parameters that it announced
   * in an offer, even if the response does not repeat them (§7.1.1.2, §7.1.2.2). Of several offers,
   * the strictest values apply.
   *
   * @param agreed the parameters of the response
   */
  public static DeflateParameters announced(
      List<List<ExtensionParameter>> offers, DeflateParameters agreed) {
    boolean noContextTakeover = agreed.clientNoContextTakeover();
    int windowBits = agreed.clientMaxWindowBits();
    for (List<ExtensionParameter> parameters : offers) {
      ParameterSet offer = new ParameterSet(Element.OFFER, parameters);
      if (offer.invalid().isEmpty()) {
        noContextTakeover |= offer.clientNoContextTakeover();
        windowBits = Math.min(windowBits, ParameterSet.bitsOrMost(offer.clientMaxWindowBits()));
      }
    }
    return new DeflateParameters(
        agreed.serverNoContextTakeover(),
        noContextTakeover,
        agreed.serverMaxWindowBits(),
        windowBits);
  }

  /**
   * The response must match one of the offers. If it matches none, it is compared with the first
   * one that leaves only warnings, or else with the first one.
   */
  private static void checkOffers(
      List<List<ExtensionParameter>> offers,
      ParameterSet response,
      long offset,
      List<Violation> into) {
    List<Violation> first = new ArrayList<>(0);
    for (int i = 0; i < offers.size(); i++) {
      List<Violation> violations = new ArrayList<>(0);
      checkOffer(new ParameterSet(Element.OFFER, offers.get(i)), response, offset, violations);
      if (violations.isEmpty()) {
        return;
      }
      if (i == 0 || (hasError(first) && !hasError(violations))) {
        first = violations;
      }
    }
    into.addAll(first);
  }

  private static boolean hasError(List<Violation> violations) {
    return violations.stream().anyMatch(violation -> violation.rule().isError());
  }

  private static void checkOffer(
      ParameterSet offer, ParameterSet response, long offset, List<Violation> into) {
    if (offer.serverNoContextTakeover() && !response.serverNoContextTakeover()) {
      add(into, Rule.DEFLATE_OFFER_IGNORED, offset, "no " + SERVER_NO_CONTEXT_TAKEOVER);
    }
    int wanted = offer.serverMaxWindowBits();
    int granted = response.serverMaxWindowBits();
    if (wanted > 0 && granted == ParameterSet.ABSENT) {
      add(into, Rule.DEFLATE_OFFER_IGNORED, offset, "no " + SERVER_MAX_WINDOW_BITS);
    } else if (wanted > 0 && granted > wanted) {
      String found = SERVER_MAX_WINDOW_BITS + "=" + granted + ", but the client offered " + wanted;
      add(into, Rule.DEFLATE_OFFER_IGNORED, offset, found);
    }
    int asked = offer.clientMaxWindowBits();
    int allowed = response.clientMaxWindowBits();
    if (asked == ParameterSet.ABSENT && allowed != ParameterSet.ABSENT) {
      add(into, Rule.DEFLATE_PARAMETER_NOT_OFFERED, offset, CLIENT_MAX_WINDOW_BITS);
    } else if (asked > 0 && allowed > asked) {
      String found = CLIENT_MAX_WINDOW_BITS + "=" + allowed + ", but the client offered " + asked;
      add(into, Rule.DEFLATE_CLIENT_WINDOW_RAISED, offset, found);
    }
  }

  private static void add(List<Violation> into, Rule rule, long offset, String found) {
    into.add(new Violation(rule, offset, 0, found));
  }
}

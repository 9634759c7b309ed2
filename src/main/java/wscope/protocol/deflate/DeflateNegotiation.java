package wscope.protocol.deflate;

import static wscope.protocol.deflate.DeflateParameters.CLIENT_MAX_WINDOW_BITS;
import static wscope.protocol.deflate.DeflateParameters.SERVER_MAX_WINDOW_BITS;
import static wscope.protocol.deflate.DeflateParameters.SERVER_NO_CONTEXT_TAKEOVER;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.ParameterSet.Place;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/**
 * Agreeing on permessage-deflate (RFC 7692 §5.1, §7.1): how a server answers offers, and how a
 * client, or somebody who looks on, reads the answer. An offer or an answer is the list of the
 * parameters of one element {@code permessage-deflate} of Sec-WebSocket-Extensions.
 */
public final class DeflateNegotiation {
  private DeflateNegotiation() {}

  /**
   * Answers with the first offer that can be accepted.
   *
   * @param offers in the client's order, which is its order of preference (§5.1)
   * @param preferred what the server wants beyond the offers: no context takeover if it says so,
   *     and windows of at most this size; the client's is only limited if the client allows it
   */
  public static DeflateResponse answer(
      List<List<ExtensionParameter>> offers, DeflateParameters preferred) {
    List<DeflateResponse.Declined> declined = new ArrayList<>(0);
    for (int i = 0; i < offers.size(); i++) {
      ParameterSet offer = new ParameterSet(Place.OFFER, offers.get(i));
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
    boolean clientListens = offer.clientMaxWindowBits() != ParameterSet.ABSENT;
    DeflateParameters agreed =
        new DeflateParameters(
            offer.serverNoContextTakeover() || preferred.serverNoContextTakeover(),
            offer.clientNoContextTakeover() || preferred.clientNoContextTakeover(),
            Math.min(serverBits, preferred.serverMaxWindowBits()),
            clientListens ? Math.min(clientBits, preferred.clientMaxWindowBits()) : clientBits);
    // What was offered with a value is answered with one, also with 15 (§7.1.2.1).
    boolean saysServerBits =
        offer.serverMaxWindowBits() != ParameterSet.ABSENT
            || agreed.serverMaxWindowBits() < DeflateParameters.MOST_WINDOW_BITS;
    boolean saysClientBits =
        offer.clientMaxWindowBits() > ParameterSet.ABSENT
            || agreed.clientMaxWindowBits() < DeflateParameters.MOST_WINDOW_BITS;
    return new DeflateResponse(agreed, agreed.header(saysServerBits, saysClientBits), declined);
  }

  /**
   * Reads what a server answered. A client fails the connection at any of the violations (§7.1).
   *
   * @param offers what the client had offered
   * @param answers the elements {@code permessage-deflate} of the response: none, or one if the
   *     server does it right
   * @param offset of the answer in the head, for the violations
   * @param into receives the violations
   * @return what was agreed on, as far as it can be read; null without an answer
   */
  public static @Nullable DeflateParameters read(
      List<List<ExtensionParameter>> offers,
      List<List<ExtensionParameter>> answers,
      long offset,
      List<Violation> into) {
    if (answers.isEmpty()) {
      return null;
    }
    if (answers.size() > 1) {
      String found = DeflateParameters.EXTENSION + " " + answers.size() + " times";
      into.add(new Violation(Rule.DEFLATE_AGREED_TWICE, offset, 0, found));
    }
    ParameterSet answer = new ParameterSet(Place.RESPONSE, answers.get(0));
    for (InvalidParameter invalid : answer.invalid()) {
      String found = invalid.parameter() + ": " + invalid.why();
      into.add(new Violation(invalid.rule(), offset, 0, found));
    }
    if (offers.isEmpty()) {
      into.add(new Violation(Rule.EXTENSION_NOT_OFFERED, offset, 0, DeflateParameters.EXTENSION));
    } else {
      checkOffers(offers, answer, offset, into);
    }
    return answer.agreed();
  }

  /**
   * What a response with these parameters agrees on, whatever was offered.
   *
   * @param into receives what is wrong with them, in their order
   * @return as far as it can be read
   */
  public static DeflateParameters agreed(
      List<ExtensionParameter> parameters, List<InvalidParameter> into) {
    ParameterSet response = new ParameterSet(Place.RESPONSE, parameters);
    into.addAll(response.invalid());
    return response.agreed();
  }

  /**
   * What a client compresses with: what it announced in an offer holds for it, even if the response
   * does not say so (§7.1.1.2, §7.1.2.2). Of several offers, the least that any of them announces.
   *
   * @param agreed what the response says
   */
  public static DeflateParameters announced(
      List<List<ExtensionParameter>> offers, DeflateParameters agreed) {
    boolean noContextTakeover = agreed.clientNoContextTakeover();
    int windowBits = agreed.clientMaxWindowBits();
    for (List<ExtensionParameter> parameters : offers) {
      ParameterSet offer = new ParameterSet(Place.OFFER, parameters);
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

  /** The answer must fit one of the offers; if it fits none, the first one tells why. */
  private static void checkOffers(
      List<List<ExtensionParameter>> offers,
      ParameterSet answer,
      long offset,
      List<Violation> into) {
    List<Violation> first = new ArrayList<>(0);
    for (int i = 0; i < offers.size(); i++) {
      List<Violation> misfits = new ArrayList<>(0);
      checkOffer(new ParameterSet(Place.OFFER, offers.get(i)), answer, offset, misfits);
      if (misfits.isEmpty()) {
        return;
      }
      if (i == 0) {
        first = misfits;
      }
    }
    into.addAll(first);
  }

  private static void checkOffer(
      ParameterSet offer, ParameterSet answer, long offset, List<Violation> into) {
    if (offer.serverNoContextTakeover() && !answer.serverNoContextTakeover()) {
      add(into, Rule.DEFLATE_OFFER_IGNORED, offset, "no " + SERVER_NO_CONTEXT_TAKEOVER);
    }
    int wanted = offer.serverMaxWindowBits();
    int granted = answer.serverMaxWindowBits();
    if (wanted > 0 && granted == ParameterSet.ABSENT) {
      add(into, Rule.DEFLATE_OFFER_IGNORED, offset, "no " + SERVER_MAX_WINDOW_BITS);
    } else if (wanted > 0 && granted > wanted) {
      String found = SERVER_MAX_WINDOW_BITS + "=" + granted + ", but the offer was " + wanted;
      add(into, Rule.DEFLATE_OFFER_IGNORED, offset, found);
    }
    // A larger value than the client's own is no violation: it will not use it (§7.1.2.2).
    boolean asked = offer.clientMaxWindowBits() != ParameterSet.ABSENT;
    if (!asked && answer.clientMaxWindowBits() != ParameterSet.ABSENT) {
      add(into, Rule.DEFLATE_PARAMETER_NOT_OFFERED, offset, CLIENT_MAX_WINDOW_BITS);
    }
  }

  private static void add(List<Violation> into, Rule rule, long offset, String found) {
    into.add(new Violation(rule, offset, 0, found));
  }
}

package wscope.capture;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.deflate.DeflateResponse;
import wscope.protocol.deflate.ExtensionParameter;
import wscope.protocol.handshake.HandshakeResult;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.OutgoingHeaderField;

/**
 * The decision of the recorded server about a request.
 *
 * @param why the reason why the server's policy rejected the request; null if it did not
 * @param subprotocol the subprotocol that the server chose; null for none
 */
record RecordedDecision(
    HttpResponse response,
    @Nullable String why,
    @Nullable String subprotocol,
    DeflateResponse deflate) {

  /** Reads the decision from the line of the request and from the response. */
  static RecordedDecision of(RecordedLine request, HttpResponse response) throws InvalidRecording {
    List<DeflateResponse.Declined> declined = new ArrayList<>();
    for (RecordedLine offer : request.objects("declinedOffers")) {
      String[] parameter = offer.text("parameter").split("=", 2);
      declined.add(
          new DeflateResponse.Declined(
              offer.small("offer"),
              new ExtensionParameter(parameter[0], parameter.length > 1 ? parameter[1] : null),
              offer.text("why")));
    }
    DeflateParameters agreed = agreed(request);
    String header = agreed == null ? null : extensions(response, agreed);
    return new RecordedDecision(
        response,
        request.textOrNull("why"),
        request.textOrNull("subprotocol"),
        new DeflateResponse(agreed, header, declined));
  }

  /** Adds the decision of the server to the result that the rules give. */
  HandshakeResult applyTo(HandshakeResult checked) {
    if (why != null && checked instanceof HandshakeResult.Accepted accepted) {
      return new HandshakeResult.Rejected(accepted.request(), accepted.violations(), response, why);
    }
    if (why != null && checked instanceof HandshakeResult.PlainRequest plain) {
      return new HandshakeResult.Rejected(plain.request(), plain.violations(), response, why);
    }
    if (checked instanceof HandshakeResult.Accepted accepted) {
      return new HandshakeResult.Accepted(
          accepted.request(),
          accepted.key(),
          accepted.violations(),
          subprotocol,
          deflate,
          response);
    }
    return checked;
  }

  private static @Nullable DeflateParameters agreed(RecordedLine request) throws InvalidRecording {
    RecordedLine deflate = request.objectOrNull("deflate");
    if (deflate == null) {
      return null;
    }
    try {
      return new DeflateParameters(
          deflate.flag("serverNoContextTakeover"),
          deflate.flag("clientNoContextTakeover"),
          deflate.small("serverMaxWindowBits"),
          deflate.small("clientMaxWindowBits"));
    } catch (IllegalArgumentException e) {
      throw request.invalid("\"deflate\" has an invalid window size");
    }
  }

  /** The field value in the response, which a fault may have changed. */
  private static String extensions(HttpResponse response, DeflateParameters agreed) {
    for (OutgoingHeaderField field : response.fields()) {
      if (field.name().equalsIgnoreCase("Sec-WebSocket-Extensions")
          && field.value().startsWith(DeflateParameters.EXTENSION)) {
        return field.value();
      }
    }
    return agreed.header();
  }
}

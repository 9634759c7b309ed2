package wscope.check;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.handshake.HandshakeResult;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.OutgoingHeaderField;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseFaults;
import wscope.protocol.handshake.ServerHandshake;
import wscope.protocol.rule.Rule;

/** The ways in which servers write their responses. */
final class Replies {
  static final String EXTENSIONS = "Sec-WebSocket-Extensions";
  static final String SUBPROTOCOL = "Sec-WebSocket-Protocol";

  /** The path to which a redirect leads; nothing is there. */
  static final String REDIRECTED = "/redirected";

  /** A correct response in one piece. */
  static final Reply CORRECT = (request, correct) -> List.of(correct.bytes());

  /** A correct response that agrees to permessage-deflate. */
  static final Reply DEFLATE = (request, correct) -> List.of(agreeing(request, correct).bytes());

  /** No response. */
  static final Reply NOTHING = (request, correct) -> List.of();

  private Replies() {}

  /** A changed response. */
  static Reply of(UnaryOperator<HttpResponse> change) {
    return (request, correct) -> List.of(change.apply(correct).bytes());
  }

  /** A response whose text is changed, one character for each byte. */
  static Reply text(UnaryOperator<String> change) {
    return (request, correct) -> List.of(Openings.bytes(change.apply(correct.head())));
  }

  /** Other bytes instead of a response. */
  static Reply instead(String latin1) {
    return (request, correct) -> List.of(Openings.bytes(latin1));
  }

  /** A correct response with further bytes in the same segment. */
  static Reply with(ByteBuffer after) {
    return (request, correct) -> List.of(FrameBytes.join(correct.bytes(), after));
  }

  /** A correct response in two pieces. */
  static Reply cut(int at) {
    return (request, correct) -> {
      String head = correct.head();
      int place = at < 0 ? head.length() + at : at;
      return List.of(
          Openings.bytes(head.substring(0, place)), Openings.bytes(head.substring(place)));
    };
  }

  /** The first bytes of a correct response. */
  static Reply start(int length) {
    return (request, correct) -> List.of(Openings.bytes(correct.head().substring(0, length)));
  }

  /** A correct response in pieces of one byte. */
  static Reply singleBytes() {
    return (request, correct) -> {
      List<ByteBuffer> pieces = new ArrayList<>();
      for (int i = 0; i < correct.head().length(); i++) {
        pieces.add(Openings.bytes(correct.head().substring(i, i + 1)));
      }
      return pieces;
    };
  }

  /** A response that agrees to these extensions, whether or not the client offers them. */
  static Reply extensions(String value) {
    return of(response -> with(response, EXTENSIONS, value));
  }

  /** A response with parameters of permessage-deflate, if the client offers the extension. */
  static Reply deflate(String parameters) {
    return (request, correct) -> {
      requireDeflate(request);
      if (offers(request, "server_")) {
        throw new Reply.Inapplicable("the client's offer limits how a server compresses");
      }
      String value = DeflateParameters.EXTENSION + parameters;
      return List.of(with(correct, EXTENSIONS, value).bytes());
    };
  }

  /** A response with a value of client_max_window_bits, if the client offers the parameter. */
  static Reply clientWindow(String value) {
    return (request, correct) -> {
      if (!offers(request, "client_max_window_bits")) {
        throw new Reply.Inapplicable("the client does not offer client_max_window_bits");
      }
      if (offers(request, "client_max_window_bits=") || offers(request, "server_")) {
        throw new Reply.Inapplicable("the client's offer limits the response");
      }
      String agreed = DeflateParameters.EXTENSION + "; client_max_window_bits" + value;
      return List.of(with(correct, EXTENSIONS, agreed).bytes());
    };
  }

  /** A response that selects the first subprotocol that the client offers, changed. */
  static Reply subprotocol(UnaryOperator<String> change) {
    return (request, correct) -> {
      String offered = firstSubprotocol(request);
      return List.of(with(correct, SUBPROTOCOL, change.apply(offered)).bytes());
    };
  }

  /** A response that breaks a rule. */
  static Reply breaking(Rule rule) {
    return (request, correct) -> {
      boolean selects = rule == Rule.SUBPROTOCOL_REPEATED || rule == Rule.SUBPROTOCOL_NOT_SELECTED;
      HttpResponse before =
          selects
              ? with(correct, SUBPROTOCOL, firstSubprotocol(request))
              : ResponseFaults.needsDeflate(rule) ? agreeing(request, correct) : correct;
      HttpResponse broken = ResponseFaults.commit(rule, request, before);
      if (broken == null) {
        throw new Reply.Inapplicable(
            "the client does not offer what the response needs to break the rule");
      }
      return List.of(broken.bytes());
    };
  }

  private static HttpResponse agreeing(RequestHead request, HttpResponse correct)
      throws Reply.Inapplicable {
    requireDeflate(request);
    String agreed =
        ServerHandshake.check(request, List.of()) instanceof HandshakeResult.Accepted accepted
            ? ServerHandshake.accept(accepted, null, DeflateParameters.DEFAULT, List.of())
                .deflate()
                .header()
            : null;
    if (agreed == null) {
      throw new Reply.Inapplicable("the client makes no valid offer of permessage-deflate");
    }
    return with(correct, EXTENSIONS, agreed);
  }

  private static void requireDeflate(RequestHead request) throws Reply.Inapplicable {
    if (!offers(request, DeflateParameters.EXTENSION)) {
      throw new Reply.Inapplicable("the client does not offer permessage-deflate");
    }
  }

  private static boolean offers(RequestHead request, String word) {
    return request.all(EXTENSIONS).stream().anyMatch(field -> field.value().contains(word));
  }

  private static String firstSubprotocol(RequestHead request) throws Reply.Inapplicable {
    List<String> offered = request.subprotocols();
    if (offered.isEmpty()) {
      throw new Reply.Inapplicable("the client does not offer a subprotocol");
    }
    return offered.get(0);
  }

  /** A response with one more field at the end. */
  static HttpResponse with(HttpResponse response, String name, String value) {
    List<OutgoingHeaderField> fields = new ArrayList<>(response.fields());
    fields.add(new OutgoingHeaderField(name, value));
    return fields(response, fields);
  }

  /** A response with another value in a field. */
  static HttpResponse value(HttpResponse response, String name, UnaryOperator<String> change) {
    return fields(
        response,
        response.fields().stream()
            .map(
                field ->
                    field.name().equals(name)
                        ? new OutgoingHeaderField(name, change.apply(field.value()))
                        : field)
            .toList());
  }

  /** A response without a field. */
  static HttpResponse without(HttpResponse response, String name) {
    return fields(
        response, response.fields().stream().filter(field -> !field.name().equals(name)).toList());
  }

  static HttpResponse fields(HttpResponse response, List<OutgoingHeaderField> fields) {
    return new HttpResponse(
        response.version(), response.status(), response.reason(), fields, response.body());
  }
}

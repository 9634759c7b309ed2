package wscope.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/**
 * A case: what one endpoint sends, which is wscope, and what the other one has to do, which is
 * checked.
 *
 * @param id the stable name, such as {@code framing/reserved-opcode/3}; it begins with the group
 * @param checked the endpoint that is checked
 * @param rule the rule that the case is about; null if the table of rules has none for it
 * @param citation the document and section, such as {@code RFC 6455 §5.2}
 * @param sends what wscope sends, in words
 * @param beginning the request to a server, or the response to a client
 * @param deflate whether the case needs permessage-deflate
 * @param refersBack whether compressed messages refer to earlier ones
 * @param steps what follows once the WebSocket is open
 * @param clients the number of clients at once, for a server
 * @param flood whether the case sends so much that only a program on this machine should get it
 * @param fault the ID of the fault with which wscope does the same; null if there is none
 */
public record Case(
    String id,
    Endpoint checked,
    Group group,
    @Nullable Rule rule,
    String citation,
    Strictness strictness,
    String sends,
    Beginning beginning,
    boolean deflate,
    boolean refersBack,
    List<Step> steps,
    Expectation expectation,
    int clients,
    boolean flood,
    @Nullable String fault) {
  private static final int MUCH = 128 << 10;

  /** Whether the case is about the opening handshake. */
  boolean isAboutHandshake() {
    return group == Group.HANDSHAKE || group == Group.OFFERS;
  }

  /** Whether wscope sends so much, or to so many clients, that the reaction may take longer. */
  boolean sendsMuch() {
    long bytes = 0;
    for (Step step : steps) {
      if (step instanceof Step.SendMade) {
        return true;
      }
      bytes += step instanceof Step.Send sent ? sent.bytes().remaining() : 0;
    }
    return flood || clients > 1 || bytes > MUCH;
  }

  /** The same case for a client: wscope is the server. */
  Case forClient() {
    return new Case(
        id,
        Endpoint.CLIENT,
        group,
        rule,
        citation,
        strictness,
        sends,
        beginning instanceof Reply ? beginning : deflate ? Replies.DEFLATE : Replies.CORRECT,
        deflate,
        refersBack,
        steps,
        expectation,
        clients,
        flood,
        fault);
  }
}

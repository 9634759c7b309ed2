package wscope.check;

import java.util.List;
import java.util.Set;
import wscope.protocol.rule.Rule;

/** What the checked endpoint has to do in a case. */
public sealed interface Expectation {
  /** The server rejects the request. */
  record Rejects() implements Expectation {}

  /** The server rejects the request and names the version that it supports (RFC 6455 §4.4). */
  record RejectsVersion() implements Expectation {}

  /** The server answers with anything but a 101 response, or disconnects. */
  record SpeaksNoWebSocket() implements Expectation {}

  /**
   * The endpoint opens the WebSocket, and serves on after what wscope sends.
   *
   * @param echoes the messages that an echo returns, in their order
   */
  record Serves(List<Payload> echoes) implements Expectation {}

  /** The server opens the WebSocket without permessage-deflate. */
  record Declines() implements Expectation {}

  /**
   * The endpoint fails the connection (RFC 6455 §7.1.7).
   *
   * @param codes the close codes that fit
   * @param accepting the close codes which show that the endpoint took the bytes for correct
   */
  record Fails(Set<Integer> codes, Set<Integer> accepting) implements Expectation {
    Fails(Set<Integer> codes) {
      this(codes, Set.of());
    }
  }

  /**
   * The endpoint fails the connection at the first byte that shows the violation, not later.
   *
   * @param codes the close codes that fit
   */
  record FailsFast(Set<Integer> codes) implements Expectation {}

  /**
   * The endpoint replies to the Close, and ends TCP.
   *
   * @param code the code that it repeats; -1 for none
   */
  record Closes(int code) implements Expectation {}

  /** The endpoint ends TCP, after anything. */
  record EndsTcp() implements Expectation {}

  /**
   * No frame that the endpoint sends breaks a rule.
   *
   * @param rule the rule
   */
  record Keeps(Rule rule) implements Expectation {}

  /**
   * The response to the request does not break a rule.
   *
   * @param rule the rule
   */
  record KeepsInResponse(Rule rule) implements Expectation {}

  /** The server serves on, or closes with a code for messages that are too big. */
  record ServesOrLimits(List<Payload> echoes) implements Expectation {}

  /**
   * The server opens the WebSocket or rejects the request, but does not keep the client waiting.
   */
  record Answers() implements Expectation {}

  /** The server serves the next client. */
  record ServesOthers() implements Expectation {}

  /** The client does not open the WebSocket, and disconnects (RFC 6455 §4.1). */
  record StaysClosed() implements Expectation {}

  /**
   * The request of the client does not break a rule.
   *
   * @param rule the rule
   */
  record KeepsInRequest(Rule rule) implements Expectation {}

  /** The key of the request is not that of an earlier one (RFC 6455 §4.1). */
  record FreshKey() implements Expectation {}

  /** The client chooses masking keys that cannot be predicted (RFC 6455 §5.3). */
  record FreshMasks() implements Expectation {}

  /** The program that is the client ends by itself. */
  record Ends() implements Expectation {}
}

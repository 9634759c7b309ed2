package wscope.check;

import static wscope.check.Group.HANDSHAKE;

import java.util.ArrayList;
import java.util.List;
import wscope.protocol.handshake.RequestFaults;

/** The rules for the request that a client sends, one after the other. */
final class ClientRequestCases {
  private ClientRequestCases() {}

  static List<Case> of() {
    List<Case> cases = new ArrayList<>();
    RequestFaults.rules()
        .forEach(
            rule ->
                cases.add(
                    CaseBuilder.of(HANDSHAKE, rule.id() + "/request", rule)
                        .sends("a correct response")
                        .expect(new Expectation.KeepsInRequest(rule))));
    cases.add(
        CaseBuilder.of(HANDSHAKE, "key/fresh", "RFC 6455 §4.1")
            .sends("a correct response to each of several requests")
            .expect(new Expectation.FreshKey()));
    return cases;
  }
}

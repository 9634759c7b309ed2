package wscope.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.handshake.AcceptKey;
import wscope.protocol.handshake.ClientHandshake;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.RequestDecoder;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseDecoder;
import wscope.protocol.handshake.ResponseHead;
import wscope.protocol.handshake.ServerHandshake;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/** The table of cases for a client is complete, and each case sends what it says. */
class ClientCasesTest {
  private static final List<Case> ALL = Cases.of(Endpoint.CLIENT, 1);

  private static final String KEY = "AQIDBAUGBwgJCgsMDQ4PEA==";

  private static final Set<Rule> OTHER_OFFERS =
      EnumSet.of(
          Rule.DEFLATE_PARAMETER_NOT_OFFERED,
          Rule.DEFLATE_CLIENT_WINDOW_RAISED,
          Rule.DEFLATE_OFFER_IGNORED);

  @Test
  void hasMoreThan500CasesWithDistinctNames() {
    Set<String> ids = ALL.stream().map(Case::id).collect(Collectors.toSet());
    assertEquals(ALL.size(), ids.size());
    assertTrue(ALL.size() > 500, String.valueOf(ALL.size()));
  }

  @Test
  void eachIsForAClientAndBeginsWithAResponse() {
    for (Case one : ALL) {
      assertEquals(Endpoint.CLIENT, one.checked(), one.id());
      assertTrue(one.beginning() instanceof Reply, one.id());
      assertTrue(one.id().startsWith(one.group().id() + "/"), one.id());
      assertTrue(one.id().matches("[A-Za-z0-9_./+-]+"), one.id());
      assertTrue(one.citation().matches("RFC \\d{4} §[\\d.]+"), one.id() + one.citation());
      assertFalse(one.expectation() instanceof Expectation.ServesOthers, one.id());
    }
  }

  /** Many clients at once concern a server only. */
  @Test
  void everyOtherGroupHasCases() {
    assertEquals(
        EnumSet.complementOf(EnumSet.of(Group.MANY)),
        ALL.stream()
            .map(Case::group)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Group.class))));
  }

  /** Each fault of a client has a case that finds it; each of a server one that shows it again. */
  @Test
  void everyFaultHasACase() {
    Set<Rule> kept = new HashSet<>();
    Set<String> shown = new HashSet<>();
    for (Case one : ALL) {
      if (one.expectation() instanceof Expectation.Keeps keeps) {
        kept.add(keeps.rule());
      } else if (one.expectation() instanceof Expectation.KeepsInRequest keeps) {
        kept.add(keeps.rule());
      }
      if (one.fault() != null) {
        shown.add(one.fault());
      }
    }
    for (Fault fault : Faults.of(Endpoint.CLIENT)) {
      assertTrue(fault.rule() == null || kept.contains(fault.rule()), fault.id());
    }
    for (String fault : shown) {
      assertTrue(Faults.find(Endpoint.SERVER, fault) != null, fault);
    }
    assertTrue(shown.size() > 40, shown.toString());
  }

  /** wscope's own client finds the rule of the case broken in the response. */
  @Test
  void responsesBreakTheRuleOfTheCase() throws Exception {
    RequestHead request = request();
    HttpResponse correct = ServerHandshake.response(AcceptKey.of(KEY));
    int found = 0;
    for (Case one : ALL) {
      boolean ofHandshake = one.rule() != null && one.rule().isOfHandshake();
      if (one.expectation() instanceof Expectation.StaysClosed && ofHandshake) {
        assertTrue(broken(one, request, correct).contains(one.rule()), one.id());
        found++;
      }
    }
    assertTrue(found > 60, String.valueOf(found));
  }

  /** No error is in a response that a client has to accept. */
  @Test
  void otherResponsesBreakNoRule() throws Exception {
    RequestHead request = request();
    HttpResponse correct = ServerHandshake.response(AcceptKey.of(KEY));
    for (Case one : ALL) {
      if (one.expectation() instanceof Expectation.Serves && one.isAboutHandshake()) {
        Set<Rule> errors =
            broken(one, request, correct).stream()
                .filter(Rule::isError)
                .collect(Collectors.toSet());
        assertEquals(Set.of(), errors, one.id());
      }
    }
  }

  /** A request that offers what most cases need. */
  private static RequestHead request() {
    RequestDecoder decoder = new RequestDecoder(4096, 100);
    decoder.feed(
        Openings.bytes(
            "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: "
                + KEY
                + "\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: chat\r\n"
                + "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"
                + "\r\n\r\n"));
    RequestHead head = decoder.head();
    assertTrue(head != null);
    return head;
  }

  private static Set<Rule> broken(Case one, RequestHead request, HttpResponse correct) {
    Set<Rule> broken = EnumSet.noneOf(Rule.class);
    ResponseDecoder decoder = new ResponseDecoder(1 << 22, 1 << 22);
    try {
      for (ByteBuffer piece : ((Reply) one.beginning()).pieces(request, correct)) {
        ByteBuffer rest = piece;
        while (rest.hasRemaining() && decoder.feed(rest)) {
          ResponseHead head = decoder.head();
          decoder.violations().forEach(violation -> broken.add(violation.rule()));
          if (head == null || head.status() == 101) {
            if (head != null) {
              ClientHandshake.check(request, head)
                  .violations()
                  .forEach(violation -> broken.add(violation.rule()));
            }
            return broken;
          }
          decoder = new ResponseDecoder(1 << 22, 1 << 22);
        }
      }
    } catch (Reply.Inapplicable e) {
      // These need another offer.
      assertTrue(OTHER_OFFERS.contains(one.rule()), one.id());
      broken.add(one.rule());
    }
    decoder.violations().forEach(violation -> broken.add(violation.rule()));
    return broken;
  }
}

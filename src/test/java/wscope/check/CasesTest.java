package wscope.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.protocol.FrameReader;
import wscope.protocol.Limits;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.deflate.Compression;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.IncompleteFrame;
import wscope.protocol.handshake.RequestFaults;
import wscope.protocol.handshake.ResponseFaults;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/** The table of cases is complete, and each case sends what it says. */
class CasesTest {
  private static final List<Case> ALL = Cases.of(Endpoint.SERVER, 1);

  /** The cases of both endpoints. */
  private static final List<Case> BOTH =
      Stream.concat(ALL.stream(), Cases.of(Endpoint.CLIENT, 1).stream()).toList();

  @Test
  void hasMoreThan800CasesWithDistinctNames() {
    Set<String> ids = ALL.stream().map(Case::id).collect(Collectors.toSet());
    assertEquals(ALL.size(), ids.size());
    assertTrue(ALL.size() > 800, String.valueOf(ALL.size()));
  }

  @Test
  void hasMoreThan600CasesForClients() {
    List<Case> cases = Cases.of(Endpoint.CLIENT, 1);
    assertEquals(cases.size(), cases.stream().map(Case::id).distinct().count());
    assertTrue(cases.size() > 600, String.valueOf(cases.size()));
  }

  @Test
  void namesBeginWithTheGroupAndNeedNoQuotes() {
    for (Case one : ALL) {
      assertTrue(one.id().startsWith(one.group().id() + "/"), one.id());
      assertTrue(one.id().matches("[A-Za-z0-9_./+-]+"), one.id());
      assertTrue(one.citation().matches("RFC \\d{4} §[\\d.]+"), one.id() + one.citation());
    }
  }

  /** RFC 6455 §7.1.7: the code of a Close that fails the connection is only a recommendation. */
  @Test
  void onlyAfterABrokenCloseDoesACodeShowThatTheServerAcceptedIt() {
    for (Case one : BOTH) {
      if (one.expectation() instanceof Expectation.Fails fails) {
        Step.Send last = (Step.Send) one.steps().get(one.steps().size() - 1);
        boolean close = (last.bytes().get(last.bytes().position()) & 0x0f) == 8;
        assertTrue(close || fails.accepting().isEmpty(), one.id());
      }
    }
    assertTrue(
        ALL.stream()
            .anyMatch(
                c -> c.expectation() instanceof Expectation.Fails f && !f.accepting().isEmpty()));
  }

  /**
   * RFC 6455 §4.2.2 (no need to decode the key), §4.1 (a client waits for the response); RFC 9110
   * §5.5 (a NUL may be replaced by a space).
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "handshake/key-malformed/",
        "handshake/early/",
        "handshake/header-value-malformed/nul",
        "handshake/http-version-unsupported/HTTP-2.0",
        "handshake/http-version-unsupported/HTTP-3.0"
      })
  void doesNotDemandWhatTheRfcLeavesOpen(String start) {
    List<Case> found = ALL.stream().filter(one -> one.id().startsWith(start)).toList();
    assertFalse(found.isEmpty());
    for (Case one : found) {
      assertEquals(Strictness.OPEN, one.strictness(), one.id());
    }
  }

  /**
   * A server that waits for the rest of a huge message breaks no rule, but costs the whole time.
   */
  @Test
  void onlyCasesThatSendMuchGetMoreTime() {
    Set<String> kinds =
        BOTH.stream()
            .filter(Case::sendsMuch)
            .map(one -> one.id().replaceAll("\\d+", "N"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(
        Set.of(
            "deflate/size/random-N",
            "limits/bomb/N-mib",
            "limits/fragments/N-of-N",
            "limits/head/N-fields",
            "limits/head/field-of-N-kib",
            "limits/message/N-kib",
            "limits/message/frames-of-N",
            "many/message/N",
            "many/open/N",
            "patience/ping-flood"),
        kinds);
  }

  @Test
  void everyGroupHasCases() {
    Set<Group> groups = ALL.stream().map(Case::group).collect(Collectors.toSet());
    assertEquals(Set.of(Group.values()), groups);
  }

  /** Every rule for requests, responses and frames has a case, except those about other sides. */
  @Test
  void everyRuleThatAnEndpointCanBreakHasACase() {
    Set<Rule> covered = new HashSet<>();
    for (Case one : ALL) {
      if (one.rule() != null) {
        covered.add(one.rule());
      }
    }
    Set<String> missing = new TreeSet<>();
    for (Rule rule : Rule.values()) {
      if (!covered.contains(rule)) {
        missing.add(rule.id());
      }
    }
    assertEquals(Set.of("masking-key-repeated"), missing);
    assertTrue(covered.containsAll(RequestFaults.rules()));
    assertTrue(covered.containsAll(ResponseFaults.rules()));
  }

  /** The close code of the rule is one of those that the case expects. */
  @Test
  void expectsTheCloseCodeOfTheRule() {
    for (Case one : BOTH) {
      Set<Integer> codes =
          one.expectation() instanceof Expectation.Fails fails
              ? fails.codes()
              : one.expectation() instanceof Expectation.FailsFast fast ? fast.codes() : null;
      if (codes != null) {
        assertTrue(one.rule() != null && codes.contains(one.rule().closeCode()), one.id());
      }
    }
  }

  /**
   * wscope's own reader finds the rule of the case broken, and no error in what a server has to
   * serve.
   */
  @Test
  void framesBreakTheRuleOfTheCaseAndNoOther() {
    for (Case one : BOTH) {
      // These begin or end inside a frame.
      boolean cut = one.group() == Group.ABORT || one.group() == Group.PATIENCE;
      if (cut
          || one.id().startsWith("handshake/early/")
          || one.id().startsWith("handshake/one-segment/")
          || isOfSize(one)
          || one.flood()) {
        continue;
      }
      Set<Rule> broken = brokenBy(one);
      if (one.expectation() instanceof Expectation.Fails
          || one.expectation() instanceof Expectation.FailsFast) {
        assertTrue(broken.contains(one.rule()), one.id() + broken);
      } else if (one.expectation() instanceof Expectation.Serves
          || one.expectation() instanceof Expectation.ServesOrLimits) {
        assertEquals(Set.of(), broken, one.id());
      }
    }
  }

  /** Only the limits of a server make these too big. */
  private static boolean isOfSize(Case one) {
    return one.rule() == Rule.MESSAGE_TOO_BIG || one.rule() == Rule.TOO_MANY_FRAGMENTS;
  }

  private static Set<Rule> brokenBy(Case one) {
    Set<Rule> broken = new TreeSet<>();
    try (BufferPool pool = new BufferPool()) {
      Compression compression =
          one.deflate() ? new Compression(DeflateParameters.DEFAULT, pool) : null;
      FrameReader reader =
          new FrameReader(
              one.checked().peer(),
              Limits.NONE,
              compression,
              0,
              new FrameListener() {
                @Override
                public void frameStarted(
                    FrameHeader header, Endpoint sender, List<Violation> violations) {
                  violations.forEach(this::violation);
                }

                @Override
                public void headerIncomplete(
                    IncompleteFrame incomplete,
                    FrameHeader known,
                    Endpoint sender,
                    List<Violation> violations) {
                  violations.forEach(this::violation);
                }

                @Override
                public void violation(Violation violation) {
                  if (violation.rule().isError()) {
                    broken.add(violation.rule());
                  }
                }
              });
      for (Step step : one.steps()) {
        if (step instanceof Step.Send send) {
          // A reader unmasks in place.
          reader.feed(copy(send.bytes()));
        } else if (step instanceof Step.SendMade made) {
          reader.feed(made.maker().get());
        }
      }
      reader.end();
      reader.close();
    }
    return broken;
  }

  private static ByteBuffer copy(ByteBuffer bytes) {
    return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
  }

  @Test
  void theSameSeedGivesTheSameBytes() {
    assertEquals(bytes(Cases.of(Endpoint.SERVER, 7)), bytes(Cases.of(Endpoint.SERVER, 7)));
    assertTrue(!bytes(Cases.of(Endpoint.SERVER, 7)).equals(bytes(Cases.of(Endpoint.SERVER, 8))));
  }

  /** Whichever cases have run before. */
  @Test
  void makesTheSameBytesEachTime() {
    int count = 0;
    for (Case one : BOTH) {
      for (Step step : one.steps()) {
        if (!one.flood() && step instanceof Step.SendMade made) {
          assertEquals(made.maker().get(), made.maker().get(), one.id());
          count++;
        }
      }
    }
    assertTrue(count > 10, count + " cases");
  }

  private static List<ByteBuffer> bytes(List<Case> cases) {
    List<ByteBuffer> all = new ArrayList<>();
    for (Case one : cases) {
      for (Step step : one.steps()) {
        if (step instanceof Step.Send send) {
          all.add(send.bytes());
        } else if (!one.flood() && step instanceof Step.SendMade made) {
          all.add(made.maker().get());
        }
      }
    }
    return all;
  }
}

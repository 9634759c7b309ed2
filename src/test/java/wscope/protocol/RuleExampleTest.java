package wscope.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/** The example of a rule breaks it and no other. */
class RuleExampleTest {
  private static final Set<Rule> LIMIT_RULES =
      EnumSet.of(
          Rule.MESSAGE_TOO_BIG,
          Rule.TOO_MANY_FRAGMENTS,
          Rule.HEAD_TOO_LARGE,
          Rule.TOO_MANY_HEADER_FIELDS);

  @ParameterizedTest
  @EnumSource
  void breaksThisRuleAndNoOther(Rule rule) {
    RuleExample example = RuleExample.of(rule);
    assertEquals(LIMIT_RULES.contains(rule), example == null);
    if (example != null) {
      RuleCollector broken = new RuleCollector();
      MixedStreamReader reader =
          new MixedStreamReader(example.sender(), Limits.NONE, example.agreed(), broken);
      reader.feed(example.bytes().duplicate());
      reader.end();
      assertEquals(EnumSet.of(rule), broken.rules);
    }
  }

  /** The bytes and the sender of some examples. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "CLIENT_FRAME_UNMASKED, CLIENT, 8105 48656c6c6f",
    "SERVER_FRAME_MASKED, SERVER, 8185 37fa213d 7f9f4d5158",
    "RESERVED_OPCODE, , 8305 48656c6c6f",
    "CONTROL_FRAME_FRAGMENTED, , 0905 48656c6c6f",
    "CLOSE_CODE_NEVER_SENT, , 8805 03ee 627965",
    "CLOSE_BODY_OF_ONE_BYTE, , 8801 03",
  })
  void hasTheseBytes(Rule rule, @Nullable Endpoint sender, String hex) {
    RuleExample example = RuleExample.of(rule);
    ByteBuffer bytes = example.bytes();
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    assertEquals(HexFormat.of().formatHex(Vectors.bytes(hex)), HexFormat.of().formatHex(copy));
    assertEquals(sender, example.sender());
  }

  /** Collects the rules that are broken. */
  private static final class RuleCollector implements ExchangeListener, FrameListener {
    private final Set<Rule> rules = EnumSet.noneOf(Rule.class);

    @Override
    public void event(Event event) {
      if (event instanceof Event.Request request) {
        request.result().violations().forEach(this::violation);
      } else if (event instanceof Event.Response response) {
        response.violations().forEach(this::violation);
      }
    }

    @Override
    public FrameListener frames(@Nullable Endpoint sender) {
      return this;
    }

    @Override
    public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
      violations.forEach(this::violation);
    }

    @Override
    public void violation(Violation violation) {
      rules.add(violation.rule());
    }
  }
}

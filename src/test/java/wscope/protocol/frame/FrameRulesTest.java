package wscope.protocol.frame;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/**
 * Every combination of header fields: flags × opcodes × lengths × forms × masks × senders (§5.2).
 */
class FrameRulesTest {
  private static final long[] LENGTHS = {
    0, 1, 125, 126, 127, 65535, 65536, 0x7fffffffL, 0x100000000L, Long.MAX_VALUE, Long.MIN_VALUE, -1
  };

  /** Opcodes 3 to 7 and b to f (§5.2). */
  private static final Set<Integer> RESERVED = Set.of(3, 4, 5, 6, 7, 11, 12, 13, 14, 15);

  @ParameterizedTest
  @EnumSource
  void findsTheRulesThatEachHeaderBreaks(Opcode opcode) {
    for (int flags = 0; flags < 16; flags++) {
      for (long length : LENGTHS) {
        for (LengthForm form : LengthForm.values()) {
          if (form == LengthForm.BITS_64 || (length >= 0 && length <= form.longest())) {
            FrameHeader header = FrameHeader.of(opcode, 0);
            header.fin((flags & 8) != 0).rsv(flags & 7).payloadLength(length, form);
            assertBroken(header, flags, length, form, false);
            assertBroken(header.mask(0x37fa213d), flags, length, form, true);
          }
        }
      }
    }
  }

  /** What violations say they found; lengths are unsigned, as on the wire. */
  @ParameterizedTest
  @CsvSource({
    "PING, 126, BITS_16, 126 bytes in the 16-bit form",
    "PONG, -1, BITS_64, 18446744073709551615 bytes in the 64-bit form",
    "TEXT, -9223372036854775808, BITS_64, 9223372036854775808 bytes in the 64-bit form",
    "TEXT, 65535, BITS_64, 65535 bytes in the 64-bit form",
    "BINARY, 125, BITS_16, 125 bytes in the 16-bit form",
    "RESERVED_B, 0, BITS_7, opcode 0xb",
  })
  void saysWhatItFound(Opcode opcode, long length, LengthForm form, String words) {
    List<Violation> violations = new ArrayList<>();
    FrameHeader header = FrameHeader.of(opcode, 0).payloadLength(length, form);
    FrameRules.check(header, Endpoint.SERVER, false, violations);
    assertEquals(Set.of(words), violations.stream().map(Violation::found).collect(toSet()));
  }

  private static void assertBroken(
      FrameHeader header, int flags, long length, LengthForm form, boolean masked) {
    for (Endpoint sender : Endpoint.values()) {
      Set<Rule> expected = EnumSet.noneOf(Rule.class);
      int code = header.byte0() & 0xf;
      boolean tooLong = length < 0 || length > 125;
      addIf(expected, code >= 8 && (flags & 8) == 0, Rule.CONTROL_FRAME_FRAGMENTED);
      addIf(expected, (flags & 4) != 0, Rule.RSV1_WITHOUT_EXTENSION);
      addIf(expected, (flags & 2) != 0, Rule.RSV2_WITHOUT_EXTENSION);
      addIf(expected, (flags & 1) != 0, Rule.RSV3_WITHOUT_EXTENSION);
      addIf(expected, RESERVED.contains(code), Rule.RESERVED_OPCODE);
      addIf(expected, sender == Endpoint.CLIENT && !masked, Rule.CLIENT_FRAME_UNMASKED);
      addIf(expected, sender == Endpoint.SERVER && masked, Rule.SERVER_FRAME_MASKED);
      addIf(expected, code >= 8 && tooLong, Rule.CONTROL_FRAME_TOO_LONG);
      addIf(expected, length < 0, Rule.LENGTH_TOP_BIT_SET);
      boolean longForm =
          (form == LengthForm.BITS_16 && length <= 125)
              || (form == LengthForm.BITS_64 && length >= 0 && length <= 65535);
      addIf(expected, longForm, Rule.LENGTH_NOT_MINIMAL);

      List<Violation> violations = new ArrayList<>();
      FrameRules.check(header, sender, false, violations);
      Set<Rule> broken = EnumSet.noneOf(Rule.class);
      long offset = 0;
      for (Violation violation : violations) {
        broken.add(violation.rule());
        assertEquals(Math.max(offset, violation.offset()), violation.offset(), "order");
        offset = violation.offset();
      }
      assertEquals(expected, broken);
      assertEquals(expected.size(), violations.size());
    }
  }

  private static void addIf(Set<Rule> rules, boolean isBroken, Rule rule) {
    if (isBroken) {
      rules.add(rule);
    }
  }
}

package wscope.input.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static wscope.input.find.Evidence.COUNTED;
import static wscope.input.find.Evidence.ENDS_LINE;
import static wscope.input.find.Evidence.MARKED;
import static wscope.input.find.Evidence.WORDS;
import static wscope.input.list.Finds.F;
import static wscope.input.list.Finds.H;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.input.find.Candidate;

class Base64MatcherTest {
  private final Base64Matcher matcher = new Base64Matcher();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gQVIZWxsbw==",
        "{\"payload\":\"gQVIZWxsbw==\",\"n\":7}",
        "12:34:56 payloadData: gQVIZWxsbw==",
        "frame=gQVIZWxsbw== from 127.0.0.1",
        "data: !!binary |\n  gQVIZWxsbw==",
      })
  void hello(String text) {
    assertEquals(List.of(F), Finds.always(matcher, text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gYU3+iE9f59NUViIAgPo",
        "'gYU3-iE9f59NUViIAgPo'",
        "{\"byte_count\":15,\"bytes\":\"gYU3+iE9f59NUViIAgPo\"},\"phase\":0",
      })
  void withoutPadding(String text) {
    assertEquals(List.of(H), Finds.always(matcher, text));
  }

  @Test
  void oneShortFrameIsOfferedIfNothingElseIsThereOrALabelSaysSo() {
    assertEquals(List.of("810141"), Finds.bytes(matcher, "gQFB\n"));
    assertEquals(List.of("8900"), Finds.bytes(matcher, "iQA"));
    assertEquals(List.of("810141"), Finds.bytes(matcher, "base64: gQFB, and so on"));
    assertEquals(List.of(), Finds.bytes(matcher, "word: gQFB, and so on"));
    assertEquals(List.of(), Finds.bytes(matcher, "gQJB"));
    assertEquals(List.of(), Finds.bytes(matcher, "gQAB"));
  }

  @Test
  void slashesOfJsonMayBeEscaped() {
    assertEquals(List.of("8202fffe"), Finds.bytes(matcher, "\"ggL\\/\\/g==\""));
    assertEquals(List.of("8203ffffff"), Finds.bytes(matcher, "{\"b64\":\"ggP\\/\\/\\/8=\"}"));
  }

  @Test
  void linesContinueOneAnother() {
    byte[] frame = new byte[2 + 100];
    frame[0] = (byte) 0x82;
    frame[1] = 100;
    String encoded = Base64.getEncoder().encodeToString(frame);
    String hex = HexFormat.of().formatHex(frame);
    for (int width : new int[] {64, 76}) {
      List<String> rows = new ArrayList<>();
      for (int i = 0; i < encoded.length(); i += width) {
        rows.add(encoded.substring(i, Math.min(encoded.length(), i + width)));
      }
      String text = "> base64 x\n" + String.join("\n", rows) + "\n";
      assertEquals(List.of(hex), Finds.always(matcher, text));
      assertEquals(rows.size(), Finds.in(matcher, text).get(0).pieces().size());
    }
  }

  @Test
  void thePieceIncludesThePadding() {
    assertEquals(List.of("0 gQVIZWxsbw== = " + F), Finds.pieces(matcher, "x \"gQVIZWxsbw==\" y"));
  }

  @Test
  void evidence() {
    assertEquals(Set.of(ENDS_LINE), Finds.evidence(matcher, "x: gQVIZWxsbw=="));
    assertEquals(
        Set.of(MARKED), Finds.evidence(matcher, "{\"frameBase64\":\"gQVIZWxsbw==\",\"n\":1}"));
    assertEquals(Set.of(COUNTED), Finds.evidence(matcher, "len=7 gQVIZWxsbw== ok"));
  }

  @Test
  void wordsAreEvidenceAgainstIt() {
    List<Candidate> found = Finds.in(matcher, "getUnreadMessages gQVIZWxsbw==");
    found.forEach(c -> assertTrue(c.evidence().contains(WORDS) || c.bytes().length == 7));
    assertFalse(found.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----BEGIN CERTIFICATE-----\ngYU3+iE9f59NUViIAgPo\n-----END CERTIFICATE-----",
        "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDK user@host",
        "eyJhbGciOiJIUzI1NiJ9.gYU3-iE9f59NUViIAgPo.gYU3-iE9f59NUViIAgPo",
        "src=\"data:image/png;base64,gYU3+iE9f59NUViIAgPo\"",
        "integrity=\"sha256-gYU3+iE9f59NUViIAgPo\"",
        "Sec-WebSocket-Key: gYU3+iE9f59NUViIAgPogA==",
        "Authorization: Basic gYU3+iE9f59NUViIAgPo",
        "Set-Cookie: id=gYU3+iE9f59NUViIAgPo",
        "gYU3+iE9f59NUVi",
        "gYU3+iE9f59NUViIAgP",
        "gQVIZWxsbw",
        "gYU3+iE9f59NUViI_gPo",
        "aGVsbG8gd29ybGQhISEh",
      })
  void others(String text) {
    assertEquals(List.of(), Finds.bytes(matcher, text));
  }

  @Test
  void afterAKeyBase64IsReadAgain() {
    String text = "-----BEGIN KEY-----\ngYU3\n-----END KEY-----\ngQVIZWxsbw==\n";
    assertEquals(List.of(F), Finds.bytes(matcher, text));
  }
}

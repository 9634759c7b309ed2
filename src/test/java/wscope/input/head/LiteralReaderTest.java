package wscope.input.head;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.input.find.Candidate;
import wscope.input.find.Candidate.Kind;
import wscope.input.find.Evidence;

class LiteralReaderTest {
  private static final String REQUEST = "REQUEST GET / HTTP/1.1 | Host: x";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n\"",
        "b'GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n'",
        "send(s, \"GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n\", 0);",
        "sent: GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n",
        "'GET / HTTP/1.1\\nHost: x\\n\\n'",
        "\"GET / HTTP/1.1\\015\\012Host: x\\015\\012\\015\\012\"",
        "\"GET / HTTP/1.1\\x0d\\x0aHost: x\\x0D\\x0A\\r\\n\"",
        "\"GET / HTTP/1.1\\r\\nHost: x\\r\\n\"",
        "\"GET / HTTP/1.1\\r\\nHost: x\"",
        "\"GET / HTTP/1.1\\r\\n\" \"Host: x\\r\\n\" \"\\r\\n\"",
        "\"GET / HTTP/1.1\\r\\n\" +\n  \"Host: x\\r\\n\" +\n  \"\\r\\n\";",
        "(b'GET / HTTP/1.1\\r\\n'\n b'Host: x\\r\\n'\n b'\\r\\n')",
        "[b'GET / HTTP/1.1\\r\\n',\n b'Host: x\\r\\n',\n b'\\r\\n']",
        "\"GET / HTTP/1.1\\r\\n\" \\\n\"Host: x\\r\\n\\r\\n\"",
        "{\"request\": \"GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n\", \"id\": 1}"
      })
  void readsLiterals(String text) {
    assertEquals(List.of(REQUEST), FoundHeads.in(text).heads());
    assertEquals(List.of(REQUEST), FoundHeads.in(text.replace("\n", "\r\n") + "\r\n").heads());
  }

  @Test
  void eachLineIsAPiece() {
    FoundHeads found =
        FoundHeads.in("s = (\"GET / HTTP/1.1\\r\\n\"\n     \"Host: \" \"x\\r\\n\\r\\n\")\n");
    assertEquals(List.of("1 GET / HTTP/1.1\\r\\n", "2 Host: \" \"x\\r\\n\\r\\n"), found.places(0));
    assertTrue(found.has(0, Evidence.HEAD));
  }

  @Test
  void decodesEscapesInValues() {
    assertEquals(
        List.of("REQUEST GET / HTTP/1.1 | A: \"q\" \\ \t'"),
        FoundHeads.in("\"GET / HTTP/1.1\\r\\nA: \\\"q\\\" \\\\ \\t'\\r\\n\\r\\n\"").heads());
  }

  @Test
  void offersWhatFollowsTheHead() {
    FoundHeads found =
        FoundHeads.in("b'HTTP/1.1 101 OK\\r\\nDate: x\\r\\n\\r\\n\\x81\\x05Hello'\n");
    assertEquals(List.of("RESPONSE HTTP/1.1 101 OK | Date: x"), found.heads());
    Candidate frames = found.candidates().get(1);
    assertEquals(Kind.BYTES, frames.kind());
    assertArrayEquals(HexFormat.of().parseHex("810548656c6c6f"), frames.bytes());
    assertEquals(List.of("1 \\x81\\x05Hello"), found.places(1));
    assertTrue(found.has(1, Evidence.MARKED));
    assertTrue(found.has(1, Evidence.AFTER_HEAD));
  }

  @Test
  void offersFramesWithAndWithoutALineEndTooMany() {
    FoundHeads found =
        FoundHeads.in("\"HTTP/1.1 101 OK\\r\\nDate: x\\r\\n\\r\\n\\r\\n\\u0089\\u0000\"");
    assertEquals(3, found.candidates().size());
    assertArrayEquals(HexFormat.of().parseHex("0d0a8900"), found.candidates().get(1).bytes());
    assertEquals(List.of("1 \\r\\n", "1 \\u0089\\u0000"), found.places(1));
    assertArrayEquals(HexFormat.of().parseHex("8900"), found.candidates().get(2).bytes());
  }

  @Test
  void aBodyIsNotFrames() {
    FoundHeads found = FoundHeads.in("'HTTP/1.1 400 No\\r\\nDate: x\\r\\n\\r\\nno key'\n");
    assertEquals(List.of("RESPONSE HTTP/1.1 400 No | Date: x"), found.heads());
    assertEquals(1, found.candidates().size());
  }

  @Test
  void findsBothHeadsOnOneLine() {
    String text =
        "{\"in\":\"GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n\","
            + "\"out\":\"HTTP/1.1 101 OK\\r\\nDate: y\\r\\n\\r\\n\"}";
    assertEquals(
        List.of(REQUEST, "RESPONSE HTTP/1.1 101 OK | Date: y"), FoundHeads.in(text).heads());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"GET / HTTP/1.1\\r\\nHost: \" + host + \"\\r\\n\\r\\n\"",
        "\"GET / HTTP/1.1\\r\\nHost: \" HOST \"\\r\\n\\r\\n\"",
        "printf(\"GET %s HTTP/1.1\\r\\nHost: %s\\r\\n\\r\\n\", path, host);",
        "`GET / HTTP/1.1\\r\\nHost: ${host}\\r\\n\\r\\n`",
        "f'GET / HTTP/1.1\\r\\nHost: {host}\\r\\n\\r\\n'",
        "read(4, \"GET / HTTP/1.1\\r\\nHost: exam\"..., 1024) = 78",
        "a line such as GET / HTTP/1.1\\r\\n is the first one",
        "C:\\new HTTP/1.1\\readme"
      })
  void whatAProgramFillsInIsNotAHead(String text) {
    assertEquals(List.of(), FoundHeads.in(text).candidates());
  }

  /** No field may seem to be missing or wrong because a program computes its value. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"HTTP/1.1 101 OK\" + eol\n  + \"Upgrade: websocket\" + eol\n  + \"Date: \" + now + eol",
        "\"HTTP/1.1 101 OK\\r\\n\"\n  + \"Upgrade: websocket\\r\\n\"\n  + \"Date: \" + now",
        "f'HTTP/1.1 101 OK\\r\\n'\n  f'Upgrade: websocket\\r\\n'\n  f'Date: {now}\\r\\n\\r\\n'",
        "['HTTP/1.1 101 OK',\n 'Upgrade: websocket',\n `Date: ${now}`,\n '', ''].join('\\r\\n');",
        "`HTTP/1.1 101 OK\nUpgrade: websocket\nDate: ${now}\n\n`",
        "\"HTTP/1.1 101 OK\\r\\n\" .\n \"Upgrade: websocket\\r\\n\" .\n \"Date: $now\\r\\n\\r\\n\"",
        "\"HTTP/1.1 101 OK\\r\\n\" .\n \"Upgrade: websocket\\r\\n\" .\n \"Date: \" . $now",
        "<< \"HTTP/1.1 101 OK\\r\\n\"\n<< \"Upgrade: websocket\\r\\n\"\n<< \"Date: \" << now",
        "\"HTTP/1.1 101 OK\\r\\n\"\n\"Upgrade: websocket\\r\\n\"\n\"Date: %s\\r\\n\\r\\n\", now",
        "\"HTTP/1.1 101 OK\\r\\nUpgrade: websocket\\r\\nDate: %(now)s\\r\\n\\r\\n\""
      })
  void sourceCodeIsNotAHead(String text) {
    assertEquals(List.of(), FoundHeads.in(text).candidates());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"GET / HTTP/1.1\\r\\n\" + \"Host: x\\r\\n\\r\\n\";\nlog(\"%s\" + now);",
        "'GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n'.encode() + body",
        "['GET / HTTP/1.1',\n 'Host: x',\n '', ''].join('\\r\\n') + `${now}`"
      })
  void otherCodeDoesNotHideAHead(String text) {
    assertEquals(List.of(REQUEST), FoundHeads.in(text).heads());
  }
}

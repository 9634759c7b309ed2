package wscope.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The targets of redirects, and what they may get. The expectations are those of RFC 3986 §5. */
class RedirectionTest {
  @ParameterizedTest
  @CsvSource({
    "ws://h/a/b?c, /d, ws://h/d",
    "ws://h/a/b?c, d?e=1, ws://h/a/d?e=1",
    "ws://h/a/b, ../d, ws://h/d",
    "wss://h:8443/a, //i/d, wss://i/d",
    "ws://h/a, https://i:1/d, wss://i:1/d",
    "ws://h/a, HTTP://i, ws://i/",
    "ws://h/a, ws://user:password@i/d#part, ws://i/d",
    "ws://[::1]:81/a, /d, ws://[::1]:81/d",
  })
  void resolvesALocation(String from, String location, String url) throws Exception {
    Target target = Redirection.target(Target.parse(from), location);
    assertEquals(url, target.url());
    assertEquals(null, target.credentials());
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://h/",
    "mailto:x",
    "javascript:1",
    "ws:h",
    "file:///etc/passwd",
    "ws://",
    "ws:///x",
    "ws://h:99999/",
    "ws://h:x/",
    "a b",
    "'\u001b[31m'",
    "http://[::1/",
  })
  void rejectsOthers(String location) throws Exception {
    Target from = Target.parse("ws://h/");
    assertThrows(InvalidTarget.class, () -> Redirection.target(from, location));
  }

  @ParameterizedTest
  @CsvSource({
    "ws://h/a, ws://h/b, true",
    "ws://h/a, ws://H/b, true",
    "ws://h/a, wss://h/a, true",
    "ws://h:81/a, wss://h:81/a, true",
    "wss://h/a, ws://h/a, false",
    "wss://h:81/a, ws://h:81/a, false",
    "ws://h/a, ws://h:81/a, false",
    "ws://h:81/a, wss://h/a, false",
    "ws://h/a, ws://h.example/a, false",
    "ws://localhost/a, ws://127.0.0.1/a, false",
  })
  void trustsOnlyTheSameServer(String from, String to, boolean trusted) throws Exception {
    assertEquals(trusted, Redirection.keepsTrust(Target.parse(from), Target.parse(to)));
  }
}

package wscope.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The URLs that a client reads, and the place of each error. */
class TargetTest {
  /** The columns: typed, TLS, host, port, Host field, resource. */
  @ParameterizedTest
  @CsvSource({
    "ws://example.com/chat, false, example.com, 80, example.com, /chat",
    "WSS://example.com, true, example.com, 443, example.com, /",
    "ws://example.com:80/, false, example.com, 80, example.com, /",
    "wss://example.com:80/, true, example.com, 80, example.com:80, /",
    "http://example.com:81/a?b=c:d@e, false, example.com, 81, example.com:81, /a?b=c:d@e",
    "https://example.com/, true, example.com, 443, example.com, /",
    ":8080, false, localhost, 8080, localhost:8080, /",
    ":8080/path?q, false, localhost, 8080, localhost:8080, /path?q",
    "localhost:8080, false, localhost, 8080, localhost:8080, /",
    "localhost/a://b, false, localhost, 80, localhost, /a://b",
    "example.com?q=1, false, example.com, 80, example.com, /?q=1",
    "ws://example.com:, false, example.com, 80, example.com, /",
    "ws://[::1]:9/x, false, ::1, 9, [::1]:9, /x",
    "ws://[fe80::1%25eth0]/, false, fe80::1%eth0, 80, [fe80::1], /",
    "ws://[fe80::1%eth0]/, false, fe80::1%eth0, 80, [fe80::1], /",
    "ws://u:p@example.com/, false, example.com, 80, example.com, /",
    "ws://bücher.example/ü, false, xn--bcher-kva.example, 80, xn--bcher-kva.example, /%C3%BC",
  })
  void readsUrls(
      String url, boolean secure, String host, int port, String authority, String resource)
      throws InvalidTarget {
    Target target = Target.parse(url);
    assertEquals(secure, target.secure());
    assertEquals(host, target.host());
    assertEquals(port, target.port());
    assertEquals(authority, target.authority());
    assertEquals(resource, target.resource());
  }

  @ParameterizedTest
  @CsvSource({
    "ws://user:p%40ss@h/, user:p@ss",
    "ws://a@b@h/, a@b:",
    "ws://user:@h/, user:",
    "ws://%C3%BC:x@h/, ü:x",
    "ws://h/, ",
  })
  void decodesCredentials(String url, String credentials) throws InvalidTarget {
    assertEquals(credentials, Target.parse(url).credentials());
  }

  @Test
  void isNotWrittenWithCredentials() throws InvalidTarget {
    assertEquals("wss://h/a?b", Target.parse("wss://me:secret@h/a?b").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | 0 | the URL is empty; write one such as ws://localhost:8080/",
        "ws://a b/ | 6 | a URL has no spaces; write %20",
        "'ws://a\t' | 6 | a URL has no control characters; write % and two hex digits",
        "ws:\\\\h | 3 | a URL has no backslashes; write / or %5C",
        "ftp://h/x | 0 | the scheme must be ws or wss; write ws://h/x",
        "ws:h/x | 2 | two slashes follow a scheme; write ws://h/x",
        "wss:/h | 3 | two slashes follow a scheme; write wss://h",
        "ws//h/x | 2 | a colon follows a scheme; write ws://h/x",
        "8080 | 0 | a number is not a host; write :8080 for a port of localhost",
        "ws://1.2.3/ | 5 | an IPv4 address has four numbers from 0 to 255, as in 127.0.0.1",
        "1.2.3.256:80 | 0 | an IPv4 address has four numbers from 0 to 255, as in 127.0.0.1",
        "a.1 | 0 | an IPv4 address has four numbers from 0 to 255, as in 127.0.0.1",
        "ws:///x | 5 | a host is missing; write one such as localhost",
        "/x | 0 | a host is missing; write one such as localhost",
        "ws://:80/ | 5 | a host is missing; write one such as localhost",
        ":/x | 1 | a port is missing; write one such as :8080",
        "ws://h:0/ | 7 | the port is not between 1 and 65535",
        "ws://h:65536/ | 7 | the port is not between 1 and 65535",
        "ws://h:123456/ | 7 | the port is not between 1 and 65535",
        "ws://h:8o/ | 7 | the port is not a number; write 1 to 65535",
        "ws://::1/ | 5 | write an IPv6 address in brackets: [::1]",
        "ws://[::1/ | 5 | the bracket is not closed; write an IPv6 address as in [::1]",
        "ws://[h]/ | 6 | brackets enclose an IPv6 address, as in [::1]",
        "ws://[::1]x/ | 10 | a colon and a port, or a slash, must follow the bracket",
        "ws://a_b!/ | 8 | a host has only letters, digits, hyphens, dots and underscores",
        "ws://h/a#b | 8 | a WebSocket URL has no fragment (RFC 6455 §3); leave it out, or write %23",
        "ws://u%4:p@h/ | 6 | two hex digits follow %; write %25 for % itself",
        "ws://u:%ff@h/ | 5 | the user and the password are not UTF-8",
      })
  void reportsThePlaceOfAnError(String url, int place, String message) {
    InvalidTarget invalid = assertThrows(InvalidTarget.class, () -> Target.parse(url));
    assertEquals(message, invalid.getMessage());
    assertEquals(place, invalid.place());
  }
}

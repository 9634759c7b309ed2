package wscope.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {
  /** S23: a name that only looks similar is another one. */
  @ParameterizedTest
  @CsvSource({
    "example.com,      example.com,       true",
    "EXAMPLE.com.,     example.com,       true",
    "example.com,      www.example.com,   false",
    "example.com,      notexample.com,    false",
    "*.example.com,    www.example.com,   true",
    "*.example.com,    a.b.example.com,   true",
    "*.example.com,    example.com,       false",
    "*.example.com,    wwwexample.com,    false",
    "*.example.com,    example.com.evil,  false",
    "127.0.0.1,        127.0.0.1,         true",
    "[::1],            0:0:0:0:0:0:0:1,   true",
    "localhost,        127.0.0.1,         false",
  })
  void contains(String pattern, String host, boolean contained) {
    assertEquals(contained, new HostNames(List.of("other.test", pattern)).contains(host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "*", "*.", "*example.com", "a.*.com", "example.com:443", "*.127.0.0.1", "::1"})
  void rejectsAnythingElse(String pattern) {
    assertThrows(IllegalArgumentException.class, () -> new HostNames(List.of(pattern)));
  }

  @Test
  void saysWhatAHostIs() {
    assertEquals(
        "a host is a name or an address without a port, such as example.com, [::1], or"
            + " *.example.com for all names below example.com",
        assertThrows(IllegalArgumentException.class, () -> new HostNames(List.of("a b")))
            .getMessage());
  }
}

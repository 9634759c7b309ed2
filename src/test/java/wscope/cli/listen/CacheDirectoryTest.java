package wscope.cli.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cache directory of each operating system. */
class CacheDirectoryTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getRoot();

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({
    "Linux, HOME, .cache/wscope",
    "Linux, XDG_CACHE_HOME, wscope",
    "FreeBSD, HOME, .cache/wscope",
    "Mac OS X, HOME, Library/Caches/wscope",
    "Windows 11, LOCALAPPDATA, wscope",
  })
  void dependsOnTheSystem(String system, String variable, String folder) throws IOException {
    Path set = ROOT.resolve("set");
    assertEquals(
        set.resolve(folder), CacheDirectory.of(Map.of(variable, set.toString())::get, system));
  }

  @Test
  void xdgCacheHomeOverridesHome() throws IOException {
    Map<String, String> both =
        Map.of("HOME", ROOT.resolve("home").toString(), "XDG_CACHE_HOME", ROOT + "cache");
    assertEquals(ROOT.resolve("cache").resolve("wscope"), CacheDirectory.of(both::get, "Linux"));
  }

  /** The XDG specification says to ignore a path that is not absolute. */
  @ParameterizedTest
  @CsvSource({"''", "relative", "./cache"})
  void ignoresARelativeXdgCacheHome(String cache) throws IOException {
    Map<String, String> both =
        Map.of("HOME", ROOT.resolve("home").toString(), "XDG_CACHE_HOME", cache);
    assertEquals(
        ROOT.resolve("home").resolve(".cache").resolve("wscope"),
        CacheDirectory.of(both::get, "Linux"));
  }

  @ParameterizedTest(name = "{0}, {1}={2}")
  @CsvSource(
      nullValues = "-",
      value = {
        "Linux, HOME, -, HOME is not set",
        "Linux, HOME, '', HOME is not set",
        "Linux, HOME, relative, HOME is not an absolute path",
        "Linux, HOME, 'a\0b', HOME is not an absolute path",
        "Mac OS X, HOME, -, HOME is not set",
        "Windows 11, LOCALAPPDATA, -, LOCALAPPDATA is not set",
        "Windows 11, HOME, /home, LOCALAPPDATA is not set",
      })
  void reportsAMissingOrInvalidVariable(
      String system, String variable, String value, String reason) {
    IOException none =
        assertThrows(
            IOException.class,
            () -> CacheDirectory.of(name -> name.equals(variable) ? value : null, system));
    assertEquals(reason, none.getMessage());
  }
}

package wscope.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The test page of the real jar in Chromium, without and with TLS (profile interop). */
@Tag("interop")
class PageIT {
  @TempDir private Path cache;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theTestPageWorksInChromium(boolean tls) throws Exception {
    try (InteropServer server = InteropServer.over(tls, cache)) {
      List<String> client = ClientProcess.script("page-client.mjs", server.url().toString());
      client.addAll(server.chromiumFlags());
      assertEquals("", ClientProcess.failures(85, server.pem(), client));
    }
  }
}

package wscope.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real client sets behaviours in the query of its URL and checks each one. */
@Tag("interop")
class BehavioursIT {
  @TempDir private Path cache;

  @Test
  void aRealClientSeesEachBehaviour() throws Exception {
    try (InteropServer server =
        new InteropServer(
            cache, "--auth=user:secret", "--subprotocol=chat,log", "--close-timeout=100ms")) {
      String url = server.url().toString();
      assertEquals(
          "", ClientProcess.failures(20, null, ClientProcess.script("ws-behaviours.mjs", url)));
    }
  }
}

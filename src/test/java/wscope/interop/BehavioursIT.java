package wscope.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real client sees of the behaviours that the query of its URL asks for. */
@Tag("interop")
class BehavioursIT {
  @TempDir private Path cache;

  @Test
  void eachBehaviour() throws Exception {
    try (ServedJar server =
        new ServedJar(
            cache, "--auth=user:secret", "--subprotocol=chat,log", "--close-timeout=100ms")) {
      String url = server.url().toString();
      assertEquals("", Client.failures(20, null, Client.script("ws-behaviours.mjs", url)));
    }
  }
}

package wscope.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real clients of protocols on WebSocket hold a conversation with the scripts inside wscope. */
@Tag("interop")
class ReplyClientsIT {
  @TempDir private Path cache;

  @Test
  void clientsOfGraphqlMqttAndStomp() throws Exception {
    try (InteropServer server = new InteropServer(cache)) {
      assertEquals("", failures(server, 59));
    }
  }

  @Test
  void clientOfSocketIo() throws Exception {
    try (InteropServer server = new InteropServer(cache, "--reply=socket.io", "--ignore-query")) {
      assertEquals("", failures(server, 15, "socket.io"));
    }
  }

  private static String failures(InteropServer server, int checks, String... protocol)
      throws Exception {
    String[] arguments = new String[1 + protocol.length];
    arguments[0] = server.url().toString();
    System.arraycopy(protocol, 0, arguments, 1, protocol.length);
    return ClientProcess.failures(
        checks, null, ClientProcess.script("reply-clients.mjs", arguments));
  }
}

package wscope.cli.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.cli.Run;
import wscope.net.Certificates;
import wscope.serve.Server;
import wscope.serve.Settings;
import wscope.support.QuietServer;
import wscope.support.ServerThread;

/** {@code wscope connect} over TLS, with the certificates of {@code src/test/resources/tls}. */
@Timeout(30)
class TlsConnectCommandTest {
  private static final String AUTHORITY = "--cacert " + Certificates.file("authority");

  @Test
  void suggestsWsIfTheServerSpeaksNoTls() throws Exception {
    try (ServerThread server =
        ServerThread.listening(new Server(Settings.DEFAULT, new QuietServer())).start()) {
      Run run = Run.of("connect", "wss://127.0.0.1:" + server.address().getPort() + "/");
      assertTrue(run.out().contains("; if the server speaks no TLS, use ws://\n"), run.out());
      assertEquals(3, run.exitCode(), run.out());
    }
  }

  /** The columns: the server's certificate, options, a line of the output, the exit code. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "localhost | AUTHORITY | secured   by TLSv1.3, | 0",
        "localhost | AUTHORITY --tls-max 1.2 | secured   by TLSv1.2, | 0",
        "localhost | AUTHORITY | certificate for localhost, 127.0.0.1, expires in | 0",
        "localhost | '' | no WebSocket was opened; the server's certificate is not trusted; to trust it, give --cacert FILE; to accept any, give --insecure | 3",
        "localhost | -k | ! the certificate is not trusted: no authority that this Java trusts has issued it | 0",
        "localhost | AUTHORITY --sni other.example | no WebSocket was opened; the server's certificate is not for other.example; to accept it all the same, give --insecure | 3",
        "expired | AUTHORITY | no WebSocket was opened; the server's certificate has expired, or is not valid yet; to accept it all the same, give --insecure | 3",
        "expired | -k | , expired | 0",
      })
  void showsTheCertificate(String certificate, String options, String line, int exitCode)
      throws Exception {
    try (ServerThread server =
        ServerThread.listening(
                new Server(Settings.DEFAULT, new QuietServer()),
                Certificates.identity(certificate).context())
            .start()) {
      String url = "wss://localhost:" + server.address().getPort() + "/";
      String resolved = options + " --resolve localhost:127.0.0.1 -x a --expect a";
      String[] args =
          ("connect " + url + " " + resolved.replace("AUTHORITY", AUTHORITY)).split(" +");
      Run run = Run.of(args);
      assertTrue(run.out().contains(line), run.out());
      assertEquals(exitCode, run.exitCode(), run.out());
    }
  }
}

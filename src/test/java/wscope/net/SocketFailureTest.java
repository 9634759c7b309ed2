package wscope.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the messages of Linux, macOS, Windows and the JDK mean, and some real failures. */
class SocketFailureTest {
  @ParameterizedTest
  @CsvSource({
    "Connection refused, REFUSED",
    "Connection refused: no further information, REFUSED",
    "Connection reset, RESET",
    "Connection reset by peer, RESET",
    "An existing connection was forcibly closed by the remote host, RESET",
    "Broken pipe, BROKEN_PIPE",
    "Connection timed out, TIMED_OUT",
    "Operation timed out, TIMED_OUT",
    "No route to host, UNREACHABLE",
    "Network is unreachable, UNREACHABLE",
    "Address already in use, ADDRESS_IN_USE",
    "Address already in use: bind, ADDRESS_IN_USE",
    "Cannot assign requested address, ADDRESS_NOT_AVAILABLE",
    "Can't assign requested address, ADDRESS_NOT_AVAILABLE",
    "Permission denied, PERMISSION_DENIED",
    "No such file or directory, NO_SUCH_FILE",
    "Unix domain path too long, PATH_TOO_LONG",
    "Resource temporarily unavailable, QUEUE_FULL",
    "Too many open files, TOO_MANY_OPEN_FILES",
    "Too many open files in system, TOO_MANY_OPEN_FILES",
    "No space left on device, OTHER",
    ", OTHER",
  })
  void recognizesMessages(String words, SocketFailure expected) {
    assertEquals(expected, SocketFailure.of(new IOException(words)));
    assertEquals(expected, SocketFailure.of(new SocketException(words)));
  }

  @Test
  void recognizesTypes() {
    assertEquals(SocketFailure.UNRESOLVED, SocketFailure.of(new UnknownHostException("reset")));
    assertEquals(SocketFailure.TIMED_OUT, SocketFailure.of(new SocketTimeoutException("late")));
    assertEquals(SocketFailure.UNREACHABLE, SocketFailure.of(new NoRouteToHostException("?")));
    assertEquals(SocketFailure.REFUSED, SocketFailure.of(new ConnectException("abgelehnt")));
    assertEquals(SocketFailure.TIMED_OUT, SocketFailure.of(new ConnectException("timed out")));
    assertEquals(
        SocketFailure.OTHER, SocketFailure.of(new IllegalStateException("Connection reset")));
  }

  @ParameterizedTest
  @EnumSource
  void recognizesATlsMismatch(SocketFailure failure) {
    assertEquals(failure, SocketFailure.of(new TlsMismatch(failure, "Broken pipe", null)));
  }

  @ParameterizedTest
  @EnumSource
  void onlyTwoFailuresAreResets(SocketFailure failure) {
    boolean expected = failure == SocketFailure.RESET || failure == SocketFailure.BROKEN_PIPE;
    assertEquals(expected, failure.isReset());
  }

  @ParameterizedTest
  @CsvSource({
    "Received fatal alert: handshake_failure, TLS_NOTHING_IN_COMMON",
    "(protocol_version) Received fatal alert: protocol_version, TLS_NOTHING_IN_COMMON",
    "Received fatal alert: unknown_ca, TLS_CERTIFICATE_REJECTED",
    "Received fatal alert: certificate_expired, TLS_CERTIFICATE_REJECTED",
    "Received fatal alert: certificate_required, TLS_CERTIFICATE_REQUIRED",
    "Received fatal alert: decode_error, TLS_BROKEN",
    "Empty client certificate chain, TLS_CERTIFICATE_MISSING",
    "(certificate_required) Empty client certificate chain, TLS_CERTIFICATE_MISSING",
    "Tag mismatch!, TLS_BROKEN",
    ", TLS_BROKEN",
  })
  void recognizesMessagesOfTls(String words, SocketFailure expected) {
    assertEquals(expected, SocketFailure.of(new SSLException(words)));
  }

  @ParameterizedTest
  @CsvSource({
    "No subject alternative DNS name matching localhost found.",
    "No subject alternative names matching IP address 127.0.0.1 found",
    "No subject alternative names present",
    "No name matching localhost found",
    "Illegal given domain name: a_b",
  })
  void recognizesACertificateOfAnotherHost(String words) {
    assertEquals(SocketFailure.TLS_WRONG_HOST, tls(new CertificateException(words)));
  }

  @Test
  void recognizesUntrustedAndExpiredCertificates() {
    assertEquals(
        SocketFailure.TLS_UNTRUSTED,
        tls(
            new CertificateException(
                "PKIX path building failed", new CertPathBuilderException("no path"))));
    assertEquals(SocketFailure.TLS_UNTRUSTED, tls(new CertificateException("another reason")));
    for (CertificateException date :
        List.of(new CertificateExpiredException(), new CertificateNotYetValidException())) {
      assertEquals(
          SocketFailure.TLS_EXPIRED,
          tls(
              new CertificateException(
                  "PKIX path validation failed",
                  new CertPathValidatorException("validity check failed", date))));
    }
  }

  @Test
  void recognizesARealPortInUse() throws IOException {
    try (ServerSocketChannel first = ServerSocketChannel.open().bind(LoopThread.ANY_PORT);
        ServerSocketChannel second = ServerSocketChannel.open()) {
      BindException e =
          assertThrows(BindException.class, () -> second.bind(first.getLocalAddress()));
      assertEquals(SocketFailure.ADDRESS_IN_USE, SocketFailure.of(e));
    }
  }

  /** RFC 5737: no machine has this address. */
  @Test
  void recognizesARealAddressOfNoMachine() throws IOException {
    InetSocketAddress nowhere = new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 0);
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      BindException e = assertThrows(BindException.class, () -> server.bind(nowhere));
      assertEquals(SocketFailure.ADDRESS_NOT_AVAILABLE, SocketFailure.of(e));
    }
  }

  @Test
  void recognizesARealRefusedConnection() throws IOException {
    try (Socket bound = new Socket();
        Socket client = new Socket()) {
      bound.bind(LoopThread.ANY_PORT);
      IOException e =
          assertThrows(IOException.class, () -> client.connect(bound.getLocalSocketAddress()));
      assertEquals(SocketFailure.REFUSED, SocketFailure.of(e));
    }
  }

  private static SocketFailure tls(CertificateException cause) {
    SSLHandshakeException thrown = new SSLHandshakeException(cause.getMessage());
    thrown.initCause(cause);
    return SocketFailure.of(thrown);
  }
}

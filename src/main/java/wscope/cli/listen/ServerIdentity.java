package wscope.cli.listen;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import wscope.cli.option.ShellWord;
import wscope.connection.Addresses;
import wscope.net.tls.Identity;
import wscope.net.tls.InvalidIdentity;
import wscope.net.tls.LocalIdentity;
import wscope.report.text.AddressText;

/**
 * The identity of the server in TLS, with advice for clients on trusting it.
 *
 * @param pem the file with the certificate if wscope created it; otherwise null
 */
public record ServerIdentity(Identity identity, SSLContext context, @Nullable Path pem) {
  /** The identity that the user gave. */
  public static ServerIdentity given(Identity identity) throws InvalidIdentity {
    return new ServerIdentity(identity, identity.context(), null);
  }

  /** The identity that wscope created. */
  public static ServerIdentity local(LocalIdentity local) throws InvalidIdentity {
    return new ServerIdentity(local.identity(), local.identity().context(), local.pem());
  }

  /**
   * Notes with the fingerprint and, for a certificate that wscope created, advice on trusting it,
   * one line each.
   *
   * @param place the address that the server listens on, or the first of several
   */
  public List<String> notes(InetSocketAddress place) {
    List<String> notes = new ArrayList<>();
    notes.add("certificate   SHA-256 " + identity.fingerprint());
    if (pem != null) {
      notes.add("              " + pem);
      trust(ShellWord.of(pem.toString()), place, notes);
      notes.add(
          "              Chromium   --ignore-certificate-errors-spki-list="
              + identity.publicKeyPin());
    }
    return notes;
  }

  /**
   * Adds advice on trusting the certificate, which is for localhost, although the server may listen
   * on other addresses.
   */
  private static void trust(String file, InetSocketAddress place, List<String> notes) {
    String local = "https://localhost:" + place.getPort() + "/";
    String curl = "to trust it   curl       curl --cacert " + file + " ";
    if (isLocalhost(place.getAddress())) {
      notes.add(curl + local);
      notes.add("              Node       NODE_EXTRA_CA_CERTS=" + file + " node ...");
      notes.add("              browser    open " + local + " and accept it once");
    } else {
      String authority = AddressText.authority(Addresses.of(place));
      notes.add("              for localhost only; for other names, use your own with --tls-cert");
      notes.add(curl + "--connect-to ::" + authority + " " + local);
      notes.add("              browser    open https://" + authority + "/ and accept it once");
    }
  }

  /**
   * Whether clients can reach the address as localhost: it is 127.0.0.1, ::1, or stands for all
   * addresses of the machine.
   */
  private static boolean isLocalhost(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address.isAnyLocalAddress()
        || (address.isLoopbackAddress() && bytes[bytes.length - 1] == 1 && bytes[1] == 0);
  }
}
